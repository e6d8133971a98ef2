"""Writing a region into an empty database, past the program: by the driver's own bulk way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import asyncpg

from bot.storage.engine import Database
from bot.storage.postgres import dsn
from tests.benchmarks.year.region import CHUNK, COLUMNS, Region, Row


def batches(region: Region, waiting: int) -> Iterator[tuple[str, list[Row]]]:
    """Everything in chunks: table, rows."""
    for name, rows in (
        ("desks", region.desks()),
        ("advisors", region.advisors()),
        ("exchanges", region.exchanges()),
        ("residents", region.people()),
    ):
        yield from ((name, chunk) for chunk in chunks(rows))
    for some in region.requests():
        yield from some.items()
    for name, rows in (("bans", region.bans()), ("inbox", region.updates()), ("outbox", region.calls())):
        yield from ((name, chunk) for chunk in chunks(rows))
    yield "outbox", region.waiting(waiting)


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Lists of CHUNK rows, the last one shorter."""
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


async def fill(url: str, region: Region, waiting: int) -> None:
    """Makes the tables with the real migrations and fills them; open tickets make their residents wait."""
    await (await Database.open(url)).close()
    state = "CASE WHEN state = 'taken' THEN 'with advisor' ELSE state END"
    tie = (
        f"UPDATE residents SET state = (SELECT {state} FROM tickets WHERE tickets.chat = residents.chat"
        " AND tickets.state <> 'closed') WHERE chat IN (SELECT chat FROM tickets WHERE tickets.state <> 'closed')"
    )
    if url.startswith("postgresql"):
        await _fill_postgresql(dsn(url), region, waiting, tie)
    else:
        _fill_sqlite(Path(url.removeprefix("sqlite+aiosqlite:///")), region, waiting, tie)


def _fill_sqlite(path: Path, region: Region, waiting: int, tie: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for table, rows in batches(region, waiting):
            columns = COLUMNS[table].split()
            marks = ", ".join("?" * len(columns))
            with connection:
                connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        with connection:
            connection.execute(tie)


async def _fill_postgresql(address: str, region: Region, waiting: int, tie: str) -> None:
    connection = await asyncpg.connect(address)
    try:
        for table, rows in batches(region, waiting):
            await connection.copy_records_to_table(table, records=rows, columns=COLUMNS[table].split())
        await connection.execute(tie)
        await connection.execute("SELECT setval('tickets_id_seq', (SELECT max(id) FROM tickets))")
        await connection.execute("VACUUM ANALYZE", timeout=600)  # as autovacuum would have done by then
    finally:
        await connection.close()
