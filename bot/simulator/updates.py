"""The bot's queue of updates, read by getUpdates or pushed by the webhook."""

import asyncio
from collections import OrderedDict
from typing import Any

from bot.simulator.bell import Bell
from bot.simulator.errors import conflict

Json = dict[str, Any]

# What Telegram leaves out unless it is asked for by name.
_ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_REMEMBERED = 10_000
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class UpdateQueue:
    """Updates in order until the bot confirms them."""

    def __init__(self, bell: Bell, first_id: int = 100_000_001) -> None:
        self.pending: OrderedDict[int, Json] = OrderedDict()
        self.repeats: list[Json] = []
        self.allowed: list[str] | None = None
        self.webhook_active = False
        self._sent: OrderedDict[int, Json] = OrderedDict()
        self._next_id = first_id
        self._bell = bell
        self._poll: asyncio.Event | None = None
        self._poll_ended_by = ""

    def put(self, kind: str, payload: Json) -> int | None:
        """The new update's id; None where the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in _ONLY_WHEN_ASKED:
            return None
        update_id = self._next_id
        self._next_id += 1
        update = {"update_id": update_id, kind: payload}
        self.pending[update_id] = update
        self._sent[update_id] = update
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
        self._bell.ring()
        return update_id

    def allow(self, kinds: Any) -> None:
        """The `allowed_updates` of getUpdates or setWebhook: None keeps the choice, an empty list is the default."""
        if isinstance(kinds, list):
            self.allowed = [str(kind) for kind in kinds] or None

    def repeat(self, update_id: int) -> None:
        """Delivers a remembered update once more, as after a lost confirmation; KeyError when unknown."""
        self.repeats.append(self._sent[update_id])
        self._bell.ring()

    def confirm(self, offset: int) -> None:
        """Forgets what came before `offset`; a negative one keeps only so many last updates."""
        if offset < 0:
            for update_id in list(self.pending)[:offset]:
                del self.pending[update_id]
        before = len(self.pending)
        while self.pending and offset > 0 and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)
        if len(self.pending) < before:
            self._bell.ring()

    def clear(self) -> None:
        """Drops all pending updates."""
        self.pending.clear()
        self.repeats.clear()

    def next_batch(self, limit: int) -> list[Json]:
        """Repeated updates first, then the oldest pending ones."""
        batch, self.repeats = self.repeats[:limit], self.repeats[limit:]
        for update in self.pending.values():
            if len(batch) >= limit:
                break
            batch.append(update)
        return batch

    def end_poll(self, reason: str) -> None:
        """Ends a waiting getUpdates with 409."""
        if self._poll is not None:
            self._poll_ended_by = reason
            self._poll.set()
            self._bell.ring()

    async def fetch(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109
        """getUpdates; 409 while a webhook is set, and for the older of two polls."""
        if self.webhook_active:
            raise conflict(_WEBHOOK)
        self.end_poll(_OTHER_POLL)
        self.confirm(offset)
        ended = self._poll = asyncio.Event()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        try:
            while True:
                if ended.is_set():
                    raise conflict(self._poll_ended_by)
                if batch := self.next_batch(limit):
                    return batch
                left = deadline - loop.time()
                if left <= 0:
                    return []
                await self._bell.wait(left)
        finally:
            if self._poll is ended:
                self._poll = None
