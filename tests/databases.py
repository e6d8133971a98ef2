"""A real SQLite file, and a real PostgreSQL database; what is stored is read past the program as well."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.storage.engine import Database
from tests.postgres import NULL, Postgres

ENGINES = ("sqlite", "postgresql")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "neuvoja.db"


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    """An empty database of each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{path}"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    made = postgres.fresh()
    yield made
    postgres.drop(made)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def sql(url: str, path: Path, request: pytest.FixtureRequest) -> Callable[..., list[tuple[Any, ...]]]:
    """Reads the database as an operator would, past the program; values are what they are, or texts."""

    def run(query: str) -> list[tuple[Any, ...]]:
        if url.startswith("postgresql"):
            rows = request.getfixturevalue("postgres").query(url, query)
            return [tuple(_value(text) for text in row) for row in rows]
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            return connection.execute(query).fetchall()

    return run


def _value(text: str) -> Any:
    """psql's text as SQLite would give it."""
    if text in {"t", "f", NULL}:
        return {"t": 1, "f": 0, NULL: None}[text]
    if text[:1] == "0" and text[1:2].isdigit():
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
