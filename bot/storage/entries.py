"""Entries: a ticket's history, and the pairs of messages that belong together across chats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import Author, Entry
from bot.storage.tables import SAID, entries, pairs, tickets


@dataclass(frozen=True, slots=True)
class Pair:
    """A message and its copy in another chat; `media`: the copy has a caption, not a text."""

    ticket: int
    from_chat: int
    from_message: int
    to_chat: int
    to_message: int
    media: bool = False


class Entries:
    """The history of all tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: Entry) -> None:
        """Appends a line."""
        await self._connection.execute(
            insert(entries).values(
                ticket=entry.ticket,
                at=entry.at,
                author=entry.author.value,
                text=entry.text,
                actor=entry.actor,
                media=entry.media,
                from_chat=entry.from_chat,
                from_messages=",".join(map(str, entry.from_messages)) or None,
            )
        )

    async def of(self, ticket: int) -> Sequence[Entry]:
        """A ticket's history, oldest first."""
        rows = await self._connection.execute(select(entries).where(entries.c.ticket == ticket).order_by(entries.c.id))
        return [
            Entry(
                row.ticket,
                row.at,
                Author(row.author),
                row.text,
                row.actor,
                row.media,
                row.from_chat,
                tuple(int(part) for part in (row.from_messages or "").split(",") if part),
            )
            for row in rows
        ]

    async def reword(self, ticket: int, chat: int, messages: Sequence[int], text: str) -> None:
        """Replaces the text of the entry that came from these messages, after it was edited."""
        origin = ",".join(map(str, messages))
        mine = (entries.c.ticket == ticket) & (entries.c.from_chat == chat) & (entries.c.from_messages == origin)
        await self._connection.execute(update(entries).where(mine).values(text=text))

    async def pair(self, new: Iterable[Pair]) -> None:
        """Notes that messages were copied."""
        rows = [
            {
                "ticket": one.ticket,
                "from_chat": one.from_chat,
                "from_message": one.from_message,
                "to_chat": one.to_chat,
                "to_message": one.to_message,
                "media": one.media,
            }
            for one in new
        ]
        if rows:
            await self._connection.execute(insert(pairs), rows)

    async def copies(self, chat: int, message: int) -> Sequence[Pair]:
        """Where a message was copied to, newest first."""
        wanted = select(pairs).where(pairs.c.from_chat == chat, pairs.c.from_message == message)
        rows = await self._connection.execute(wanted.order_by(pairs.c.id.desc()))
        return [Pair(*row[1:]) for row in rows]

    async def counterpart(self, chat: int, message: int, other: int) -> int | None:
        """The message in chat `other` that is the copy, or the origin, of a message in `chat`."""
        copied = select(pairs.c.to_message).where(
            pairs.c.from_chat == chat, pairs.c.from_message == message, pairs.c.to_chat == other
        )
        origin = select(pairs.c.from_message).where(
            pairs.c.to_chat == chat, pairs.c.to_message == message, pairs.c.from_chat == other
        )
        for wanted in (copied.order_by(pairs.c.id.desc()), origin):
            found = await self._connection.scalar(wanted.limit(1))
            if found is not None:
                return int(found)
        return None

    async def move(self, chat: int, new_chat: int) -> None:
        """Forgets the copies of a group that got a new id: its message ids are new too."""
        gone = (pairs.c.from_chat == chat) | (pairs.c.to_chat == chat)
        await self._connection.execute(delete(pairs).where(gone))
        await self._connection.execute(
            update(entries).where(entries.c.from_chat == chat).values(from_chat=new_chat, from_messages=None)
        )

    async def forget(self, chat: int) -> None:
        """Empties the history of a resident's tickets; when something was said stays."""
        mine = select(tickets.c.id).where(tickets.c.chat == chat)
        await self._blank(entries.c.ticket.in_(mine))
        await self._connection.execute(delete(pairs).where(pairs.c.ticket.in_(mine)))

    async def forget_texts(self, before: float, limit: int | None = None) -> int:
        """Empties the oldest `limit` entries from before the time; returns how many."""
        old = select(entries.c.id).where(entries.c.at < before, SAID).order_by(entries.c.at).limit(limit)
        return await self._blank(entries.c.id.in_(old))

    async def forget_pairs(self, before: float, limit: int | None = None) -> int:
        """Deletes `limit` pairs of tickets that were closed before the time; returns how many."""
        closed = exists().where(tickets.c.id == pairs.c.ticket, tickets.c.closed_at < before)
        old = delete(pairs).where(pairs.c.id.in_(select(pairs.c.id).where(closed).limit(limit)))
        return int((await self._connection.execute(old)).rowcount)

    async def _blank(self, condition: object) -> int:
        blank = {"text": "", "from_chat": None, "from_messages": None}
        done = await self._connection.execute(update(entries).where(condition).values(**blank))  # type: ignore[arg-type]
        return int(done.rowcount)
