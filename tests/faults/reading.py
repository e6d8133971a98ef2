"""Reading a bot's database past the bot, without holding up the loop."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

Sql = Callable[..., Awaitable[list[tuple[Any, ...]]]]
"""Rows of a query with `?` for its values."""


def of_file(path: Path) -> Sql:
    """Reads a SQLite file."""

    def read(query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path, timeout=20)) as connection:
            return connection.execute(query, values).fetchall()

    async def sql(query: str, *values: Any) -> list[tuple[Any, ...]]:
        return await asyncio.to_thread(read, query, *values)

    return sql


def of_server(url: str) -> Sql:
    """Reads a PostgreSQL database; a connection a query, since the server may be restarted in between."""
    address = url.replace("+asyncpg", "")

    async def sql(query: str, *values: Any) -> list[tuple[Any, ...]]:
        numbers = count(1)
        numbered = "".join(f"${next(numbers)}" if letter == "?" else letter for letter in query)
        connection = await _connected(address)
        try:
            return [tuple(row) for row in await connection.fetch(numbered, *values)]
        finally:
            await connection.close()

    return sql


async def _connected(address: str) -> Any:
    """A connection, as soon as there is a server again."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await asyncpg.connect(address, timeout=5)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(0.2)
