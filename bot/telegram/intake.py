"""Intake: an update is committed to the inbox before Telegram hears that it arrived."""

from __future__ import annotations

import asyncio
import math
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog

from bot.storage.engine import Database
from bot.storage.inbox import Received
from bot.telegram.scrub import scrub

log = structlog.get_logger(__name__)

BACKLOG = 20_000
"""Updates that may wait; what is beyond stays with Telegram, which keeps it for a day."""
RECOUNT_SECONDS = 1.0
REMEMBERED = 1000
"""Shared locations kept in memory until their update is handled; the oldest goes first."""


class Intake:
    """Stores updates and wakes the worker; coordinates stay in memory until their update is handled."""

    def __init__(self, database: Database, wake: asyncio.Event, backlog: int = BACKLOG) -> None:
        self._database = database
        self._backlog = self._room = backlog
        self._counted = -math.inf
        self._told = False
        self._wake = wake
        self._arriving: list[tuple[list[Received], asyncio.Future[None]]] = []
        """Updates to be committed next, and what tells that they are."""
        self._storing: asyncio.Task[None] | None = None
        self.name = str(uuid.uuid4())
        """This process, among others on the same database."""
        self._coordinates: OrderedDict[int, tuple[float, float]] = OrderedDict()

    async def full(self) -> bool:
        """Whether as many updates wait as are to be kept; counted at most once a second."""
        now = time.monotonic()
        if now >= self._counted + RECOUNT_SECONDS:
            self._counted = now
            async with self._database.write(beside=True) as unit:
                self._room = self._backlog - await unit.inbox.count("pending")
            if self._room <= 0 and not self._told:
                log.warning("the inbox is full; Telegram keeps further updates")
            self._told = self._room <= 0
        return self._room <= 0

    async def receive(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Commits the storable ones of `updates` (Bot API JSON); a known update_id changes nothing."""
        kept = [one for one in map(scrub, updates) if one]
        if not kept:
            return
        for one in kept:
            if one.coordinates:
                self._coordinates[one.received.update_id] = one.coordinates
        while len(self._coordinates) > REMEMBERED:
            self._coordinates.popitem(last=False)
        received = [replace(one.received, keeper=self.name) if one.coordinates else one.received for one in kept]
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arriving.append((received, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store())
        await stored

    async def _store(self) -> None:
        """Commits what arrives while the commit before is under way, all of it at once: many calls, one wait."""
        while self._arriving:
            batch, self._arriving = self._arriving, []
            received = [one for updates, _ in batch for one in updates]
            error = await self._commit(received)
            for _, stored in batch:
                if stored.cancelled():  # who called has hung up
                    continue
                if error:
                    stored.set_exception(error)
                else:
                    stored.set_result(None)
            if not error:
                self._room -= len(received)
                self._wake.set()

    async def _commit(self, received: Sequence[Received]) -> Exception | None:
        try:
            async with self._database.write(beside=True) as unit:
                await unit.inbox.add(received)
        except Exception as error:  # noqa: BLE001 - everybody who waits for this commit hears of it
            return error
        return None

    def coordinates(self, update_id: int) -> tuple[float, float] | None:
        """(latitude, longitude) shared by an update; None after a restart."""
        return self._coordinates.get(update_id)

    def forget(self, update_ids: Iterable[int]) -> None:
        """Drops the coordinates of updates that are handled."""
        for update_id in update_ids:
            self._coordinates.pop(update_id, None)
