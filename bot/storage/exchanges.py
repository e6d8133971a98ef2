"""Exchanges: what was asked (masked) and what it led to, for residents' own data, feedback and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import KEPT, exchanges


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message of a resident; `kind` is answer, choice, handoff, dialogue, wish or feedback."""

    chat: int
    at: float
    kind: str
    language: str
    city: str | None
    intents: str
    score: float | None = None
    text: str | None = None
    helpful: bool | None = None


class Exchanges:
    """The exchanges of all residents."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._new: list[Exchange] = []
        self.kinds: list[tuple[str, str | None, str]] = []
        """(language, city, kind) of everything that this unit has kept, for the figures."""

    def add(self, exchange: Exchange) -> None:
        """Keeps an exchange, written at the end of the unit."""
        self._new.append(exchange)
        self.kinds.append((exchange.language, exchange.city, exchange.kind))

    async def of_chat(self, chat: int) -> Sequence[Exchange]:
        """A resident's exchanges, oldest first."""
        await self.flush()
        columns = [exchanges.c[name] for name in Exchange.__slots__]
        rows = await self._connection.execute(
            select(*columns).where(exchanges.c.chat == chat).order_by(exchanges.c.at, exchanges.c.id)
        )
        return [Exchange(*row) for row in rows]

    async def rate(self, chat: int, intent: str, *, helpful: bool) -> bool:
        """Notes on the chat's newest exchange about `intent` whether it helped; False when there is none."""
        await self.flush()
        listed = literal(",") + exchanges.c.intents + literal(",")
        newest = (
            select(exchanges.c.id)
            .where(exchanges.c.chat == chat, listed.contains(f",{intent},", autoescape=True))
            .order_by(exchanges.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        change = update(exchanges).where(exchanges.c.id == newest).values(helpful=helpful)
        return bool((await self._connection.execute(change)).rowcount)

    async def forget(self, chat: int) -> None:
        """Deletes a resident's exchanges."""
        self._new = [exchange for exchange in self._new if exchange.chat != chat]
        await self._connection.execute(delete(exchanges).where(exchanges.c.chat == chat))

    async def forget_texts(self, before: float, limit: int | None = None) -> int:
        """Blanks the oldest `limit` texts from before the time, unties them from the chat; figures stay. How many."""
        # In the index's order: without one PostgreSQL expects to find so many soon, and reads the whole table.
        old = select(exchanges.c.id).where(exchanges.c.at < before, KEPT).order_by(exchanges.c.at).limit(limit)
        blank = update(exchanges).where(exchanges.c.id.in_(old)).values(text=None, chat=0)
        return int((await self._connection.execute(blank)).rowcount)

    async def flush(self) -> None:
        """Writes the new exchanges."""
        if self._new:
            await self._connection.execute(insert(exchanges), [asdict(exchange) for exchange in self._new])
            self._new.clear()
