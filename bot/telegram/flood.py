"""A flood limit a person: a stuck phone or a prankster cannot bury a desk."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

PEOPLE = 5_000
"""People remembered; who wrote longest ago is forgotten first."""


class Flood:
    """Counts what each person sends within a minute; in memory, since a restart forgives."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = per_minute
        self._clock = clock
        self._sent: OrderedDict[int, deque[float]] = OrderedDict()

    def over(self, chat: int) -> int:
        """By how many messages this one is over the limit; 0: it is not."""
        now = self._clock()
        sent = self._sent.setdefault(chat, deque())
        self._sent.move_to_end(chat)
        while len(self._sent) > PEOPLE:
            self._sent.popitem(last=False)
        while sent and sent[0] <= now - 60:
            sent.popleft()
        sent.append(now)
        return max(0, len(sent) - self._limit)
