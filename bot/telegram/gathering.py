"""Gathering: albums wait until they are whole, then go on as one; so do desks' reminders, when they are due."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from aiogram.types import Message

from bot.desk.reminding import remind
from bot.storage.albums import Part
from bot.storage.engine import Database, DatabaseError
from bot.storage.unit import Unit
from bot.telegram.bench import Bench
from bot.telegram.current import Current
from bot.telegram.parcel import album_of, part_of
from bot.telegram.post import TelegramPost
from bot.telegram.turn import Turn

log = structlog.get_logger(__name__)

WHOLE_AFTER = 1.0
"""Seconds without another part after which an album is whole."""
REMIND_EVERY = 30.0


class Gathering:
    """Holds parts of albums and hands whole ones to a resident's turn or an advisor's bench."""

    def __init__(self, database: Database, current: Current, sent: Callable[[], None]) -> None:
        self._database = database
        self._current = current
        self._sent = sent
        self._wake = asyncio.Event()
        self._wake.set()

    async def hold(self, unit: Unit, message: Message) -> bool:
        """Keeps a part of an album; False for a message that stands alone."""
        part = part_of(message, time.time() + WHOLE_AFTER)
        if part is None:
            return False
        await unit.albums.add(part)
        self._wake.set()
        return True

    async def before(self, unit: Unit, message: Message) -> None:
        """Hands on what the chat's albums hold before a later message of it is handled."""
        await unit.albums.whole(message.chat.id, message.message_id)
        await self._hand_on(unit, 0.0)

    def notify(self) -> None:
        """Tells that parts wait, or that this process leads now."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """While this process leads: hands on whole albums, and reminds desks of tickets that wait too long."""
        reminded = 0.0
        while await self._database.until_leading(stop):
            try:
                async with self._database.write() as unit:
                    await self._current.look(unit)
                    pending = await self._hand_on(unit, time.time())
                    due = time.monotonic() > reminded + REMIND_EVERY
                    if due:
                        reminded = time.monotonic()
                        now = datetime.now(UTC)
                        post = TelegramPost(unit, self._current.conversation, now)
                        await remind(unit, post, self._current.conversation.catalogue, now.timestamp())
                    queued = unit.outbox.added or due  # what the command line has queued, nobody tells of
                if queued:
                    self._sent()
            except DatabaseError as error:
                log.error("albums and reminders wait", error=type(error).__name__)
                pending = True
            except Exception as error:  # one bad album must not end the reminders
                log.exception("albums and reminders failed", error=type(error).__name__)
                pending = False
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._until(stop), 0.3 if pending else REMIND_EVERY)

    async def _until(self, stop: asyncio.Event) -> None:
        """Until a part arrives, or the end."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self._wake, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    async def _hand_on(self, unit: Unit, now: float) -> bool:
        """Hands on what is due; True when parts still wait."""
        for parts in await unit.albums.due(now):
            await self._album(unit, parts)
        return await unit.albums.any()

    async def _album(self, unit: Unit, parts: Sequence[Part]) -> None:
        chat, at = parts[0].chat, datetime.now(UTC)
        if chat > 0:
            resident = await unit.residents.get(chat)
            now = self._current
            turn = Turn(unit, 0, resident, at, now.conversation, staffed=now.staffed, human_only=now.human_only)
            await turn.bring(album_of(parts))
            return
        desk = next((one for one in (await unit.staff.desks()).values() if one.chat == chat), None)
        topic = await unit.topics.at(chat, parts[0].thread) if parts[0].thread else None
        ticket = await unit.tickets.find(topic.ticket) if topic else None
        if desk and ticket:
            sender = parts[0].sender
            name = (await TelegramPost(unit, self._current.conversation, at).names()).get(sender, "–")
            bench = Bench(unit, self._current, at, desk, sender, name, parts[0].thread, topic, ticket)
            await bench.relay(album_of(parts))
