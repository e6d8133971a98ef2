"""Albums: Telegram sends their parts one by one; they wait here until no more come, and go on together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import albums

LONGEST_WAIT = 60.0
"""Seconds; a part that is due later was kept before the clock was set back."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an album; `due_at` is the Unix time from which it is taken as whole."""

    chat: int
    thread: int | None
    album: str
    message: int
    sender: int
    caption: str | None
    media: str
    due_at: float


class Albums:
    """Parts that wait."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.added = False
        """True when parts were added in this unit."""

    async def add(self, part: Part) -> None:
        """Keeps a part; all of its album wait until it is due."""
        self.added = True
        await self._connection.execute(insert(albums).values(**asdict(part)))
        same = (albums.c.chat == part.chat) & (albums.c.album == part.album)
        await self._connection.execute(update(albums).where(same).values(due_at=part.due_at))

    async def due(self, now: float) -> Sequence[tuple[Part, ...]]:
        """Whole albums in the order of their messages, taken out; `now` 0.0: those that `whole` made due."""
        due = albums.c.due_at <= now
        if now:
            due |= albums.c.due_at > now + LONGEST_WAIT
        columns = [albums.c[name] for name in Part.__slots__]
        rows = await self._connection.execute(select(*columns).where(due).order_by(albums.c.message))
        found: dict[tuple[int, str], list[Part]] = {}
        for row in rows:
            found.setdefault((row.chat, row.album), []).append(Part(*row))
        await self._connection.execute(delete(albums).where(due))
        return [tuple(parts) for parts in found.values()]

    async def any(self) -> bool:
        """True while parts wait."""
        return (await self._connection.execute(select(albums.c.id).limit(1))).first() is not None

    async def whole(self, chat: int, message: int) -> None:
        """Makes a chat's waiting albums due, since a later message of the chat has come."""
        earlier = (albums.c.chat == chat) & (albums.c.message < message)
        await self._connection.execute(update(albums).where(earlier).values(due_at=0.0))

    async def forget(self, chat: int) -> None:
        """Drops a resident's waiting parts."""
        await self._connection.execute(delete(albums).where(albums.c.chat == chat))
