"""The outbox: calls to Telegram, written in the transaction that decides them, made by the sender."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
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
        # What was said is not kept; a parked call is, for the operator to see what Telegram refused.
        payload=case((literal(PARKED) == bindparam("new_state"), outbox.c.payload), else_=""),
        attempts=bindparam("tries"),
        message_id=bindparam("message"),
        error=bindparam("why"),
        settled_at=bindparam("now"),
    )
)


def readdressed(payload: str, chat: int) -> str:
    """The parameters with another chat."""
    return json.dumps(json.loads(payload) | {"chat_id": chat}, ensure_ascii=False)


class Outbox:
    """Calls in the order of their ids, which is the order within every chat."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._new: list[dict[str, Any]] = []
        self._settled: list[dict[str, Any]] = []

    def add(self, chat: int, method: str, parameters: Mapping[str, Any]) -> None:
        """Queues a call, written at the end of the unit; `parameters` name the chat where the method wants it."""
        self._new.append(
            {
                "chat": chat,
                "method": method,
                "payload": json.dumps(parameters, ensure_ascii=False),
                "state": "pending",
                "attempts": 0,
                "created_at": time.time(),
            }
        )

    @property
    def added(self) -> bool:
        """True when calls wait for the end of this unit."""
        return bool(self._new)

    async def pending(self, above: int, limit: int) -> list[Queued]:
        """The oldest waiting calls with an id above `above`."""
        wanted = (
            select(outbox.c.id, outbox.c.chat, outbox.c.method, outbox.c.payload, outbox.c.attempts)
            .where(outbox.c.state == "pending", outbox.c.id > above)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        rows = await self._connection.execute(wanted)
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
        """Readdresses what waits for a chat that was upgraded to a new id."""
        waiting = (outbox.c.chat == chat) & (outbox.c.state == "pending")
        for row in await self._connection.execute(select(outbox.c.id, outbox.c.payload).where(waiting)):
            change = update(outbox).where(outbox.c.id == row.id)
            await self._connection.execute(change.values(chat=new_chat, payload=readdressed(row.payload, new_chat)))

    async def forget_chat(self, chat: int) -> None:
        """Deletes all calls of a chat, those of this unit too but for the answers to pressed buttons."""
        self._new = [row for row in self._new if row["chat"] != chat or row["method"] == "answerCallbackQuery"]
        await self._connection.execute(delete(outbox).where(outbox.c.chat == chat))

    async def prune(self, before: float) -> int:
        """Deletes settled calls older than the time; returns how many."""
        old = (outbox.c.state != "pending") & (outbox.c.settled_at < before)
        return int((await self._connection.execute(delete(outbox).where(old))).rowcount)

    async def flush(self) -> None:
        """Writes the queued calls and how others ended."""
        if self._settled:
            await self._connection.execute(SETTLE, self._settled)
            self._settled.clear()
        if self._new:
            await self._connection.execute(insert(outbox), self._new)
            self._new.clear()
