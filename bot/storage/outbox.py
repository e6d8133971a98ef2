"""The outbox: calls to Telegram, written in the transaction that decides them, made by the sender."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import outbox


@dataclass(frozen=True, slots=True)
class Queued:
    """A call that waits: a Bot API method with its parameters."""

    id: int
    chat: int
    method: str
    payload: str
    """The method's parameters as JSON, the chat among them."""
    attempts: int
    topic: int | None = None
    """The ticket's topic (row id) that it is for; its thread is looked up when the call is made."""
    context: str | None = None
    """JSON: which other messages it depends on, and what follows from Telegram's answer."""
    origin: int | None = None
    """The update that led to it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a call ended: state is sent, dropped, parked, undeliverable, or pending with one more attempt."""

    id: int
    state: str
    attempts: int
    message_id: int | None = None
    error: str | None = None


PARKED = "parked"

SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"),
        # What was said, and to whom, is not kept; a parked call is, for the operator to see what Telegram refused.
        payload=case((literal(PARKED) == bindparam("new_state"), outbox.c.payload), else_=""),
        context=case((literal(PARKED) == bindparam("new_state"), outbox.c.context), else_=None),
        attempts=bindparam("tries"),
        message_id=bindparam("message"),
        error=bindparam("why"),
        settled_at=bindparam("now"),
    )
)


def readdressed(method: str, payload: str, topic: int | None, chat: int) -> str | None:
    """The parameters for a group's new id; None where they name messages or threads, whose numbers are new as well.

    What is for a ticket's topic goes nowhere either: the topic is made again with its history.
    """
    if topic is not None or method.startswith(("edit", "setMessage")) or method.endswith("ForumTopic"):
        return None
    kept = {key: value for key, value in json.loads(payload).items() if key != "message_thread_id"}
    return json.dumps(kept | {"chat_id": chat}, ensure_ascii=False)


class Outbox:
    """Calls in the order of their ids, which is the order within every chat."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._new: list[dict[str, Any]] = []
        self._settled: list[dict[str, Any]] = []
        self.origin: int | None = None
        """The update that is being handled, noted with every call that it leads to."""

    def add(
        self,
        chat: int,
        method: str,
        parameters: Mapping[str, Any],
        *,
        topic: int | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        """Queues a call, written at the end of the unit; `parameters` name the chat where the method wants it."""
        self._new.append(
            {
                "chat": chat,
                "method": method,
                "payload": json.dumps(parameters, ensure_ascii=False),
                "state": "pending",
                "attempts": 0,
                "created_at": time.time(),
                "topic": topic,
                "context": json.dumps(context) if context else None,
                "origin": self.origin,
            }
        )

    @property
    def added(self) -> bool:
        """True when calls wait for the end of this unit."""
        return bool(self._new)

    async def pending(self, limit: int, known: Collection[int] = frozenset()) -> list[Queued]:
        """The calls among the `limit` oldest waiting ones that are not `known`.

        Not those above the last one read: of two transactions that end at the same time, the later one may have
        taken the lower ids.
        """
        waiting = outbox.c.state == "pending"
        oldest = await self._connection.scalars(select(outbox.c.id).where(waiting).order_by(outbox.c.id).limit(limit))
        unknown = [one for one in oldest if one not in known]
        if not unknown:
            return []
        columns = (outbox.c[name] for name in Queued.__slots__)
        rows = await self._connection.execute(select(*columns).where(outbox.c.id.in_(unknown)).order_by(outbox.c.id))
        return [Queued(*row) for row in rows]

    async def count(self, state: str) -> int:
        """How many calls are in `state`."""
        wanted = select(func.count()).select_from(outbox).where(outbox.c.state == state)
        return int(await self._connection.scalar(wanted) or 0)

    def settle(self, outcome: Settled) -> None:
        """Notes how a call ended, written at the end of the unit."""
        self._settled.append(
            {
                "row": outcome.id,
                "new_state": outcome.state,
                "tries": outcome.attempts,
                "message": outcome.message_id,
                "why": outcome.error,
                "now": time.time(),
            }
        )

    async def move(self, chat: int, new_chat: int) -> None:
        """Readdresses what waits for a group that was upgraded to a new id; what cannot be is dropped."""
        columns = (outbox.c.id, outbox.c.method, outbox.c.payload, outbox.c.topic)
        waiting = select(*columns).where(outbox.c.chat == chat, outbox.c.state == "pending")
        for row in await self._connection.execute(waiting):
            payload = readdressed(row.method, row.payload, row.topic, new_chat)
            dropped = {"state": "dropped", "payload": "", "settled_at": time.time()}
            values = {"chat": new_chat, "payload": payload} if payload else dropped
            await self._connection.execute(update(outbox).where(outbox.c.id == row.id).values(**values))

    async def drop_topic(self, topic: int) -> None:
        """Gives up what waits or is parked for a topic that is gone: its ticket's history holds all of it."""
        self._new = [row for row in self._new if row["topic"] != topic]
        waiting = (outbox.c.topic == topic) & outbox.c.state.in_(("pending", PARKED))
        await self._connection.execute(
            update(outbox).where(waiting).values(state="dropped", payload="", context=None, settled_at=time.time())
        )

    async def forget_chat(self, chat: int) -> None:
        """Deletes all calls of a chat, those of this unit too but for the answers to pressed buttons."""
        self._new = [row for row in self._new if row["chat"] != chat or row["method"] == "answerCallbackQuery"]
        await self._connection.execute(delete(outbox).where(outbox.c.chat == chat))

    async def prune(self, before: float, limit: int | None = None) -> int:
        """Deletes `limit` settled calls older than the time; returns how many."""
        settled = (outbox.c.state != "pending") & (outbox.c.settled_at < before)
        old = delete(outbox).where(outbox.c.id.in_(select(outbox.c.id).where(settled).limit(limit)))
        return int((await self._connection.execute(old)).rowcount)

    async def flush(self) -> None:
        """Writes the queued calls and how others ended."""
        if self._settled:
            await self._connection.execute(SETTLE, self._settled)
            self._settled.clear()
        if self._new:
            await self._connection.execute(insert(outbox), self._new)
            self._new.clear()
