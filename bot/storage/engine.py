"""The database: opening it, and units of work that commit everything or nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.storage.migrate import upgrade
from bot.storage.unit import Unit

__all__ = ["Database", "DatabaseError"]


class Database:
    """A SQLite file in WAL mode, synchronous=FULL: a committed unit survives a crash of process or machine.

    SQLite has one writer at a time; `write` queues writers here in order, instead of in SQLite's busy loop.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = asyncio.Lock()

    @classmethod
    async def open(cls, url: str) -> Database:
        """The database at `url`, its folder made and its tables brought up to date."""
        path = make_url(url).database
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        before = set(threading.enumerate())
        engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, pool_size=3)
        event.listen(engine.sync_engine, "connect", _configure)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        database = cls(engine)
        try:
            async with database._writer, engine.begin() as connection:
                await upgrade(connection)
        except BaseException:
            await engine.dispose()
            _ended(before)
            raise
        return database

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Unit]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self._writer, self._engine.begin() as connection:
            unit = Unit(connection)
            yield unit
            await unit.flush()

    async def close(self) -> None:
        """Closes every connection; units under way must have ended."""
        await self._engine.dispose()


def _ended(before: set[threading.Thread]) -> None:
    """Waits for the worker of a connection that failed: it still reports to the loop, which must not be closed yet."""
    for thread in set(threading.enumerate()) - before:
        if getattr(thread, "_target", None) and thread._target.__module__.startswith("aiosqlite"):  # type: ignore[attr-defined]  # noqa: SLF001 - the thread has no other mark
            thread.join(timeout=1)


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_immediate`, not by the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # A deferred transaction that turns from reading to writing can fail as busy; this one waits at its start.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
