"""The worker: takes updates from the inbox in order; each is handled in the transaction that marks it as done.

Updates are handled many at a time and committed together. When one of them fails, nothing of that batch is
written, and each is handled again in a transaction of its own, so that one poisoned update cannot hold up others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.locales import translator
from bot.storage.engine import Database, DatabaseError
from bot.storage.inbox import Received
from bot.storage.unit import Unit
from bot.telegram.intake import Intake

log = structlog.get_logger(__name__)

BATCH = 50
TRIES = 3
"""Attempts before an update is parked."""


class Worker:
    """Runs until stopped and the inbox is empty; `sent` is called after a commit that queued calls."""

    def __init__(
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        database: Database,
        intake: Intake,
        sent: Callable[[], None],
        admins: tuple[int, ...],
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._intake = intake
        self._sent = sent
        self._admins = admins

    async def run(self, wake: asyncio.Event, stop: asyncio.Event) -> None:
        """Handles what waits, then waits for `wake`; after `stop` it ends when the inbox is empty."""
        while True:
            wake.clear()
            try:
                while await self.handle_waiting():
                    pass
            except DatabaseError as error:
                log.error("database out of reach", error=type(error).__name__)
                if stop.is_set():
                    return
                await asyncio.sleep(1)
                continue
            if stop.is_set():
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), 5)

    async def handle_waiting(self) -> int:
        """Handles one batch; how many updates it held."""
        try:
            return await self._batch(BATCH)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises concerns one update only
            log.warning("batch failed; its updates are handled one by one", error=type(error).__name__)
        async with self._database.write() as unit:
            waiting = await unit.inbox.pending(BATCH)
        held: set[int] = set()
        for update in waiting:
            # What a chat wrote after a message that failed waits until that one is handled or parked.
            if update.chat not in held and not await self._alone(update):
                held.add(update.chat)
        return len(waiting)

    async def _batch(self, limit: int) -> int:
        async with self._database.write() as unit:
            waiting = await unit.inbox.pending(limit)
            await unit.residents.load(update.chat for update in waiting)
            for received in waiting:
                await self._handle(unit, received)
            queued = unit.outbox.added
        self._intake.forget(update.update_id for update in waiting)
        if queued:
            self._sent()
        return len(waiting)

    async def _alone(self, received: Received) -> bool:
        """Handles one update in its own transaction; False when it is to be tried again."""
        try:
            async with self._database.write() as unit:
                await self._handle(unit, received)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - likewise
            return await self._failed(received, error)
        finally:
            self._sent()
        return True

    async def _handle(self, unit: Unit, received: Received) -> None:
        coordinates = self._intake.coordinates(received.update_id)
        update = Update.model_validate_json(received.body, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update, unit=unit, coordinates=coordinates)
        unit.inbox.done(received.update_id)

    async def _failed(self, received: Received, error: Exception) -> bool:
        """Counts the attempt; the last one parks the update, tells the resident kindly and the admins plainly: True."""
        attempts = received.attempts + 1
        park = attempts >= TRIES
        log.error("update failed", update=received.update_id, attempts=attempts, error=type(error).__name__)
        async with self._database.write() as unit:
            await unit.inbox.failed(received.update_id, attempts, park=park)
            if not park:
                return False
            resident = await unit.residents.get(received.chat)
            tr = translator(resident.language or ("en" if received.chat > 0 else "fi"))
            words = tr("Sorry, something went wrong on our side. Please write again, or ask a person: /human")
            if received.chat < 0:
                words = tr("Something went wrong on our side and your last act was not carried out. Please try again.")
            unit.outbox.add(received.chat, "sendMessage", {"chat_id": received.chat, "text": words})
            for admin in self._admins:
                words = f"Update {received.update_id} failed {TRIES} times ({type(error).__name__}) and is parked."
                unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": words})
        return True
