"""The sender: makes the outbox's calls, in order within a chat, and writes down how each ended.

A call is made at least once: when Telegram's answer is lost on the way, or the process dies between that answer
and the commit, it is made again. Calls of one chat follow each other; chats do not wait for each other.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from bot.storage.engine import Database, DatabaseError
from bot.storage.outbox import Queued, Settled, readdressed
from bot.storage.unit import Unit
from bot.telegram.calling import call as make
from bot.telegram.outcome import TRIES, Outcome, Verdict, judge, plain
from bot.telegram.pacing import Pacing

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""Calls under way at the same time."""
AHEAD = 2000
"""Calls read ahead into memory; a longer queue stays in the database."""
TIDY_EVERY = 60.0
"""Seconds between two looks for chats whose pace need not be remembered."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while Telegram cannot be reached; doubled each time."""


class Sender:
    """Runs until stopped; parked calls are told to the admins."""

    def __init__(self, bot: Bot, database: Database, pacing: Pacing, admins: tuple[int, ...]) -> None:
        self._bot = bot
        self._database = database
        self._pacing = pacing
        self._admins = admins
        self._queues: dict[int, deque[Queued]] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._ended: list[tuple[Queued, Outcome]] = []
        self._wake = asyncio.Event()
        self._unread = True
        self._above = 0
        self._pause = FIRST_PAUSE
        self._tidied = 0.0
        self._refused_token: TelegramUnauthorizedError | None = None

    def notify(self) -> None:
        """Tells that the outbox has new calls."""
        self._unread = True
        self._wake.set()

    async def run(self, stop: asyncio.Event, drain_seconds: float = 10.0) -> None:
        """Sends until `stop`, then what still waits, for at most `drain_seconds`.

        Raises TelegramUnauthorizedError when Telegram refuses the token.
        """
        deadline = float("inf")
        while time.monotonic() < deadline:
            self._wake.clear()
            delay = await self._step()
            if self._refused_token:
                raise self._refused_token
            if stop.is_set():
                deadline = min(deadline, time.monotonic() + drain_seconds)
                if not (self._busy or self._queues or self._ended or self._unread):
                    return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), min(delay, deadline - time.monotonic(), 60.0))
        # What is still under way is left as it is: pending, to be made again at the next start.
        under_way = list(self._busy.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._exchange()

    async def _step(self) -> float:
        """Writes, reads and starts what can be; seconds until something may be due."""
        if self._ended or self._unread:
            try:
                await self._exchange()
            except DatabaseError as error:
                log.error("outbox out of reach", error=type(error).__name__)
                return 1.0
        return self._start_due()

    async def _exchange(self) -> None:
        """Writes how calls ended and reads the next ones, in one transaction."""
        ended = list(self._ended)
        room = AHEAD - sum(map(len, self._queues.values()))
        reading = self._unread and room > 0  # without room it stays unread
        if reading:
            self._unread = False
        try:
            async with self._database.write() as unit:
                for call, outcome in ended:
                    await self._settle(unit, call, outcome)
                fresh = await unit.outbox.pending(self._above, room) if reading else []
        except DatabaseError:
            self._unread |= reading
            raise
        del self._ended[: len(ended)]
        for call in fresh:
            self._queues.setdefault(call.chat, deque()).append(call)
            self._above = call.id
        self._unread |= reading and len(fresh) == room  # more may wait
        if any(outcome.verdict is Verdict.REFUSED for _, outcome in ended):
            self._unread = True  # the alerts written above

    async def _settle(self, unit: Unit, call: Queued, outcome: Outcome) -> None:
        state = "parked" if outcome.verdict is Verdict.REFUSED else outcome.verdict.value
        if outcome.verdict is Verdict.MOVED:
            await unit.outbox.move(call.chat, int(outcome.new_chat or 0))
            return
        unit.outbox.settle(Settled(call.id, state, call.attempts + 1, outcome.message_id, outcome.error))
        if outcome.verdict is Verdict.UNREACHABLE:
            await unit.residents.reachable(call.chat, value=False)
        if outcome.verdict is Verdict.REFUSED and call.chat not in self._admins:
            log.error("call parked", method=call.method, row=call.id, error=outcome.error)
            for admin in self._admins:
                text = f"Telegram refused a {call.method} {TRIES} times; it is parked as outbox row {call.id}."
                unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": f"{text}\n{outcome.error}"})

    def _start_due(self) -> float:
        now = time.monotonic()
        soonest = 60.0
        for chat, queue in self._queues.items():
            if chat in self._busy:
                continue
            delay = self._pacing.delay(chat, queue[0].method, now)
            if delay > 0 or len(self._busy) >= AT_ONCE:
                soonest = min(soonest, delay or soonest)
                continue
            self._pacing.take(chat, queue[0].method, now)
            self._busy[chat] = asyncio.create_task(self._send(queue[0]))
        if now > self._tidied + TIDY_EVERY:
            self._tidied = now
            self._pacing.forget_idle(now)
        return soonest

    async def _send(self, call: Queued) -> None:
        """Makes one call and takes the consequences for its chat's queue; never raises."""
        outcome = await self._call(call)
        queue = self._queues[call.chat]
        del self._busy[call.chat]
        again = self._retry(call, outcome)
        if again:
            queue[0] = again
        elif outcome.verdict is Verdict.MOVED:
            moved = int(outcome.new_chat or 0)
            self._queues.setdefault(moved, deque()).extend(
                replace(one, chat=moved, payload=readdressed(one.payload, moved)) for one in queue
            )
            self._ended.append((call, outcome))
            queue.clear()
        elif outcome.verdict is Verdict.UNREACHABLE:
            self._ended += [(one, outcome) for one in queue]
            queue.clear()
        else:
            self._ended.append((call, outcome))
            queue.popleft()
        if not queue:
            del self._queues[call.chat]
        self._wake.set()

    def _retry(self, call: Queued, outcome: Outcome) -> Queued | None:
        """The call to be made again, after the wait that its outcome asks for; None when it is over."""
        now = time.monotonic()
        match outcome.verdict:
            case Verdict.WAIT_CHAT:
                self._pacing.close(call.chat, now + outcome.seconds)
                return call
            case Verdict.WAIT_ALL:
                log.warning("telegram out of reach", error=outcome.error, pause=self._pause)
                self._pacing.close_all(now + self._pause)
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
                return call
            case Verdict.FATAL:
                return call
            case Verdict.PLAIN:
                log.error("markup refused", row=call.id, error=outcome.error)
                return replace(call, payload=plain(call.payload), attempts=call.attempts + 1)
            case Verdict.REFUSED if call.attempts + 1 < TRIES:
                return replace(call, attempts=call.attempts + 1)
            case _:
                self._pause = FIRST_PAUSE
                return None

    async def _call(self, call: Queued) -> Outcome:
        try:
            result = await make(self._bot, call.method, call.payload)
        except TelegramUnauthorizedError as error:
            self._refused_token = error
            return judge(call.method, error)
        except (AiogramError, OSError, TimeoutError, ValueError, TypeError, AttributeError) as error:
            outcome = judge(call.method, error)
            plain_already = outcome.verdict is Verdict.PLAIN and '"parse_mode"' not in call.payload
            return replace(outcome, verdict=Verdict.REFUSED) if plain_already else outcome
        return Outcome(Verdict.SENT, result.get("message_id") if isinstance(result, dict) else None)
