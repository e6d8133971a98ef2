import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.ticket import ClosedBy, Ticket, TicketKind, TicketState
from bot.storage.engine import Database

NEW: dict[str, Any] = {
    "chat": 1, "city": "espoo", "desk": "espoo", "kind": "question", "intent": "tax-card", "language": "so",
    "languages": ("so", "en"), "opened_at": 100.0, "waiting_since": 100.0,
}  # fmt: skip


async def opened(database: Database, **values: Any) -> Ticket:
    async with database.write() as unit:
        return await unit.tickets.open(**(NEW | values))


async def test_a_ticket_comes_back_as_it_was_opened(database: Database) -> None:
    ticket = await opened(database)
    assert (ticket.id, ticket.kind, ticket.state, ticket.open) == (1, TicketKind.QUESTION, TicketState.WAITING, True)
    assert ticket.languages == ("so", "en")
    async with database.write() as unit:
        assert await unit.tickets.get(1) == ticket
        assert await unit.tickets.find(2) is None
        with pytest.raises(LookupError):
            await unit.tickets.get(2)


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**40])
async def test_a_number_that_cannot_be_is_no_ticket(database: Database, number: int) -> None:
    async with database.write() as unit:
        assert await unit.tickets.find(number) is None


async def test_a_number_is_never_given_twice(database: Database) -> None:
    await opened(database)
    async with database.write() as unit:
        await unit.connection.exec_driver_sql("delete from tickets")
    assert (await opened(database)).id == 2


async def test_of_many_who_take_at_once_one_wins(database: Database) -> None:
    before = await opened(database)

    async def take(user: int) -> Ticket | None:
        async with database.write() as unit:
            return await unit.tickets.change(before, TicketState.TAKEN, taker=user, taken_at=5.0)

    won = [one for one in await asyncio.gather(*(take(user) for user in range(1, 21))) if one]
    assert len(won) == 1
    async with database.write() as unit:
        assert await unit.tickets.get(1) == won[0]


@pytest.mark.parametrize("meanwhile", [{"state": "closed"}, {"taker": 8}, {"taker": None}, {"desk": "vantaa"}], ids=str)
async def test_a_change_of_what_was_changed_meanwhile_is_refused(database: Database, meanwhile: Any) -> None:
    await opened(database)
    async with database.write() as unit:
        await unit.tickets.note(1, state="taken", taker=7)
        before = await unit.tickets.get(1)
        await unit.tickets.note(1, **meanwhile)
        after = await unit.tickets.get(1)
        assert await unit.tickets.change(before, TicketState.CLOSED, closed_by=ClosedBy.ADVISOR.value) is None
        assert await unit.tickets.get(1) == after


async def test_what_nothing_depends_on_does_not_stand_in_the_way(database: Database) -> None:
    before = await opened(database)
    async with database.write() as unit:
        await unit.tickets.note(1, nudges=2, comment="kind")
        closed = await unit.tickets.change(before, TicketState.CLOSED, closed_at=9.0, closed_by="resident")
        assert closed == replace(before, state=TicketState.CLOSED, closed_at=9.0, closed_by=ClosedBy.RESIDENT, nudges=2)
        assert await unit.tickets.comment(1) == "kind"
        assert await unit.tickets.comment(2) is None


async def test_a_residents_tickets(database: Database) -> None:
    await opened(database, state="closed", closed_at=5.0)
    await opened(database)
    await opened(database, chat=2)
    async with database.write() as unit:
        assert [one.id for one in await unit.tickets.of(1)] == [1, 2]
        assert (await unit.tickets.open_of(1)).id == 2  # type: ignore[union-attr]
        assert (await unit.tickets.last_of(1)).id == 2  # type: ignore[union-attr]
        assert await unit.tickets.open_of(3) is None


async def test_the_queue_is_a_desks_own_and_the_longest_waits_first(database: Database) -> None:
    late = await opened(database, waiting_since=300.0)
    first = await opened(database, chat=2, waiting_since=100.0)
    second = await opened(database, chat=3, waiting_since=100.0)
    other = await opened(database, chat=4, desk="vantaa", waiting_since=1.0)
    taken = await opened(database, chat=5, waiting_since=1.0, state="taken", taker=7, taken_at=2.0)
    async with database.write() as unit:
        assert [one.id for one in await unit.tickets.waiting("espoo")] == [first.id, second.id, late.id]
        assert [one.id for one in await unit.tickets.waiting()] == [other.id, first.id, second.id, late.id]
        assert [one.id for one in await unit.tickets.taken()] == [taken.id]
        assert await unit.tickets.taken("vantaa") == []
        assert [await unit.tickets.ahead(one) for one in (first, second, late, other)] == [0, 1, 2, 0]


async def test_a_forgotten_residents_tickets_stay_as_figures(database: Database, sql) -> None:
    await opened(database)
    await opened(database, chat=2)
    async with database.write() as unit:
        for number in (1, 2):
            await unit.tickets.note(number, stars=4, comment="my words")
        await unit.tickets.forget(1)
    assert sql("select id, chat, stars, intent, comment from tickets order by id") == [
        (1, 0, 4, "tax-card", None),
        (2, 2, 4, "tax-card", "my words"),
    ]


async def test_old_closed_tickets_are_untied_and_open_ones_are_not(database: Database, sql) -> None:
    for chat, closed in ((1, 10.0), (2, 50.0), (3, None)):
        await opened(database, chat=chat, closed_at=closed, comment="my words")
    async with database.write() as unit:
        assert await unit.tickets.forget_closed(50.0) == 1
        assert await unit.tickets.forget_closed(50.0) == 0
    assert sql("select chat, comment from tickets order by id") == [(0, None), (2, "my words"), (3, "my words")]


async def test_topics_follow_their_ticket_and_their_group(database: Database) -> None:
    await opened(database)
    await opened(database, chat=2, state="closed", closed_at=10.0)
    async with database.write() as unit:
        topics = unit.topics
        asked = await topics.add(1, "vantaa", -5, owner=False)
        own = await topics.add(1, "espoo", -4, owner=True)
        old = await topics.add(2, "espoo", -4, owner=True)
        assert [one.id for one in await topics.of(1)] == [own.id, asked.id], "the owner's first"
        assert await topics.at(-4, 7) is None
        await topics.made(own.id, 7)
        await topics.made(old.id, 8)
        await topics.carded(own.id, 9)
        assert await topics.at(-4, 7) == replace(own, thread=7, card=9)
        assert [one.id for one in await topics.expired(11.0)] == [old.id], "closed before, and still there"
        assert await topics.expired(10.0) == []
        await topics.own(1, asked.id)
        assert [(one.city, one.owner) for one in await topics.of(1)] == [("vantaa", True), ("espoo", False)]
        await topics.made(own.id, None)
        assert await topics.get(own.id) == replace(own, owner=False), "a topic that is gone has no card"
        assert (await topics.of(2))[0].owner, "another ticket's"
        moved = await topics.move(-4, -100)
        assert [(one.id, one.chat, one.thread) for one in moved] == [(own.id, -100, None), (old.id, -100, None)]
        assert (await topics.get(asked.id)).chat == -5  # type: ignore[union-attr]
