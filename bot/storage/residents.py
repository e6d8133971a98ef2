"""Residents, loaded many at once and written back once a unit."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.resident import Resident, State, Step
from bot.domain.ticket import Draft, TicketKind, TicketState
from bot.storage.tables import residents, tickets
from bot.storage.upsert import upsert

FIELDS = tuple(field.name for field in fields(Resident))


class Residents:
    """The unit's residents; a chat that was never seen is a new Resident with nothing set."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._known: dict[int, Resident] = {}
        self._changed: set[int] = set()

    async def load(self, chats: Iterable[int]) -> None:
        """Reads the residents of these chats in one statement."""
        wanted = set(chats) - self._known.keys()
        if not wanted:
            return
        columns = [residents.c[name] for name in FIELDS]
        for row in await self._connection.execute(select(*columns).where(residents.c.chat.in_(wanted))):
            values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's mapping
            values["state"], values["step"] = State(values["state"]), Step(values["step"])
            values["draft"] = _draft(values["draft"])
            self._known[values["chat"]] = Resident(**values)

    async def get(self, chat: int) -> Resident:
        """The resident of a chat."""
        if chat not in self._known:
            await self.load([chat])
        return self._known.get(chat) or Resident(chat)

    def put(self, resident: Resident) -> None:
        """Keeps a changed resident, written at the end of the unit."""
        self._known[resident.chat] = resident
        self._changed.add(resident.chat)

    async def reachable(self, chat: int, *, value: bool) -> None:
        """Notes whether messages reach the chat (a resident may block the bot)."""
        await self.flush()
        await self._connection.execute(update(residents).where(residents.c.chat == chat).values(reachable=value))

    async def forget(self, chat: int) -> None:
        """Deletes everything known of the resident."""
        self._known.pop(chat, None)
        self._changed.discard(chat)
        await self._connection.execute(delete(residents).where(residents.c.chat == chat))

    async def forget_silent(self, before: float, limit: int | None = None) -> int:
        """Deletes `limit` residents who have not written since the time; returns how many.

        Who has an open ticket stays, without a text: what an advisor answers still has to arrive.
        """
        waits = select(tickets.c.chat).where(tickets.c.state.in_((TicketState.WAITING.value, TicketState.TAKEN.value)))
        old = residents.c.updated_at < before
        texts = {"last_question": None, "draft": None}
        await self._connection.execute(update(residents).where(old & residents.c.chat.in_(waits)).values(**texts))
        silent = select(residents.c.chat).where(old, residents.c.chat.not_in(waits)).limit(limit)
        return int((await self._connection.execute(delete(residents).where(residents.c.chat.in_(silent)))).rowcount)

    async def flush(self) -> None:
        """Writes the changed residents."""
        if not self._changed:
            return
        now = time.time()
        rows: list[dict[str, Any]] = []
        for chat in self._changed:
            values = {name: getattr(self._known[chat], name) for name in FIELDS}
            draft = self._known[chat].draft
            values["draft"] = json.dumps(asdict(draft), ensure_ascii=False) if draft else None
            rows.append(values | {"reachable": True, "created_at": now, "updated_at": now})
        statement = upsert(self._connection, residents)
        kept = {"chat", "created_at"}
        changes = {column.name: statement.excluded[column.name] for column in residents.c if column.name not in kept}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["chat"], set_=changes), rows)
        self._changed.clear()


def _draft(stored: str | None) -> Draft | None:
    if not stored:
        return None
    values = json.loads(stored)
    lists = {name: tuple(values[name]) for name in ("languages", "messages", "answers")}
    return Draft(**{**values, **lists, "kind": TicketKind(values["kind"])})
