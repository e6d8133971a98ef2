"""Switches that admins turn for the whole service; every process looks them up before it handles updates."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import switches
from bot.storage.upsert import upsert

HUMAN_ONLY = "human-only"
"""While it is on, the bot gives residents no answers of its own."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Since when a switch is on (Unix seconds), and who turned it; None: the command line."""

    at: float
    actor: int | None


class Switches:
    """A row is a switch that is on."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def on(self, name: str) -> Turned | None:
        """Since when the switch is on; None while it is off."""
        columns = (switches.c.at, switches.c.actor)
        row = (await self._connection.execute(select(*columns).where(switches.c.name == name))).first()
        return Turned(*row) if row else None

    async def set(self, name: str, *, on: bool, at: float, actor: int | None) -> bool:
        """Turns the switch; False when it stood so already, and who turned it then stays noted."""
        if on:
            values = {"name": name, "at": at, "actor": actor}
            turned = upsert(self._connection, switches).values(**values).on_conflict_do_nothing()
            return bool((await self._connection.execute(turned)).rowcount)
        return bool((await self._connection.execute(delete(switches).where(switches.c.name == name))).rowcount)
