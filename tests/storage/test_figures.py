"""What waits, on both engines."""

import time

from bot.domain.ticket import Desk, TicketKind, TicketState
from bot.storage.engine import Database
from bot.storage.figures import DeskLoad, Queue
from bot.storage.inbox import Received


async def ticket(database: Database, desk: str, since: float, nudges: int = 0, taker: int | None = None) -> None:
    async with database.write() as unit:
        made = await unit.tickets.open(
            chat=1, city=desk, desk=desk, kind=TicketKind.QUESTION.value, language="fi", languages=("fi",),
            opened_at=since, waiting_since=since,
        )  # fmt: skip
        await unit.tickets.note(made.id, nudges=nudges)
        if taker:
            await unit.tickets.change(made, TicketState.TAKEN, taker=taker, taken_at=since)


async def test_an_empty_database_has_nothing_waiting(database: Database) -> None:
    async with database.write(beside=True) as unit:
        assert await unit.figures.inbox() == await unit.figures.outbox() == Queue(0, 0, None)
        assert await unit.figures.desks() == {}


async def test_the_inbox_counts_what_waits_and_what_is_parked(database: Database) -> None:
    async with database.write() as unit:
        await unit.inbox.add([Received(number, number, "{}", 1000.0 + number) for number in range(1, 7)])
        unit.inbox.done(1)
        await unit.inbox.failed(2, 1, park=True)
        await unit.inbox.failed(3, 1, park=False)
    async with database.write(beside=True) as unit:
        assert await unit.figures.inbox() == Queue(pending=4, parked=1, since=1003.0)


async def test_the_outbox_counts_what_waits_since_when(database: Database) -> None:
    begun = time.time()
    async with database.write() as unit:
        for _ in range(3):
            unit.outbox.add(1, "sendMessage", {"chat_id": 1})
    async with database.write(beside=True) as unit:
        found = await unit.figures.outbox()
    assert (found.pending, found.parked) == (3, 0)
    assert begun <= (found.since or 0) <= time.time()


async def test_desks_with_and_without_tickets(database: Database) -> None:
    async with database.write() as unit:
        await unit.staff.link(Desk("espoo", -1))
        await unit.staff.link(Desk("vantaa", -2))
    await ticket(database, "espoo", 500.0)
    await ticket(database, "espoo", 300.0, nudges=1)
    await ticket(database, "espoo", 100.0, taker=9)
    await ticket(database, "helsinki", 400.0, nudges=2)
    async with database.write() as unit:
        closed = await unit.tickets.open(
            chat=2, city="vantaa", desk="vantaa", kind="question", language="fi", languages=("fi",), opened_at=1.0,
            waiting_since=1.0,
        )  # fmt: skip
        await unit.tickets.change(closed, TicketState.CLOSED, closed_at=2.0)
    async with database.write(beside=True) as unit:
        assert await unit.figures.desks() == {
            "espoo": DeskLoad(waiting=2, late=1, taken=1, since=300.0),
            "vantaa": DeskLoad(),
            "helsinki": DeskLoad(waiting=1, late=1, taken=0, since=400.0),
        }
