"""Tickets: every change is conditional on the state that it starts from, so that of two takers one wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import ClosedBy, Ticket, TicketKind, TicketState
from bot.storage.tables import KEPT, tickets

FIELDS = tuple(field.name for field in fields(Ticket))
COLUMNS = [tickets.c[name] for name in FIELDS]
OPEN = tickets.c.state != TicketState.CLOSED.value


def _ticket(row: Row[Any]) -> Ticket:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's mapping
    values["kind"], values["state"] = TicketKind(values["kind"]), TicketState(values["state"])
    values["languages"] = tuple(part for part in values["languages"].split(",") if part)
    values["closed_by"] = ClosedBy(values["closed_by"]) if values["closed_by"] else None
    return Ticket(**values)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    if "languages" in values:
        values["languages"] = ",".join(values["languages"])
    return values


class Tickets:
    """All tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(self, **values: Any) -> Ticket:
        """A new ticket that waits; its number is the next one."""
        row = _plain({"state": TicketState.WAITING.value, "nudges": 0, **values})
        made = await self._connection.execute(insert(tickets).values(**row))
        assert made.inserted_primary_key is not None
        return await self.get(made.inserted_primary_key[0])

    async def find(self, ticket: int) -> Ticket | None:
        """The ticket of a number, None when there is none; a forged number may be beyond what databases take."""
        if not 0 < ticket < 2**63:
            return None
        row = (await self._connection.execute(select(*COLUMNS).where(tickets.c.id == ticket))).first()
        return _ticket(row) if row else None

    async def get(self, ticket: int) -> Ticket:
        """The ticket of a number; LookupError when there is none."""
        found = await self.find(ticket)
        if found is None:
            raise LookupError(f"no ticket {ticket}")
        return found

    async def change(self, before: Ticket, state: TicketState, **values: Any) -> Ticket | None:
        """The changed ticket; None when somebody else changed its state, taker or desk since `before` was read."""
        same = (
            (tickets.c.id == before.id)
            & (tickets.c.state == before.state.value)
            & (tickets.c.desk == before.desk)
            & (tickets.c.taker.is_not_distinct_from(before.taker))
        )
        done = await self._connection.execute(
            update(tickets).where(same).values(state=state.value, **_plain(dict(values)))
        )
        return await self.get(before.id) if done.rowcount else None

    async def note(self, ticket: int, **values: Any) -> None:
        """Sets fields that no other change depends on: nudges, stars, comment, language."""
        await self._connection.execute(update(tickets).where(tickets.c.id == ticket).values(**values))

    async def comment(self, ticket: int) -> str | None:
        """What the resident wrote about the advice."""
        found: str | None = await self._connection.scalar(select(tickets.c.comment).where(tickets.c.id == ticket))
        return found

    async def open_of(self, chat: int) -> Ticket | None:
        """A resident's open ticket."""
        return await self._first(select(*COLUMNS).where(tickets.c.chat == chat, OPEN))

    async def last_of(self, chat: int) -> Ticket | None:
        """A resident's newest ticket."""
        return await self._first(select(*COLUMNS).where(tickets.c.chat == chat).order_by(tickets.c.id.desc()))

    async def of(self, chat: int) -> Sequence[Ticket]:
        """All tickets of a resident, oldest first."""
        return await self._all(select(*COLUMNS).where(tickets.c.chat == chat).order_by(tickets.c.id))

    async def waiting(self, desk: str | None = None) -> Sequence[Ticket]:
        """Tickets that wait, of one desk or of all, the longest first."""
        wanted = select(*COLUMNS).where(tickets.c.state == TicketState.WAITING.value)
        wanted = wanted.where(tickets.c.desk == desk) if desk else wanted
        return await self._all(wanted.order_by(tickets.c.waiting_since, tickets.c.id))

    async def taken(self, desk: str | None = None) -> Sequence[Ticket]:
        """Tickets that an advisor has, of one desk or of all, the longest first."""
        wanted = select(*COLUMNS).where(tickets.c.state == TicketState.TAKEN.value)
        wanted = wanted.where(tickets.c.desk == desk) if desk else wanted
        return await self._all(wanted.order_by(tickets.c.taken_at, tickets.c.id))

    async def ahead(self, ticket: Ticket) -> int:
        """How many tickets of the same desk wait longer."""
        longer = (tickets.c.waiting_since < ticket.waiting_since) | (
            (tickets.c.waiting_since == ticket.waiting_since) & (tickets.c.id < ticket.id)
        )
        same = (tickets.c.state == TicketState.WAITING.value) & (tickets.c.desk == ticket.desk)
        return int(await self._connection.scalar(select(func.count()).select_from(tickets).where(same, longer)) or 0)

    async def forget(self, chat: int) -> None:
        """Unties a resident's tickets from the chat; their figures stay."""
        untied = {"chat": 0, "comment": None}
        await self._connection.execute(update(tickets).where(tickets.c.chat == chat).values(**untied))

    async def forget_closed(self, before: float, limit: int | None = None) -> int:
        """Unties `limit` tickets closed before the time from their chat and drops comments; returns how many."""
        closed = tickets.c.closed_at
        old = select(tickets.c.id).where(closed < before, KEPT).order_by(closed).limit(limit)
        untied = update(tickets).where(tickets.c.id.in_(old)).values(chat=0, comment=None)
        return int((await self._connection.execute(untied)).rowcount)

    async def _first(self, wanted: Select[Any]) -> Ticket | None:
        row = (await self._connection.execute(wanted.limit(1))).first()
        return _ticket(row) if row else None

    async def _all(self, wanted: Select[Any]) -> list[Ticket]:
        return [_ticket(row) for row in await self._connection.execute(wanted)]
