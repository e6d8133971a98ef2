"""Reminders at injected times, on a real SQLite file: once after the goal, once to the region after twice that."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.conversation.conversation import Conversation
from bot.desk.handling import Handling
from bot.desk.reminding import remind
from bot.domain.resident import Resident
from bot.domain.ticket import Desk, Draft
from bot.storage.engine import Database
from bot.telegram.post import TelegramPost

HELSINKI = ZoneInfo("Europe/Helsinki")
ESPOO = Desk("espoo", -1, "en", goal_minutes=30, hours="Mo-Fr 09:00-16:00; PH off")
VANTAA = Desk("vantaa", -2, "en", goal_minutes=60, hours="Mo-Fr 08:00-20:00; PH off")


def moment(text: str) -> datetime:
    """A Helsinki wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)


class Office:
    """Two desks, and a clock that tests set."""

    def __init__(self, database: Database, talk: Conversation) -> None:
        self.database = database
        self.talk = talk
        self._read = 0

    async def link(self, *desks: Desk) -> None:
        async with self.database.write() as unit:
            for desk in desks:
                await unit.staff.link(desk)

    async def ask(self, chat: int, at: str) -> int:
        async with self.database.write() as unit:
            handling = self._handling(unit, at)
            ticket = await handling.open(Resident(chat, "en", "espoo"), Draft("my rent"), "en")
            assert ticket is not None
        return ticket.id

    def _handling(self, unit, at: str) -> Handling:
        post = TelegramPost(unit, self.talk, moment(at))
        return Handling(unit, post, self.talk.catalogue, moment(at).timestamp())

    async def take(self, number: int, at: str) -> None:
        async with self.database.write() as unit:
            await self._handling(unit, at).take(await unit.tickets.get(number), 7, "Maria")

    async def release(self, number: int, at: str) -> None:
        async with self.database.write() as unit:
            await self._handling(unit, at).release(await unit.tickets.get(number), 7, "Maria")

    async def remind(self, at: str) -> list[tuple[int, str]]:
        """(group, first words) of each reminder that this look posts."""
        async with self.database.write() as unit:
            before = {call.id for call in await unit.outbox.pending(1000)}
        async with self.database.write() as unit:
            post = TelegramPost(unit, self.talk, moment(at))
            said = await remind(unit, post, self.talk.catalogue, moment(at).timestamp())
        async with self.database.write() as unit:
            new = [call for call in await unit.outbox.pending(1000) if call.id not in before]
        assert said == len(new)
        return [(call.chat, json.loads(call.payload)["text"]) for call in new]


async def test_a_nudge_after_the_goal_and_the_region_after_twice_that(database: Database, talk: Conversation) -> None:
    office = Office(database, talk)
    await office.link(ESPOO, VANTAA)
    number = await office.ask(1, "2026-11-20 15:50")  # a Friday, ten minutes before the desk closes
    assert await office.remind("2026-11-20 15:59") == []
    assert await office.remind("2026-11-22 12:00") == [], "nobody waits on a Sunday"
    assert await office.remind("2026-11-23 09:19") == []
    ((chat, text),) = await office.remind("2026-11-23 09:20")
    assert chat == ESPOO.chat
    assert f"#{number} (en) has waited 30 minutes; the goal is 30" in text
    assert await office.remind("2026-11-23 09:21") == [], "once"
    assert await office.remind("2026-11-23 09:49") == []
    told = await office.remind("2026-11-23 09:50")
    assert sorted(chat for chat, _ in told) == [VANTAA.chat, ESPOO.chat]
    assert all("60 minutes" in text for _, text in told)
    assert await office.remind("2026-11-23 09:51") == [], "once"
    assert await office.remind("2026-11-30 12:00") == []


async def test_after_a_long_silence_the_region_is_told_at_once(database: Database, talk: Conversation) -> None:
    office = Office(database, talk)
    await office.link(ESPOO, VANTAA)
    await office.ask(1, "2026-11-23 09:00")
    assert len(await office.remind("2026-11-23 13:00")) == 2
    assert await office.remind("2026-11-23 13:01") == [], "no nudge after that"


async def test_only_what_waits_and_only_at_its_own_desks_pace(database: Database, talk: Conversation) -> None:
    office = Office(database, talk)
    await office.link(ESPOO, VANTAA)
    first, second = await office.ask(1, "2026-11-23 09:00"), await office.ask(2, "2026-11-23 09:15")
    await office.take(first, "2026-11-23 09:05")
    assert await office.remind("2026-11-23 09:44") == [], "a taken ticket does not wait, the other not long enough"
    ((_, text),) = await office.remind("2026-11-23 09:45")
    assert f"#{second}" in text
    await office.release(first, "2026-11-23 10:00")
    told = await office.remind("2026-11-23 10:01")
    assert {chat for chat, text in told if f"#{first}" in text} == {ESPOO.chat, VANTAA.chat}, "waited since 09:00"


async def test_a_desk_whose_link_ended_does_not_hide_its_tickets(database: Database, talk: Conversation) -> None:
    office = Office(database, talk)
    await office.link(ESPOO, VANTAA)
    number = await office.ask(1, "2026-11-23 09:00")
    async with database.write() as unit:
        await unit.staff.unlink(ESPOO.chat)
    told = await office.remind("2026-11-25 12:00")
    assert [chat for chat, _ in told] == [VANTAA.chat]
    assert f"#{number} of Espoo" in told[0][1]
    assert await office.remind("2026-11-26 12:00") == []
