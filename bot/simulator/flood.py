"""Telegram's published flood limits; off unless a test turns them on."""

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Window:
    """At most `count` events in `seconds`."""

    count: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.count else 0.0


class FloodLimits:
    """30 messages a second in all, 1 a second and private chat with a burst of 3 in 3 s, 20 a minute and group."""

    def __init__(self) -> None:
        self.on = False
        self._all = _Window(30, 1.0)
        self._chats: dict[int, _Window] = {}

    def wait(self, chat_id: int, messages: int = 1) -> int:
        """Seconds to wait before this send, 0 = go; a refused send does not count."""
        if not self.on:
            return 0
        now = asyncio.get_running_loop().time()
        window = self._chats.get(chat_id)
        if window is None:
            window = self._chats[chat_id] = _Window(20, 60.0) if chat_id < 0 else _Window(3, 3.0)
        wait = max(self._all.wait(now), window.wait(now))
        if wait > 0:
            return math.ceil(wait)
        for _ in range(messages):
            self._all.times.append(now)
            window.times.append(now)
        return 0
