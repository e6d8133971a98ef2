"""A small, odd city: rows in every table, with what engines treat differently."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert

from bot.storage.engine import Database
from bot.storage.sums import Sum
from bot.storage.tables import metadata
from tests.databases import ENGINES
from tests.postgres import Postgres

ODD = "حساب 🙋🏽‍♀️ 'quoted' \"twice\" \\n \n\t𐍈 e\u0301 \u202eabc\u202c \u200b %s :name {}"
FAR = 2**53 + 1
"""The first whole number that a float does not hold."""
GROUP = -1_002_003_004_005

ROWS: dict[str, list[dict[str, Any]]] = {
    "inbox": [
        {"update_id": 1, "chat": 7, "body": "", "state": "done", "attempts": 0, "received_at": 1.0, "keeper": None},
        {
            "update_id": FAR, "chat": GROUP, "body": ODD, "state": "parked", "attempts": 3,
            "received_at": 1795346704.668774, "keeper": "0" * 36,
        },
        {"update_id": 2**63 - 1, "chat": -(2**63), "body": "{}", "state": "pending", "attempts": 0, "received_at": 0.1},
    ],
    "outbox": [
        {"chat": 7, "method": "sendMessage", "payload": ODD, "state": "parked", "attempts": 3, "message_id": None,
         "error": "400 Bad Request", "created_at": 0.1 + 0.2, "settled_at": None, "topic": 1,
         "context": '{"a": null}', "origin": FAR},
        {"chat": GROUP, "method": "x" * 40, "payload": "", "state": "undeliverable", "attempts": 2**31 - 1,
         "message_id": 2**62, "created_at": 1e-300, "settled_at": 1.7976931348623157e308},
    ],
    "residents": [
        {"chat": 7, "language": None, "city": None, "state": "bot", "step": "none", "misses": 0, "last_question": "",
         "reachable": True, "created_at": 1 / 3, "updated_at": -0.0},
        {"chat": FAR, "language": "zh", "city": "kauniainen", "state": "x" * 16, "step": "none", "misses": -1,
         "last_intent": "tax-card", "last_question": ODD, "draft": "{}", "reachable": False, "created_at": 1e22,
         "updated_at": 123456789.12345679},
    ],
    "exchanges": [
        {"chat": 7, "at": 1.5, "kind": "answer", "language": "so", "city": "espoo", "intents": "a,b",
         "score": 0.1234567890123456, "text": ODD, "helpful": None},
        {"chat": 0, "at": 2.5, "kind": "feedback", "language": "fi", "intents": "", "helpful": True},
        {"chat": 0, "at": 2.5, "kind": "handoff", "language": "fi", "intents": "", "score": 0.0, "helpful": False},
    ],
    "desks": [
        {"city": "espoo", "chat": GROUP, "language": "fi", "names": True, "goal_minutes": 60, "hours": "Ma 9-15"},
        {"city": "vantaa", "chat": GROUP - 1, "language": "sv", "names": False, "goal_minutes": 1},
    ],
    "advisors": [
        {"user": 5, "city": "vantaa", "first_name": "Ääkkönen", "skills": "fi,so"},
        {"user": 5, "city": "espoo", "first_name": "🙂", "skills": ""},
        {"user": 4, "city": "vantaa", "first_name": "", "skills": "x" * 512},
    ],
    "tickets": [
        {"chat": 7, "desk": "espoo", "kind": "question", "state": "waiting", "language": "so", "languages": "so,en",
         "opened_at": 1.0, "waiting_since": 1.25, "nudges": 0},
        {"chat": 0, "city": "espoo", "desk": "espoo", "kind": "feedback", "state": "closed", "intent": "tax-card",
         "language": "fi", "languages": "", "opened_at": 1.0, "waiting_since": 1.0, "taker": FAR, "taken_at": 2.0,
         "closed_at": 3.0, "closed_by": "advisor", "nudges": 2, "stars": 5, "comment": ODD},
        {"chat": 8, "desk": "vantaa", "kind": "question", "state": "taken", "language": "fi", "languages": "fi",
         "opened_at": 9.0, "waiting_since": 9.0, "taker": 5, "nudges": 0},
    ],
    "topics": [
        {"ticket": 1, "city": "espoo", "chat": GROUP, "thread": 12, "owner": True, "card": 99},
        {"ticket": 1, "city": "vantaa", "chat": GROUP - 1, "thread": None, "owner": False, "card": None},
    ],
    "entries": [
        {"ticket": 1, "at": 1.0, "author": "resident", "text": ODD, "from_chat": 7, "from_messages": "1,2,3"},
        {"ticket": 1, "at": 2.0, "author": "advisor", "text": "", "actor": 5, "media": "photo"},
    ],
    "pairs": [
        {"ticket": 1, "from_chat": 7, "from_message": 1, "to_chat": GROUP, "to_message": 50, "media": True},
        {"ticket": 1, "from_chat": GROUP, "from_message": 51, "to_chat": 7, "to_message": 2, "media": False},
    ],
    "albums": [
        {"chat": 7, "thread": None, "album": "9" * 64, "message": 4, "sender": 7, "media": "photo", "due_at": 5.5},
        {"chat": GROUP, "thread": 12, "album": "1", "message": 5, "sender": 5, "caption": ODD, "media": "video",
         "due_at": 0.0},
    ],
    "bans": [{"chat": 9, "reason": ODD, "until": 4102444800.0, "actor": 5}],
    "notices": [
        {"point": point, "text": point, "until": until, "actor": 5}
        for point, until in (("a", None), ("B", "2027-01-31"), ("Ä", ""), ("ä", None), ("_", None), ("å", None),
                             ("z", None), ("a-b", None), ("ab", None), ("aB", None), ("🙂", None), ("\uffff", None))
    ],
    "switches": [{"name": "human-only", "at": 1.0, "actor": None}, {"name": "x", "at": 2.0, "actor": 5}],
    "audit": [
        {"at": 1.0, "actor": None, "act": "opened", "ticket": 1, "detail": ""},
        {"at": 2.0, "actor": 5, "act": "taken", "ticket": None, "detail": "x" * 200},
    ],
}  # fmt: skip


async def fill(database: Database) -> None:
    """The city, after which the newest rows of several tables are gone."""
    assert ROWS.keys() == metadata.tables.keys(), "a new table wants rows here"
    async with database.write() as unit:
        for name, rows in ROWS.items():
            for row in rows:
                await unit.connection.execute(insert(metadata.tables[name]).values(**row))
        for name in ("outbox", "tickets", "topics"):
            table = metadata.tables[name]
            await unit.connection.execute(delete(table).where(table.c.id == len(ROWS[name])))


TICKET: dict[str, Any] = {
    "chat": 1, "city": None, "desk": "espoo", "kind": "question", "intent": None, "language": "so",
    "languages": ("so",), "opened_at": 100.0, "waiting_since": 100.0,
}  # fmt: skip
"""One more."""


@pytest.fixture
async def city(database: Database) -> Database:
    await fill(database)
    return database


@pytest.fixture(params=ENGINES)
def goal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where to copy to, on either engine: nothing is there."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/goal.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    made = postgres.fresh()
    yield made
    postgres.drop(made)


@asynccontextmanager
async def at(url: str) -> AsyncIterator[Database]:
    """A database for as long as the block lasts."""
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()


async def held(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    async with at(url) as database, database.write() as unit:
        return {
            name: sorted(map(tuple, await unit.connection.execute(table.select())), key=repr)
            for name, table in metadata.tables.items()
        }


def dumped(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every value of a SQLite file as it is stored, with its type, and the numbers that were given."""
    with closing(sqlite3.connect(path)) as connection:
        found = {}
        for name in metadata.tables:
            rows = connection.execute(f"select * from {name}").fetchall()
            found[name] = sorted([tuple((type(value), value) for value in row) for row in rows], key=repr)
        found["given"] = connection.execute("select * from sqlite_sequence order by name").fetchall()
        return found


async def empty(goal: str) -> None:
    """Fails where anything is in the database, or in its folder."""
    if goal.startswith("sqlite"):
        assert list(Path(goal.removeprefix("sqlite+aiosqlite:///")).parent.glob("goal.db*")) == []
    else:
        assert not any((await held(goal)).values())


def counts(sums: list[Sum]) -> dict[str, int]:
    """Table -> rows."""
    return {one.table: one.rows for one in sums}


def unheard(_what: str, _share: float) -> None:
    """For who shows no progress."""
