"""SQLite: a file in WAL mode, one writer at a time; every transaction says at its start that it will write."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON")


def engine_at(url: str) -> AsyncEngine:
    """The engine of a file, whose folder is made."""
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, pool_size=3)
    event.listen(engine.sync_engine, "connect", _configure)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def join_new_threads(before: set[threading.Thread]) -> None:
    """Waits for the worker of a connection that failed: it still reports to the loop, which must not be closed yet."""
    for thread in set(threading.enumerate()) - before:
        if getattr(thread, "_target", None) and thread._target.__module__.startswith("aiosqlite"):  # type: ignore[attr-defined]  # noqa: SLF001 - the thread has no other mark
            thread.join(timeout=1)


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_immediate`, not by the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # A deferred transaction that turns from reading to writing can fail as busy; this one waits at its start.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
