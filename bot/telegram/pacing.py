"""How fast Telegram may be called: 30 messages a second in all, one a second in a chat, 20 a minute in a group."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

UNCOUNTED = frozenset(
    {
        "answerCallbackQuery", "sendChatAction", "setMessageReaction", "createForumTopic", "editForumTopic",
        "closeForumTopic", "reopenForumTopic", "deleteForumTopic",
    }
)  # fmt: skip
"""Methods that are no messages and have no place in the limits."""


PRIVATE_BURST = 5.0
"""Messages that may go to a resident at once; then one a second."""

GROUP_BURST = 4.0
"""Messages that may go to a group at once; the rest of its minute's allowance is spread evenly."""


@dataclass(slots=True)
class Bucket:
    """Tokens of one chat: `burst` messages at once, then one every `period` seconds."""

    burst: float
    period: float
    tokens: float
    seen: float

    def refill(self, now: float) -> float:
        """The tokens at `now`."""
        self.tokens = min(self.burst, self.tokens + (now - self.seen) / self.period)
        self.seen = now
        return self.tokens


class Pacing:
    """Says how long a call has to wait; times are seconds of one steady clock."""

    def __init__(self, per_second: float, group_per_minute: float = 20) -> None:
        self._group_period = 60 / max(1.0, group_per_minute - GROUP_BURST)
        self._window: deque[float] = deque()
        self._per_second = per_second
        self._buckets: dict[int, Bucket] = {}
        self._closed: dict[int, float] = {}
        self._all_closed = 0.0

    def delay(self, chat: int, method: str, now: float) -> float:
        """Seconds until `method` may be called in `chat`; 0 is now."""
        waits = [self._all_closed - now, self._closed.get(chat, 0.0) - now]
        if method not in UNCOUNTED:
            waits += [self._window_delay(now), self._bucket_delay(chat, now)]
        return max(0.0, *waits)

    def take(self, chat: int, method: str, now: float) -> None:
        """Counts a call that is being made."""
        if method not in UNCOUNTED:
            self._window.append(now)
            self._bucket(chat, now).tokens -= 1

    def close(self, chat: int, until: float) -> None:
        """Telegram asked to leave this chat alone until then; two chats at once mean the whole bot."""
        now_closed = [time for other, time in self._closed.items() if other != chat and time > until - 2]
        self._closed[chat] = until
        if now_closed:
            self._all_closed = max(self._all_closed, min(until, *now_closed))

    def close_all(self, until: float) -> None:
        """Nothing is sent until then (Telegram cannot be reached)."""
        self._all_closed = max(self._all_closed, until)

    def forget_idle(self, now: float) -> None:
        """Drops chats that have all their tokens back, so that memory follows the traffic and not the residents."""
        self._buckets = {chat: one for chat, one in self._buckets.items() if one.refill(now) < one.burst}
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}

    def _bucket(self, chat: int, now: float) -> Bucket:
        if chat not in self._buckets:
            # Groups have negative ids.
            burst, period = (PRIVATE_BURST, 1.0) if chat > 0 else (GROUP_BURST, self._group_period)
            self._buckets[chat] = Bucket(burst, period, burst, now)
        return self._buckets[chat]

    def _bucket_delay(self, chat: int, now: float) -> float:
        bucket = self._bucket(chat, now)
        return max(0.0, (1 - bucket.refill(now)) * bucket.period)

    def _window_delay(self, now: float) -> float:
        while self._window and self._window[0] <= now - 1:
            self._window.popleft()
        return self._window[0] + 1 - now if len(self._window) >= self._per_second else 0.0
