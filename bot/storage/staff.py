"""Desks and the advisors at them, bans and notices that they set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import Advisor, Desk
from bot.storage.tables import advisors, bans, desks, notices


@dataclass(frozen=True, slots=True)
class Ban:
    """A resident whom no ticket is made for until a Unix time."""

    chat: int
    reason: str
    until: float
    actor: int


@dataclass(frozen=True, slots=True)
class SetNotice:
    """A disturbance notice that a desk set; `until` is the last day (ISO), None: until it is cleared."""

    point: str
    text: str
    until: str | None
    actor: int


class Staff:
    """Who answers, where, and what they have set."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def desks(self) -> dict[str, Desk]:
        """City id -> its desk, of all linked ones."""
        columns = [desks.c[field.name] for field in fields(Desk)]
        rows = await self._connection.execute(select(*columns).order_by(desks.c.city))
        return {row.city: Desk(*row) for row in rows}

    async def link(self, desk: Desk) -> None:
        """Stores a desk; a city's or group's earlier link ends."""
        await self._connection.execute(delete(desks).where((desks.c.city == desk.city) | (desks.c.chat == desk.chat)))
        await self._connection.execute(insert(desks).values(**asdict(desk)))

    async def unlink(self, chat: int) -> None:
        """Ends a group's link."""
        await self._connection.execute(delete(desks).where(desks.c.chat == chat))

    async def move(self, chat: int, new_chat: int) -> None:
        """Follows a group that was upgraded to a new id."""
        await self._connection.execute(update(desks).where(desks.c.chat == chat).values(chat=new_chat))

    async def advisors(self) -> Sequence[Advisor]:
        """Everybody who has worked at a desk."""
        columns = [advisors.c[field.name] for field in fields(Advisor)]
        rows = await self._connection.execute(select(*columns).order_by(advisors.c.city, advisors.c.first_name))
        return [Advisor(row[0], row[1], row[2], _split(row[3])) for row in rows]

    async def advisor(self, user: int, city: str) -> Advisor | None:
        """The person as known at one desk."""
        found = [one for one in await self.advisors() if (one.user, one.city) == (user, city)]
        return found[0] if found else None

    async def know(self, advisor: Advisor) -> None:
        """Stores a person at a desk."""
        same = (advisors.c.user == advisor.user) & (advisors.c.city == advisor.city)
        await self._connection.execute(delete(advisors).where(same))
        await self._connection.execute(
            insert(advisors).values(**(asdict(advisor) | {"skills": ",".join(advisor.skills)}))
        )

    async def ban(self, ban: Ban) -> None:
        """Stores a ban, instead of an earlier one."""
        await self.unban(ban.chat)
        await self._connection.execute(insert(bans).values(**asdict(ban)))

    async def unban(self, chat: int) -> bool:
        """Ends a ban; False when there was none."""
        return bool((await self._connection.execute(delete(bans).where(bans.c.chat == chat))).rowcount)

    async def banned(self, chat: int, now: float) -> Ban | None:
        """The ban that holds for a chat at a Unix time."""
        row = (await self._connection.execute(select(bans).where(bans.c.chat == chat, bans.c.until > now))).first()
        return Ban(*row) if row else None

    async def forget_bans(self, before: float) -> int:
        """Deletes bans that ended before the time; returns how many."""
        return int((await self._connection.execute(delete(bans).where(bans.c.until < before))).rowcount)

    async def notices(self) -> Sequence[SetNotice]:
        """All notices that desks have set."""
        return [SetNotice(*row) for row in await self._connection.execute(select(notices).order_by(notices.c.point))]

    async def notice(self, notice: SetNotice) -> None:
        """Sets a point's notice, instead of an earlier one."""
        await self.clear_notice(notice.point)
        await self._connection.execute(insert(notices).values(**asdict(notice)))

    async def clear_notice(self, point: str) -> bool:
        """Clears a point's notice; False when there was none."""
        return bool((await self._connection.execute(delete(notices).where(notices.c.point == point))).rowcount)


def _split(joined: Any) -> tuple[str, ...]:
    return tuple(part for part in str(joined).split(",") if part)
