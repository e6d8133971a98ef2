"""The inbox: an update is stored before Telegram hears that it arrived, and handled once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import inbox


@dataclass(frozen=True, slots=True)
class Received:
    """A stored update; `body` is its scrubbed JSON."""

    update_id: int
    chat: int
    body: str
    received_at: float
    attempts: int = 0


class Inbox:
    """Updates in the order of their ids, which is the order of every conversation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._done: list[int] = []

    async def add(self, updates: Sequence[Received]) -> None:
        """Stores updates; one that is known already is left as it is."""
        if not updates:
            return
        rows = [
            {
                "update_id": item.update_id,
                "chat": item.chat,
                "body": item.body,
                "state": "pending",
                "attempts": 0,
                "received_at": item.received_at,
            }
            for item in updates
        ]
        await self._connection.execute(insert(inbox).on_conflict_do_nothing(index_elements=["update_id"]), rows)

    async def pending(self, limit: int) -> list[Received]:
        """The oldest updates that wait to be handled."""
        columns = (inbox.c.update_id, inbox.c.chat, inbox.c.body, inbox.c.received_at, inbox.c.attempts)
        wanted = select(*columns).where(inbox.c.state == "pending").order_by(inbox.c.update_id).limit(limit)
        rows = await self._connection.execute(wanted)
        return [Received(*row) for row in rows]

    async def count(self, state: str) -> int:
        """How many updates are pending, done or parked."""
        wanted = select(func.count()).select_from(inbox).where(inbox.c.state == state)
        return int(await self._connection.scalar(wanted) or 0)

    def done(self, update_id: int) -> None:
        """Marks an update as handled and forgets its body, at the end of the unit."""
        self._done.append(update_id)

    async def failed(self, update_id: int, attempts: int, *, park: bool) -> None:
        """Counts a failed attempt; a parked update is kept aside with its body for the operator."""
        values = {"attempts": attempts, "state": "parked" if park else "pending"}
        await self._connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(values))

    async def forget_chat(self, chat: int, *, before: int) -> None:
        """Empties the bodies of a chat's updates with lower ids than `before`; what came later is a new beginning."""
        mine = (inbox.c.chat == chat) & (inbox.c.update_id < before)
        await self._connection.execute(update(inbox).where(mine).values(body="", state="done", chat=0))

    async def prune(self, before: float) -> int:
        """Deletes handled and parked updates received before the time; returns how many."""
        old = (inbox.c.state != "pending") & (inbox.c.received_at < before)
        return int((await self._connection.execute(delete(inbox).where(old))).rowcount)

    async def flush(self) -> None:
        """Writes the `done` marks."""
        if self._done:
            mark = update(inbox).where(inbox.c.update_id == bindparam("handled")).values(state="done", body="")
            await self._connection.execute(mark, [{"handled": update_id} for update_id in self._done])
            self._done.clear()
