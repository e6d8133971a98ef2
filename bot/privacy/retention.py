"""Retention: what is deleted when, so that nothing is kept longer than the privacy notice says.

It goes in steps, each a transaction of a fraction of a second: while one lasts, nobody else can write.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.domain.ticket import Topic

DAY = 86_400.0
DEDUPLICATION_DAYS = 7
"""Days that a handled update's number is remembered; Telegram repeats updates for at most a day."""
SETTLED_DAYS = 2
"""Days that a sent message stays in the outbox, for finding faults."""
STEP = 1000
"""Rows that are forgotten at a time."""
TOPIC_COSTS = 50
"""Rows that one topic counts for: each is a call to Telegram and several statements."""


class Texts(Protocol):
    """Exchanges whose texts can be forgotten."""

    async def forget_texts(self, before: float, limit: int) -> int:
        """Blanks `limit` texts older than the time (Unix seconds); returns how many."""


class Said(Texts, Protocol):
    """What was said about tickets, and in which messages."""

    async def forget_pairs(self, before: float, limit: int) -> int:
        """Deletes `limit` pairs of tickets closed before the time (Unix seconds); returns how many."""


class Prunable(Protocol):
    """A queue whose settled rows can be deleted."""

    async def prune(self, before: float, limit: int) -> int:
        """Deletes `limit` settled rows older than the time (Unix seconds); returns how many."""


class Silent(Protocol):
    """Residents who can be forgotten when they stop writing."""

    async def forget_silent(self, before: float, limit: int) -> int:
        """Deletes `limit` of those who have not written since the time (Unix seconds); returns how many."""


class Closed(Protocol):
    """Tickets that can be untied from their residents."""

    async def forget_closed(self, before: float, limit: int) -> int:
        """Unties `limit` of those closed before the time (Unix seconds); returns how many."""


class Shown(Protocol):
    """Where tickets are shown in desks' groups."""

    async def expired(self, before: float, limit: int) -> Sequence[Topic]:
        """`limit` topics of tickets that were closed before the time (Unix seconds)."""


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
    def entries(self) -> Said:
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


Kind = Callable[[Store, Boards, int], Awaitable[int]]
"""Forgets rows of one kind, so many at most but for the few bans; returns how many there were."""


class Retention:
    """One run: forgets what is too old at `now` (Unix seconds), step by step, until it is `done`."""

    def __init__(self, *, retention_days: int, now: float, limit: int = STEP) -> None:
        self._limit = limit
        self._kinds = deque(_kinds(retention_days, now))

    @property
    def done(self) -> bool:
        """True when nothing too old is left."""
        return not self._kinds

    async def step(self, store: Store, boards: Boards) -> int:
        """Forgets at most `limit` rows in the unit of `store`; returns how many."""
        left = self._limit
        while self._kinds and left > 0:
            gone = await self._kinds[0](store, boards, left)
            if gone < left:
                self._kinds.popleft()
            left -= gone
        return self._limit - left


def _kinds(retention_days: int, now: float) -> list[Kind]:
    """Everything that is forgotten, in its order."""
    old = now - retention_days * DAY
    handled = now - min(DEDUPLICATION_DAYS, retention_days) * DAY
    settled = now - min(SETTLED_DAYS, retention_days) * DAY

    async def topics(store: Store, boards: Boards, limit: int) -> int:
        """What was said about a ticket is also in its topics: they go when the ticket has been closed that long."""
        expired = await store.topics.expired(old, -(-limit // TOPIC_COSTS))
        for topic in expired:
            await boards.remove(topic)
        return len(expired) * TOPIC_COSTS

    return [
        lambda store, _, limit: store.inbox.prune(handled, limit),
        lambda store, _, limit: store.outbox.prune(settled, limit),
        lambda store, _, limit: store.residents.forget_silent(old, limit),
        topics,
        lambda store, _, limit: store.entries.forget_texts(old, limit),
        lambda store, _, limit: store.entries.forget_pairs(old, limit),
        lambda store, _, limit: store.tickets.forget_closed(old, limit),
        lambda store, *_: store.staff.forget_bans(now),
        lambda store, _, limit: store.exchanges.forget_texts(old, limit),
    ]
