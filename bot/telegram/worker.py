"""The worker: takes updates from the inbox in order; each is handled in the transaction that marks it as done.

Updates are handled many at a time and committed together. When one of them fails, nothing of that batch is written,
and each is handled again in a transaction of its own, so that one poisoned update cannot hold up others; what its chat
sent after it waits. On PostgreSQL a batch has the oldest update of each conversation. What residents write touches
their own rows only, so that several processes handle it at the same time; what advisors write in groups may concern
anybody's tickets, and is handled alone, after what residents wrote before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from structlog.contextvars import bound_contextvars

from bot.locales import translator
from bot.metrics import Metrics
from bot.storage.engine import Database, DatabaseError
from bot.storage.inbox import Received
from bot.storage.unit import Unit
from bot.telegram.current import Current
from bot.telegram.intake import Intake

log = structlog.get_logger(__name__)

BATCH = 50
TRIES = 3
"""Attempts before an update is parked."""
LOOK_EVERY = 1.0
"""Seconds until it looks by itself: what another process took in and did not live to handle waits for nobody's call."""


@dataclass(frozen=True, slots=True)
class Handled:
    """An update that is done once its unit is committed; `kind` of event, as Telegram names it."""

    update_id: int
    kind: str
    ms: float


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
        current: Current,
        metrics: Metrics,
    ) -> None:
        self._metrics = metrics
        self._current = current
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._intake = intake
        self._sent = sent
        self._admins = admins
        self._groups = False
        """True when updates of groups wait."""

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
                await asyncio.wait_for(wake.wait(), LOOK_EVERY)

    async def handle_waiting(self) -> int:
        """Handles one batch of residents' updates and, where there are any, one of groups'; how many they held.

        On SQLite, where every unit is alone, one batch has both, in the order in which they came.
        """
        if not self._database.shared:
            return await self._some(groups=None)
        handled = await self._some(groups=False)
        return handled + (await self._some(groups=True) if self._groups else 0)

    async def _some(self, *, groups: bool | None) -> int:
        taken: list[Received] = []
        try:
            await self._batch(taken, groups=groups)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises concerns one update only
            log.warning("batch failed; its updates are handled one by one", error=type(error).__name__)
            for received in taken:
                await self._alone(received, groups=groups)
        return len(taken)

    async def _batch(self, taken: list[Received], *, groups: bool | None, among: Sequence[int] | None = None) -> None:
        """Handles what waits in one transaction; `taken` tells what that was, also when it fails."""
        begun = time.perf_counter()
        async with self._database.write(beside=groups is False) as unit:
            of = self._intake.name if self._database.shared else None
            taken[:] = await unit.inbox.pending(BATCH, of=of, groups=groups, among=among)
            if self._database.shared:
                self._groups = await unit.inbox.of_groups()
            if not taken:
                return
            await self._current.look(unit)
            await unit.residents.load(update.chat for update in taken)
            handled = [await self._handle(unit, received) for received in taken]
            queued = unit.outbox.added
            asked = unit.exchanges.kinds
        self._metrics.asked(asked)
        self._metrics.handled(len(taken), time.perf_counter() - begun)
        for one in handled:
            log.info("handled", update=one.update_id, kind=one.kind, ms=one.ms)
        self._intake.forget(update.update_id for update in taken)
        if queued:
            self._sent()

    async def _alone(self, received: Received, *, groups: bool | None) -> None:
        """Handles one update in its own transaction, unless another process has done so meanwhile."""
        try:
            await self._batch([], groups=groups, among=[received.update_id])
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - likewise
            await self._failed(received, error)

    async def _handle(self, unit: Unit, received: Received) -> Handled:
        begun = time.perf_counter()
        given = {
            "unit": unit,
            "coordinates": self._intake.coordinates(received.update_id),
            "matched": self._metrics.matched,
        }
        unit.outbox.origin = received.update_id
        with bound_contextvars(update=received.update_id):
            update = Update.model_validate_json(received.body, context={"bot": self._bot})
            await self._dispatcher.feed_update(self._bot, update, **given)
        unit.inbox.done(received.update_id)
        return Handled(received.update_id, update.event_type, round((time.perf_counter() - begun) * 1000, 1))

    async def _failed(self, received: Received, error: Exception) -> None:
        """Counts the attempt; the last one parks the update, tells the resident kindly and the admins plainly."""
        attempts = received.attempts + 1
        park = attempts >= TRIES
        log.error("update failed", update=received.update_id, attempts=attempts, error=type(error).__name__)
        async with self._database.write(beside=True) as unit:
            counted = await unit.inbox.failed(received.update_id, attempts, park=park)
            if counted:
                self._metrics.failed(parked=park)
            if not counted or not park:
                return
            unit.outbox.origin = received.update_id
            resident = await unit.residents.get(received.chat)
            tr = translator(resident.language or ("en" if received.chat > 0 else "fi"))
            words = tr("Sorry, something went wrong on our side. Please write again, or ask a person: /human")
            if received.chat < 0:
                words = tr("Something went wrong on our side and your last act was not carried out. Please try again.")
            unit.outbox.add(received.chat, "sendMessage", {"chat_id": received.chat, "text": words})
            for admin in self._admins:
                words = f"Update {received.update_id} failed {TRIES} times ({type(error).__name__}) and is parked."
                unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": words})
        self._sent()
