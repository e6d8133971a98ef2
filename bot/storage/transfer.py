"""Transfers: everything in one database to another, empty one of either engine, compared before it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import manifest, postgres
from bot.storage.address import Address, TransferError
from bot.storage.migrate import upgrade
from bot.storage.new_file import check_free, new_file
from bot.storage.snapshot import TABLES, Snapshot, remembers, snapshot
from bot.storage.sums import Sum, Tally, misfit

Progress = Callable[[str, float], None]
"""What is being done, and which share of all is done."""


async def copy(source: str, target: str, progress: Progress) -> list[Sum]:
    """Copies a database; nobody can write to the source meanwhile."""
    origin, goal = Address.read(source), Address.read(target)
    if origin == goal:
        raise TransferError(f"{goal}: the same database to copy from and to")
    async with _target(goal) as connection, snapshot(origin, hold=True) as seen:
        return await _Transfer(seen, connection, goal, progress).run()


async def back_up(source: str, file: Path, progress: Progress) -> list[Sum]:
    """Copies a database, at work or not, to a new SQLite file that also holds the sums."""
    origin, goal = Address.read(source), Address.of_file(file)
    with goal.told():
        check_free(file)
        async with snapshot(origin) as seen, new_file(file) as connection:
            await upgrade(connection)
            sums = await _Transfer(seen, connection, goal, progress).run()
            await manifest.write(connection, sums)
    return sums


async def restore(file: Path, target: str, progress: Progress) -> list[Sum]:
    """Copies a backup, whose sums must be those that it was made with."""
    origin, goal = Address.of_file(file), Address.read(target)
    async with snapshot(origin) as seen:
        expected = await manifest.read(seen)
        if expected is None:
            raise TransferError(f"{file}: made by something else than `neuvoja backup`; copy it with `neuvoja db copy`")
        async with _target(goal) as connection:
            transfer = _Transfer(seen, connection, goal, progress)
            return await transfer.run(expected)


class _Transfer:
    """One copying of everything, inside the target's transaction."""

    def __init__(self, source: Snapshot, connection: AsyncConnection, goal: Address, progress: Progress) -> None:
        self._source = source
        self._connection = connection
        self._target = Snapshot(connection, goal)
        self._goal = goal
        self._progress = progress
        self._done = 0
        self._total = 1

    async def run(self, expected: Sequence[Sum] | None = None) -> list[Sum]:
        """The sums of all tables, read back; TransferError when they differ from the source's, or from `expected`."""
        self._total = (2 if expected is None else 3) * await self._source.count() or 1
        if expected is not None:
            now = [await self._source.sum(table, lambda rows: self._step("examining", rows)) for table in TABLES]
            if now != expected:
                names = ", ".join(one.table for one in now if one not in expected) or "its list of sums"
                raise TransferError(f"The backup is damaged: {names} is not what was backed up. Nothing was restored")
        written = [await self._write(table) for table in TABLES]
        found = [await self._target.sum(table, lambda rows: self._step("comparing", rows)) for table in TABLES]
        for table, one, other in zip(TABLES, written, found, strict=True):
            given = (one.given, other.given) if remembers(self._connection, table) else (0, 0)
            if (one.rows, one.checksum, given[0]) != (other.rows, other.checksum, given[1]):
                raise TransferError(f"{self._goal}: {table.name} reads back otherwise than written. Nothing was kept")
        return found

    async def _write(self, table: Table) -> Sum:
        tally = Tally(table)
        async for rows in self._source.chunks(table):
            tally.add(rows)
            await self._insert(table, rows)
            self._step("copying", len(rows))
        given = await self._source.given(table)
        if given is not None:
            await self._keep_numbers(table, given)
        if self._is_postgresql:
            await self._connection.execute(text(f'ANALYZE "{table.name}"'))
        return tally.done(given)

    async def _insert(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        if self._is_postgresql and (what := misfit(table, rows)):
            raise TransferError(f"PostgreSQL does not take what {what}")
        names = table.columns.keys()
        await self._connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])

    async def _keep_numbers(self, table: Table, given: int) -> None:
        """Goes on numbering after `given`."""
        values: dict[str, Any] = {"name": table.name, "given": given}
        if self._is_postgresql:
            key = table.primary_key.columns.keys()[0]
            sequence = f"pg_get_serial_sequence(:name, '{key}')"
            statements = [f"SELECT setval({sequence}, greatest(:given, 1), :given > 0)"]
        elif remembers(self._connection, table) and given:
            statements = [
                "DELETE FROM sqlite_sequence WHERE name = :name",
                "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :given)",
            ]
        else:
            statements = []
        for statement in statements:
            await self._connection.execute(text(statement), values)

    @property
    def _is_postgresql(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def _step(self, what: str, rows: int) -> None:
        self._done += rows
        self._progress(what, self._done / self._total)


@asynccontextmanager
async def _target(goal: Address) -> AsyncIterator[AsyncConnection]:
    """A transaction in an empty database with all tables; kept when the block ends, undone when it raises."""
    file = goal.file
    with goal.told():
        if file is not None and not file.exists():
            check_free(file)
            file.parent.mkdir(parents=True, exist_ok=True)
            async with new_file(file) as connection:
                await upgrade(connection)
                yield connection
            return
        async with goal.opened("BEGIN IMMEDIATE") as engine, engine.begin() as connection:
            if file is None:
                await connection.execute(postgres.LOCK_ALONE)
            there = Snapshot(connection, goal)
            await there.check_empty()
            await upgrade(connection)
            await there.check_version()
            yield connection
