"""The audit log: who did what with which ticket. Append-only (the database refuses changes), no message's text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import audit


@dataclass(frozen=True, slots=True)
class Act:
    """One line; `actor` None is the resident or the bot itself."""

    at: float
    actor: int | None
    act: str
    ticket: int | None
    detail: str


class Audit:
    """The log."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, act: str, *, actor: int | None = None, ticket: int | None = None, detail: str = "") -> None:
        """Appends a line; `detail` holds ids only."""
        values = {"at": time.time(), "actor": actor, "act": act, "ticket": ticket, "detail": detail[:200]}
        await self._connection.execute(insert(audit).values(**values))

    async def of(self, ticket: int) -> Sequence[Act]:
        """What was done with a ticket, oldest first."""
        columns = (audit.c.at, audit.c.actor, audit.c.act, audit.c.ticket, audit.c.detail)
        rows = await self._connection.execute(select(*columns).where(audit.c.ticket == ticket).order_by(audit.c.id))
        return [Act(*row) for row in rows]
