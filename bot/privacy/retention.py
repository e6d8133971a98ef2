"""Retention: what is deleted when, so that nothing is kept longer than the privacy notice says."""

from __future__ import annotations

from typing import Protocol

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


class Store(Protocol):
    """What holds residents' data."""

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


async def forget(store: Store, *, retention_days: int, now: float) -> int:
    """Forgets what is too old at `now` (Unix seconds); how many exchanges lost their text."""
    await store.inbox.prune(now - min(DEDUPLICATION_DAYS, retention_days) * DAY)
    await store.outbox.prune(now - min(SETTLED_DAYS, retention_days) * DAY)
    await store.residents.forget_silent(now - retention_days * DAY)
    return await store.exchanges.forget_texts(now - retention_days * DAY)
