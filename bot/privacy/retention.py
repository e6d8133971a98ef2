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


async def forget(texts: Texts, inbox: Prunable, outbox: Prunable, *, retention_days: int, now: float) -> int:
    """Forgets what is too old at `now` (Unix seconds); how many exchanges lost their text."""
    await inbox.prune(now - min(DEDUPLICATION_DAYS, retention_days) * DAY)
    await outbox.prune(now - min(SETTLED_DAYS, retention_days) * DAY)
    return await texts.forget_texts(now - retention_days * DAY)
