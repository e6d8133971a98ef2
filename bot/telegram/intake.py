"""Intake: an update is committed to the inbox before Telegram hears that it arrived."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from bot.storage.engine import Database
from bot.telegram.scrub import scrub

REMEMBERED = 1000
"""Shared locations kept in memory until their update is handled; the oldest goes first."""


class Intake:
    """Stores updates and wakes the worker; coordinates stay in memory until their update is handled."""

    def __init__(self, database: Database, wake: asyncio.Event) -> None:
        self._database = database
        self._wake = wake
        self._coordinates: OrderedDict[int, tuple[float, float]] = OrderedDict()

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
        async with self._database.write() as unit:
            await unit.inbox.add([one.received for one in kept])
        self._wake.set()

    def coordinates(self, update_id: int) -> tuple[float, float] | None:
        """(latitude, longitude) shared by an update; None after a restart."""
        return self._coordinates.get(update_id)

    def forget(self, update_ids: Iterable[int]) -> None:
        """Drops the coordinates of updates that are handled."""
        for update_id in update_ids:
            self._coordinates.pop(update_id, None)
