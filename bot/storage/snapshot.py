"""Snapshots: everything that a database holds at one moment, of either engine, without being held up by writers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import ColumnElement, Executable, String, Table, collate, func, inspect, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import postgres
from bot.storage.address import Address, TransferError
from bot.storage.sums import Sum, Tally, plain
from bot.storage.tables import HEAD, metadata

CHUNK = 1000
"""Rows in memory at a time."""
TABLES = tuple(metadata.sorted_tables)
OURS = {"alembic_version", "inbox", "outbox", "residents"}
"""Tables of every version."""


class Snapshot:
    """What the transaction of a connection sees; a TransferError says what is wrong with it."""

    def __init__(self, connection: AsyncConnection, where: Address) -> None:
        self._connection = connection
        self._where = where
        self._is_postgresql = connection.dialect.name == "postgresql"

    async def tables(self) -> set[str]:
        """The names of all tables, also of those that are not ours."""
        with self._where.told():
            return set(await self._connection.run_sync(lambda connection: inspect(connection).get_table_names()))

    async def check_version(self) -> None:
        """TransferError unless the tables are ours, and of this version."""
        if not await self.tables() >= OURS:
            raise TransferError(f"{self._where}: this is no database of Neuvoja")
        version = await self._value(text("SELECT version_num FROM alembic_version"))
        if version != HEAD:
            mend = (
                "start the bot of this version on it once (neuvoja run), which brings them up to date"
                if str(version) < HEAD
                else "use the version of Neuvoja that ran on it last"
            )
            raise TransferError(f"{self._where}: the tables are of version {version}, not {HEAD}; {mend}")

    async def check_empty(self) -> None:
        """TransferError when any of our tables that are there has a row."""
        there = await self.tables()
        for table in TABLES:
            if table.name in there and await self.rows(select(text("1")).select_from(table).limit(1)):
                raise TransferError(f"{self._where}: this database holds rows ({table.name}); an empty one is wanted")

    async def count(self) -> int:
        """How many rows there are in all tables."""
        return sum([int(await self._value(select(func.count()).select_from(one))) for one in TABLES])

    async def chunks(self, table: Table) -> AsyncIterator[list[tuple[Any, ...]]]:
        """A table's rows in the order of their keys, which is the same on every engine; `CHUNK` at a time."""
        keys = [self._ordered(column) for column in table.primary_key]
        places = [list(table.columns).index(column) for column in table.primary_key]
        first = select(table).order_by(*keys).limit(CHUNK)
        wanted = first
        while rows := await self.rows(wanted):
            yield plain(table, rows)
            last = [rows[-1][place] for place in places]
            wanted = first.where(tuple_(*keys) > tuple_(*last) if len(keys) > 1 else keys[0] > last[0])

    async def given(self, table: Table) -> int | None:
        """The highest number given to a row, also to one that is gone where the engine remembers that."""
        key = table.autoincrement_column
        if key is None:
            return None
        highest = await self._value(select(func.max(key)))
        if self._is_postgresql:
            last = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, :key)::regclass)")
            remembered = await self._value(last.bindparams(name=table.name, key=key.name))
        elif remembers(self._connection, table):
            last = text("SELECT max(seq) FROM sqlite_sequence WHERE name = :name")
            remembered = await self._value(last.bindparams(name=table.name))
        else:
            remembered = None
        return max(highest or 0, remembered or 0)

    async def sum(self, table: Table, read: Callable[[int], None]) -> Sum:
        """The table's sum; `read` hears how many rows more have been read."""
        tally = Tally(table)
        async for rows in self.chunks(table):
            tally.add(rows)
            read(len(rows))
        return tally.done(await self.given(table))

    def _ordered(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        # Texts by their bytes: PostgreSQL sorts them by its language's rules, which differ between machines.
        if isinstance(column.type, String):
            return collate(column, "C" if self._is_postgresql else "BINARY")
        return column

    async def rows(self, wanted: Executable) -> list[Sequence[Any]]:
        """What a query gives, all at once."""
        with self._where.told():
            return list((await self._connection.execute(wanted)).all())

    async def _value(self, wanted: Executable) -> Any:
        with self._where.told():
            return await self._connection.scalar(wanted)


def remembers(connection: AsyncConnection, table: Table) -> bool:
    """True where the engine remembers the numbers of rows that are gone."""
    return connection.dialect.name == "postgresql" or bool(table.dialect_options["sqlite"]["autoincrement"])


@asynccontextmanager
async def snapshot(where: Address, *, hold: bool = False) -> AsyncIterator[Snapshot]:
    """What a database holds now; `hold`: nobody writes to it until the block ends. Nothing in it is changed."""
    if where.file is not None and not where.file.is_file():
        raise TransferError(f"{where}: there is no such file")
    async with AsyncExitStack() as stack:
        with where.told():
            engine = await stack.enter_async_context(where.opened("BEGIN IMMEDIATE" if hold else "BEGIN"))
            if where.file is None and hold:
                # On a connection of its own: a transaction that waits for the lock sees what was before it waited.
                holding = await stack.enter_async_context(engine.begin())
                await holding.execute(postgres.LOCK_ALONE)
            connection = await stack.enter_async_context(engine.connect())
            if where.file is None:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            await stack.enter_async_context(connection.begin())
        seen = Snapshot(connection, where)
        await seen.check_version()
        yield seen
