"""Retention: what is deleted when, so that nothing is kept longer than the privacy notice says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ticket import Topic

DAY = 86_400.0
DEDUPLICATION_DAYS = 7
"""Days that a handled update's number is remembered; Telegram repeats updates for at most a day."""
SETTLED_DAYS = 2
"""Days that a sent message stays in the outbox, for finding faults."""


class Texts(Protocol):
    """Exchanges whose texts can be forgotten."""

    async def forget_texts(self, before: float) -> int:
        """Blanks texts older than the time (Unix seconds); returns how many."""


class Prunable(Protocol):
    """A queue whose settled rows can be deleted."""

    async def prune(self, before: float) -> int:
        """Deletes settled rows older than the time (Unix seconds); returns how many."""


class Silent(Protocol):
    """Residents who can be forgotten when they stop writing."""

    async def forget_silent(self, before: float) -> int:
        """Deletes those who have not written since the time (Unix seconds); returns how many."""


class Closed(Protocol):
    """Tickets that can be untied from their residents."""

    async def forget_closed(self, before: float) -> int:
        """Unties those closed before the time (Unix seconds); returns how many."""


class Shown(Protocol):
    """Where tickets are shown in desks' groups."""

    async def expired(self, before: float) -> Sequence[Topic]:
        """Topics of tickets that were closed before the time (Unix seconds)."""


class Boards(Protocol):
    """Desks' groups."""

    async def remove(self, topic: Topic) -> None:
        """Deletes a topic with everything in it."""


class Staff(Protocol):
    """Bans that end."""

    async def forget_bans(self, before: float) -> int:
        """Deletes those that ended before the time (Unix seconds); returns how many."""


class Store(Protocol):
    """What holds residents' data."""

    @property
    def entries(self) -> Texts:
        """What was said about tickets."""

    @property
    def tickets(self) -> Closed:
        """Tickets."""

    @property
    def topics(self) -> Shown:
        """Tickets' topics."""

    @property
    def staff(self) -> Staff:
        """Bans."""

    @property
    def exchanges(self) -> Texts:
        """Questions and what they led to."""

    @property
    def inbox(self) -> Prunable:
        """Updates that came in."""

    @property
    def outbox(self) -> Prunable:
        """Calls to Telegram."""

    @property
    def residents(self) -> Silent:
        """Settings and the last question."""


async def forget(store: Store, boards: Boards, *, retention_days: int, now: float) -> int:
    """Forgets what is too old at `now` (Unix seconds); how many exchanges lost their text.

    What was said about a ticket is also in its topics: they are deleted when the ticket has been closed that long.
    """
    await store.inbox.prune(now - min(DEDUPLICATION_DAYS, retention_days) * DAY)
    await store.outbox.prune(now - min(SETTLED_DAYS, retention_days) * DAY)
    await store.residents.forget_silent(now - retention_days * DAY)
    for topic in await store.topics.expired(now - retention_days * DAY):
        await boards.remove(topic)
    await store.entries.forget_texts(now - retention_days * DAY)
    await store.tickets.forget_closed(now - retention_days * DAY)
    await store.staff.forget_bans(now)
    return await store.exchanges.forget_texts(now - retention_days * DAY)
