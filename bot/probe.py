"""A probe: one look at something that may hang."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Seen = TypeVar("Seen")


class Probe(Generic[Seen]):
    """Looks once at a time, however many ask; who asks waits `seconds` at most and gets None where it takes longer.

    A look is not broken off, so that nothing is left half done; what it saw holds for `kept` seconds.
    """

    def __init__(self, look: Callable[[], Awaitable[Seen]], seconds: float, kept: float = 0.0) -> None:
        self._look = look
        self._seconds = seconds
        self._kept = kept
        self._task: asyncio.Task[Seen] | None = None
        self._until = 0.0

    async def ask(self) -> Seen | None:
        """What a look sees now, or saw a moment ago."""
        if self._task is None or (self._task.done() and time.monotonic() >= self._until):
            self._task = asyncio.create_task(self._once())
        task = self._task
        done, _ = await asyncio.wait({task}, timeout=self._seconds)
        return task.result() if done else None

    async def close(self) -> None:
        """Ends a look under way."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _once(self) -> Seen:
        seen = await self._look()
        self._until = time.monotonic() + self._kept
        return seen
