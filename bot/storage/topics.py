"""Topics: where in which desk's group a ticket is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import Topic
from bot.storage.tables import tickets, topics

COLUMNS = [topics.c[field.name] for field in fields(Topic)]


class Topics:
    """The topics of all tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, ticket: int, city: str, chat: int, *, owner: bool) -> Topic:
        """A topic that Telegram has yet to make."""
        values = {"ticket": ticket, "city": city, "chat": chat, "owner": owner}
        made = await self._connection.execute(insert(topics).values(**values))
        assert made.inserted_primary_key is not None
        return Topic(made.inserted_primary_key[0], ticket, city, chat, None, owner)

    async def get(self, topic: int) -> Topic | None:
        """The topic of a row id."""
        return next(iter(await self._all(topics.c.id == topic)), None)

    async def of(self, ticket: int) -> Sequence[Topic]:
        """All topics of a ticket, the owner's first."""
        return sorted(await self._all(topics.c.ticket == ticket), key=lambda topic: (not topic.owner, topic.id))

    async def at(self, chat: int, thread: int) -> Topic | None:
        """The topic that is thread `thread` of the group."""
        return next(iter(await self._all((topics.c.chat == chat) & (topics.c.thread == thread))), None)

    async def expired(self, before: float, limit: int | None = None) -> Sequence[Topic]:
        """The first `limit` topics still there of tickets that were closed before the time."""
        old = exists().where(tickets.c.id == topics.c.ticket, tickets.c.closed_at < before)
        return await self._all(topics.c.thread.is_not(None) & old, limit)

    async def made(self, topic: int, thread: int | None) -> None:
        """Notes the thread that Telegram made; None: it is gone."""
        card = {} if thread else {"card": None}
        await self._connection.execute(update(topics).where(topics.c.id == topic).values(thread=thread, **card))

    async def carded(self, topic: int, message: int) -> None:
        """Notes the message that is the topic's card."""
        await self._connection.execute(update(topics).where(topics.c.id == topic).values(card=message))

    async def own(self, ticket: int, topic: int) -> None:
        """Makes `topic` the one whose advisors answer the resident."""
        mine = topics.c.ticket == ticket
        await self._connection.execute(update(topics).where(mine).values(owner=topics.c.id == topic))

    async def move(self, chat: int, new_chat: int) -> Sequence[Topic]:
        """Follows a group that was upgraded to a new id; its topics, which have no thread there yet."""
        known = [topic.id for topic in await self._all(topics.c.chat == chat)]
        moved = {"chat": new_chat, "thread": None, "card": None}
        await self._connection.execute(update(topics).where(topics.c.chat == chat).values(**moved))
        return await self._all(topics.c.id.in_(known))

    async def _all(self, condition: Any, limit: int | None = None) -> list[Topic]:
        wanted = select(*COLUMNS).where(condition).order_by(topics.c.id).limit(limit)
        return [Topic(*row) for row in await self._connection.execute(wanted)]
