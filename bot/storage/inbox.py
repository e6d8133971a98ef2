"""The inbox: an update is stored before Telegram hears that it arrived, and handled once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import inbox
from bot.storage.upsert import upsert

KEPT_SECONDS = 10.0
"""How long an update with a location is left to the process that has the location; then it is asked for again."""


@dataclass(frozen=True, slots=True)
class Received:
    """A stored update; `body` is its scrubbed JSON, `keeper` the process that has its location in memory."""

    update_id: int
    chat: int
    body: str
    received_at: float
    attempts: int = 0
    keeper: str | None = None


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
                "keeper": item.keeper,
            }
            for item in updates
        ]
        known = upsert(self._connection, inbox).on_conflict_do_nothing(index_elements=["update_id"])
        await self._connection.execute(known, rows)

    async def pending(
        self, limit: int, *, of: str | None = None, groups: bool | None = None, among: Iterable[int] | None = None
    ) -> list[Received]:
        """The oldest waiting updates that no other process is handling, until the unit ends.

        Where there may be other processes, the oldest of each conversation only. What advisors do in groups waits for
        what residents wrote before: they may be closing a request to which words are still to be added.
        `of`: not those that another process keeps the location of; `groups`: of groups only, or of residents only;
        `among`: of these update ids only.
        """
        earlier = inbox.alias("earlier")
        first = ~exists().where(
            earlier.c.chat == inbox.c.chat, earlier.c.state == "pending", earlier.c.update_id < inbox.c.update_id
        )
        wanted = select(*(inbox.c[name] for name in Received.__slots__)).where(inbox.c.state == "pending")
        if among is not None or self._connection.dialect.name == "postgresql":
            wanted = wanted.where(first)
        if groups:
            before = inbox.alias("before")
            wanted = wanted.where(
                ~exists().where(before.c.chat >= 0, before.c.state == "pending", before.c.update_id < inbox.c.update_id)
            )
        if of is not None:
            now = time.time()  # which may have been set back since
            kept = inbox.c.received_at.between(now - KEPT_SECONDS, now + KEPT_SECONDS)
            wanted = wanted.where(inbox.c.keeper.is_(None) | (inbox.c.keeper == of) | ~kept)
        if groups is not None:
            wanted = wanted.where(inbox.c.chat < 0 if groups else inbox.c.chat >= 0)
        if among is not None:
            wanted = wanted.where(inbox.c.update_id.in_(list(among)))
        wanted = wanted.order_by(inbox.c.update_id).limit(limit).with_for_update(of=inbox, skip_locked=True)
        rows = await self._connection.execute(wanted)
        return [Received(*row) for row in rows]

    async def of_groups(self) -> bool:
        """True when updates of groups wait."""
        wanted = select(inbox.c.chat).where(inbox.c.state == "pending", inbox.c.chat < 0).limit(1)
        return await self._connection.scalar(wanted) is not None

    async def count(self, state: str) -> int:
        """How many updates are pending, done or parked."""
        wanted = select(func.count()).select_from(inbox).where(inbox.c.state == state)
        return int(await self._connection.scalar(wanted) or 0)

    def done(self, update_id: int) -> None:
        """Marks an update as handled and forgets its body, at the end of the unit."""
        self._done.append(update_id)

    async def failed(self, update_id: int, attempts: int, *, park: bool) -> bool:
        """Counts a failed attempt, False when another process counted it or handled the update meanwhile.

        A parked update is kept aside with its body for the operator.
        """
        values = {"attempts": attempts, "state": "parked" if park else "pending"}
        mine = (inbox.c.update_id == update_id) & (inbox.c.state == "pending") & (inbox.c.attempts == attempts - 1)
        return bool((await self._connection.execute(update(inbox).where(mine).values(values))).rowcount)

    async def forget_chat(self, chat: int, *, before: int) -> None:
        """Empties the bodies of a chat's updates with lower ids than `before`; what came later is a new beginning."""
        mine = (inbox.c.chat == chat) & (inbox.c.update_id < before)
        await self._connection.execute(update(inbox).where(mine).values(body="", state="done", chat=0))

    async def prune(self, before: float, limit: int | None = None) -> int:
        """Deletes `limit` handled and parked updates received before the time; returns how many."""
        settled = (inbox.c.state != "pending") & (inbox.c.received_at < before)
        old = delete(inbox).where(inbox.c.update_id.in_(select(inbox.c.update_id).where(settled).limit(limit)))
        return int((await self._connection.execute(old)).rowcount)

    async def flush(self) -> None:
        """Writes the `done` marks."""
        if self._done:
            mark = update(inbox).where(inbox.c.update_id == bindparam("handled")).values(state="done", body="")
            await self._connection.execute(mark, [{"handled": update_id} for update_id in self._done])
            self._done.clear()
