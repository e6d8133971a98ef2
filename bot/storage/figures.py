"""Figures of what waits, for those who watch the bot; each is one statement that an index answers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Table, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import TicketState
from bot.storage.tables import desks, inbox, outbox, tickets


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that wait, rows kept aside, and the Unix time of the first that waits."""

    pending: int
    parked: int
    since: float | None


@dataclass(frozen=True, slots=True)
class DeskLoad:
    """A desk's open tickets; `late` of the waiting ones wait longer than its goal, the first since a Unix time."""

    waiting: int = 0
    late: int = 0
    taken: int = 0
    since: float | None = None


class Figures:
    """Reads only."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def inbox(self) -> Queue:
        """Updates."""
        return await self._queue(inbox, inbox.c.update_id, inbox.c.received_at)

    async def outbox(self) -> Queue:
        """Calls to Telegram."""
        return await self._queue(outbox, outbox.c.id, outbox.c.created_at)

    async def desks(self) -> dict[str, DeskLoad]:
        """City id -> load, of every linked desk and of every other one with open tickets."""
        waiting = tickets.c.state == TicketState.WAITING.value
        wanted = (
            select(
                tickets.c.desk,
                func.sum(case((waiting, 1), else_=0)),
                func.sum(case((waiting & (tickets.c.nudges > 0), 1), else_=0)),
                func.sum(case((waiting, 0), else_=1)),
                func.min(case((waiting, tickets.c.waiting_since))),
            )
            .where(tickets.c.state.in_((TicketState.WAITING.value, TicketState.TAKEN.value)))
            .group_by(tickets.c.desk)
        )
        loads = {city: DeskLoad() for city in await self._connection.scalars(select(desks.c.city))}
        return loads | {row[0]: DeskLoad(*row[1:]) for row in await self._connection.execute(wanted)}

    async def _queue(self, table: Table, number: Column[int], at: Column[float]) -> Queue:
        """Rows are numbered as they come, so that the first that waits has the lowest number."""
        counted = [
            select(func.count()).select_from(table).where(table.c.state == state).scalar_subquery()
            for state in ("pending", "parked")
        ]
        first = select(at).where(table.c.state == "pending").order_by(number).limit(1).scalar_subquery()
        row = (await self._connection.execute(select(*counted, first))).one()
        return Queue(row[0], row[1], row[2])
