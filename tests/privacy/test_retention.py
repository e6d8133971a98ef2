"""Nothing is kept longer than the notice says, on a real database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.resident import Resident, State
from bot.domain.ticket import Author, Entry, Topic
from bot.privacy.retention import DAY, DEDUPLICATION_DAYS, SETTLED_DAYS, TOPIC_COSTS, Retention
from bot.storage.engine import Database
from bot.storage.entries import Pair
from bot.storage.exchanges import Exchange
from bot.storage.inbox import Received
from bot.storage.outbox import Settled
from bot.storage.staff import Ban
from bot.storage.unit import Unit

NOW = 2_000_000_000.0


class Boards:
    """Remembers which topics are to be deleted."""

    def __init__(self) -> None:
        self.removed: list[int] = []

    async def remove(self, topic: Topic) -> None:
        self.removed.append(topic.id)


async def forget(unit: Unit, boards: Boards, days: int) -> None:
    """A whole run, its steps in one transaction."""
    run = Retention(retention_days=days, now=NOW)
    while not run.done:
        await run.step(unit, boards)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "neuvoja.db"


def dump(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


def edges(days: float) -> Iterator[tuple[str, float]]:
    """A moment inside the time and one outside."""
    yield "young", NOW - days * DAY + 60
    yield "old", NOW - days * DAY - 60


@pytest.mark.parametrize("days", [1, 2, 5, 180])
async def test_each_kind_goes_in_its_time(path: Path, days: int) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    async with database.write() as unit:
        for name, at in edges(days):
            unit.exchanges.add(Exchange(1, at, "wish", "fi", None, "", text=f"{name} exchange"))
        for number, (name, at) in enumerate(edges(min(days, DEDUPLICATION_DAYS)), 1):
            await unit.inbox.add([Received(number, 1, f"{name} update", at)])
            await unit.inbox.failed(number, 1, park=True)
        for number, (name, at) in enumerate(edges(min(days, SETTLED_DAYS)), 1):
            unit.outbox.add(1, "sendMessage", {"text": f"{name} call"})
            await unit.outbox.flush()
            unit.outbox.settle(Settled(number, "sent", 1))
            await unit.outbox.flush()
            await unit.connection.exec_driver_sql(f"update outbox set settled_at = {at} where id = {number}")
    async with database.write() as unit:
        await forget(unit, Boards(), days)
    await database.close()
    kept = dump(path)
    assert "call" not in kept, "what was said is not kept once it is sent"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select id from outbox").fetchall() == [(1,)]
    for kind in ("exchange", "update"):
        assert f"young {kind}" in kept
        assert f"old {kind}" not in kept


async def test_the_last_question_of_a_resident_is_a_text_too(path: Path) -> None:
    """The notice: "Texts are deleted after {n} days; only figures without texts and without you remain." """
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    async with database.write() as unit:
        unit.residents.put(Resident(1, "fi", last_question="my secret trouble"))
        unit.exchanges.add(Exchange(1, NOW, "answer", "fi", None, "tax-card", text="my secret trouble"))
    async with database.write() as unit:
        await unit.connection.exec_driver_sql("update residents set updated_at = 1, created_at = 1")
        await unit.connection.exec_driver_sql("update exchanges set at = 1")
        await forget(unit, Boards(), 1)
    await database.close()
    assert "my secret trouble" not in dump(path)


@pytest.mark.parametrize("days", [1, 180])
async def test_what_was_said_about_a_ticket_goes_and_its_figures_stay(path: Path, days: int) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    ticket = {"city": "espoo", "desk": "espoo", "kind": "question", "language": "so", "languages": ("so",)}
    boards = Boards()
    async with database.write() as unit:
        for chat, (name, at) in enumerate(edges(days), 1):
            one = await unit.tickets.open(
                chat=chat, opened_at=at, waiting_since=at, closed_at=at, state="closed", **ticket
            )
            await unit.tickets.note(one.id, stars=5, comment=f"{name} comment")
            await unit.entries.add(Entry(one.id, at, Author.NOTE, f"{name} note"))
            await unit.topics.made((await unit.topics.add(one.id, "espoo", -5, owner=True)).id, 30 + chat)
            await unit.staff.ban(Ban(chat, f"{name} reason", NOW + (60 if name == "young" else -60), 7))
    async with database.write() as unit:
        await forget(unit, boards, days)
        assert [one.chat for one in [await unit.tickets.get(1), await unit.tickets.get(2)]] == [1, 0]
        assert (await unit.tickets.get(2)).stars == 5
    await database.close()
    kept = dump(path)
    for kind in ("comment", "note", "reason"):
        assert f"young {kind}" in kept
        assert f"old {kind}" not in kept
    assert boards.removed == [2]


async def test_who_waits_for_an_advisor_is_not_forgotten_but_for_the_texts(path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    ticket = {"city": "espoo", "desk": "espoo", "kind": "question", "language": "so", "languages": ("so",)}
    async with database.write() as unit:
        await unit.tickets.open(chat=1, opened_at=1.0, waiting_since=1.0, **ticket)
        await unit.tickets.open(chat=2, opened_at=1.0, waiting_since=1.0, state="closed", closed_at=1.0, **ticket)
        for chat in (1, 2):
            unit.residents.put(Resident(chat, "so", "espoo", State.WAITING, last_question="my secret trouble"))
    async with database.write() as unit:
        await unit.connection.exec_driver_sql("update residents set updated_at = 1, created_at = 1")
        await forget(unit, Boards(), 1)
    async with database.write() as unit:
        assert await unit.residents.get(1) == Resident(1, "so", "espoo", State.WAITING)
        assert await unit.residents.get(2) == Resident(2)
    await database.close()
    assert "my secret trouble" not in dump(path)


async def test_a_run_goes_in_steps_that_leave_nothing(path: Path) -> None:
    """However much there is, no step forgets more rows than its limit; together they forget all of every kind."""
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    ticket = {"city": "espoo", "desk": "espoo", "kind": "question", "language": "so", "languages": ("so",)}
    boards, limit = Boards(), 2 * TOPIC_COSTS
    async with database.write() as unit:
        for number in range(1, limit + 3):
            unit.exchanges.add(Exchange(number, 1.0, "answer", "fi", None, "", text="my secret trouble"))
            unit.residents.put(Resident(number, "so", last_question="my secret trouble"))
            await unit.inbox.add([Received(number, number, "", 1.0)])
            unit.inbox.done(number)
            unit.outbox.add(number, "sendMessage", {})
            one = await unit.tickets.open(
                chat=number, opened_at=1.0, waiting_since=1.0, closed_at=1.0, state="closed", **ticket
            )
            await unit.entries.add(Entry(one.id, 1.0, Author.RESIDENT, "my secret trouble"))
            await unit.entries.pair([Pair(one.id, number, 1, -5, 2)])
            await unit.topics.made((await unit.topics.add(one.id, "espoo", -5, owner=True)).id, number)
        await unit.outbox.flush()
        for row in range(1, limit + 3):
            unit.outbox.settle(Settled(row, "sent", 1))
    async with database.write() as unit:
        await unit.connection.exec_driver_sql("update residents set updated_at = 1, created_at = 1")
        await unit.connection.exec_driver_sql("update outbox set settled_at = 1")
    run, steps = Retention(retention_days=1, now=NOW, limit=limit), []
    while not run.done:
        async with database.write() as unit:
            changes = select(func.total_changes())
            before = await unit.connection.scalar(changes)
            steps.append(await run.step(unit, boards))
            assert await unit.connection.scalar(changes) - before <= limit
            for topic in boards.removed:
                await unit.topics.made(topic, None)
    await database.close()
    rows = limit + 2
    assert sum(steps) == 7 * rows + rows * TOPIC_COSTS
    assert max(steps) < limit + TOPIC_COSTS
    assert boards.removed == list(range(1, rows + 1)), "each once"
    kept = dump(path)
    assert "my secret trouble" not in kept
    with closing(sqlite3.connect(path)) as connection:
        for table in ("inbox", "outbox", "residents", "pairs"):
            assert connection.execute(f"select count(*) from {table}").fetchone() == (0,), table
        for table in ("tickets", "exchanges"):
            assert connection.execute(f"select count(*), sum(chat) from {table}").fetchone() == (rows, 0), table
