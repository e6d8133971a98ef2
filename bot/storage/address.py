"""Addresses of databases to copy from and to: shown without passwords, opened for as long as a copy takes."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage import postgres, sqlite

FORMS = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")
PATIENCE = "30s"
"""How long another program may hold a PostgreSQL database before this one gives up; SQLite's is in milliseconds."""
SESSION = postgres.SESSION | {"lock_timeout": PATIENCE, "idle_in_transaction_session_timeout": "0"}
"""The source's lock is idle for as long as the target is written and read back."""
PRAGMAS = ("busy_timeout=10000",)

FAULTS = {
    "SQLITE_NOTADB": "the file is no database",
    "SQLITE_CORRUPT": "the file is damaged",
    "UnicodeDecodeError": "the file is damaged",
    "SQLITE_BUSY": "another program is writing",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_READONLY": "the file cannot be written",
    "LockNotAvailableError": "another program is writing",
    "InvalidCatalogNameError": "there is no such database on the server",
    "InvalidPasswordError": "the server refuses user or password",
    "ConnectionRefusedError": "no server answers",
    "FileNotFoundError": "there is no such folder",
    "PermissionError": "this user may not write there",
}


class TransferError(Exception):
    """Why nothing was copied, in words for the operator; no value of any row is in them."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is."""

    url: URL

    @classmethod
    def read(cls, text: str) -> Address:
        """The address in a DATABASE_URL; TransferError for any other text."""
        try:
            url = make_url(text)
        except (ArgumentError, ValueError):
            url = None
        if url is None or not url.database or not text.startswith(FORMS):
            raise TransferError(
                "This is no address of a database; wanted: sqlite+aiosqlite:///var/neuvoja.db, "
                "or postgresql+asyncpg://user:password@host/neuvoja"
            )
        if url.drivername.startswith("sqlite") and url.database.startswith((":", "file:")):
            raise TransferError("This is no address of a SQLite file; wanted: sqlite+aiosqlite:///var/neuvoja.db")
        return cls(url)

    @classmethod
    def of_file(cls, path: Path) -> Address:
        """The address of a SQLite file."""
        return cls(URL.create("sqlite+aiosqlite", database=str(path)))

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return Path(str(self.url.database)) if self.url.drivername.startswith("sqlite") else None

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong with the database inside the block becomes a TransferError."""
        try:
            yield
        except (SQLAlchemyError, OSError, TimeoutError, UnicodeError) as error:
            name = _name(error)
            raise TransferError(f"{self}: {FAULTS.get(name, name)}") from error

    @asynccontextmanager
    async def opened(self, begin: str = "BEGIN", pragmas: tuple[str, ...] = ()) -> AsyncIterator[AsyncEngine]:
        """An engine for long transactions; `begin` and `pragmas` are SQLite's."""
        before = set(threading.enumerate())
        if self.file is None:
            wait: dict[str, Any] = {"timeout": postgres.CONNECT_SECONDS, "command_timeout": None}
            engine = create_async_engine(
                self.url, hide_parameters=True, connect_args={**wait, "server_settings": SESSION}
            )
        else:
            engine = create_async_engine(self.url, hide_parameters=True)
            event.listen(engine.sync_engine, "connect", _configure((*PRAGMAS, *pragmas)))
            event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        try:
            yield engine
        except BaseException:
            await engine.dispose()
            sqlite.join_new_threads(before)
            raise
        await engine.dispose()


def _configure(pragmas: tuple[str, ...]) -> Any:
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # as in `sqlite`
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return configure


def _name(error: BaseException) -> str:
    """What a driver calls its fault; its words may hold a row's values, and are left out."""
    found: BaseException = getattr(error, "orig", None) or error
    if (code := getattr(found, "sqlite_errorname", None)) is not None:
        return "_".join(str(code).split("_")[:2])
    return type(found.__cause__ or found).__name__
