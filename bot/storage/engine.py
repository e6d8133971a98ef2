"""The database: opening it, and units of work that commit everything or nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage import postgres, sqlite
from bot.storage.line import Line
from bot.storage.migrate import upgrade
from bot.storage.unit import Unit

__all__ = ["Database", "DatabaseError"]


class Database:
    """A SQLite file, or a PostgreSQL database that several processes share; a committed unit survives a crash.

    A unit is alone in the database: what it reads nobody else changes before it ends. A unit `beside` others touches
    rows of its own conversations only; on PostgreSQL such units run at the same time, in this process and in others.
    SQLite has one writer at a time; its writers queue here in order, instead of in SQLite's busy loop.
    """

    def __init__(self, engine: AsyncEngine, url: str) -> None:
        self._engine = engine
        self._url = url
        self.shared = engine.dialect.name == "postgresql"
        """True when other processes may work on it as well."""
        self._writer = asyncio.Lock()
        self.leading = asyncio.Event()
        """Set while this process is the one that does what only one may do; a SQLite file's process always is."""
        if not self.shared:
            self.leading.set()

    @classmethod
    async def open(cls, url: str) -> Database:
        """The database at `url`, a SQLite file's folder made, its tables brought up to date."""
        before = set(threading.enumerate())
        database = cls(postgres.engine_at(url) if url.startswith("postgresql") else sqlite.engine_at(url), url)
        try:
            async with database._begin() as connection:
                await database._lock(connection, beside=False)
                await upgrade(connection)
        except BaseException:
            await database.close()
            sqlite.join_new_threads(before)
            raise
        return database

    @asynccontextmanager
    async def write(self, *, beside: bool = False) -> AsyncIterator[Unit]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self._begin() as connection:
            await self._lock(connection, beside=beside)
            unit = Unit(connection)
            yield unit
            news = unit.news()
            await unit.flush()
            if self.shared and not self.leading.is_set():
                for what in news:
                    await connection.execute(postgres.NOTIFY, {"what": what})

    async def attend(self, heard: Callable[[str], None], stop: asyncio.Event) -> None:
        """Until `stop`: tells what other processes have written ("outbox", "albums", "": anything), and may lead."""
        if self.shared:
            await Line(postgres.dsn(self._url), self.leading).run(heard, stop)
        else:
            await stop.wait()

    async def until_leading(self, stop: asyncio.Event) -> bool:
        """Waits until this process leads (True), or until `stop`."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self.leading, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        return not stop.is_set()

    async def close(self) -> None:
        """Closes every connection; units under way must have ended."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[AsyncConnection]:
        if not self.shared:
            async with self._writer, self._engine.begin() as connection:
                yield connection
            return
        connection = self._engine.connect()
        try:
            await connection.start()
            try:
                async with connection.begin():
                    yield connection
            finally:
                await connection.close()
        except (OSError, TimeoutError) as error:  # the driver's other faults are DatabaseErrors already
            raise postgres.UnreachableError(type(error).__name__) from error

    async def _lock(self, connection: AsyncConnection, *, beside: bool) -> None:
        if self.shared:
            await connection.execute(postgres.LOCK_BESIDE if beside else postgres.LOCK_ALONE)
