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
from structlog.contextvars import bind_contextvars

from bot.metrics import Metrics
from bot.storage.engine import Database, DatabaseError
from bot.storage.outbox import Queued, Settled, readdressed
from bot.storage.unit import Unit
from bot.telegram.aftermath import Aftermath
from bot.telegram.calling import call as make
from bot.telegram.links import Links, anew
from bot.telegram.outcome import TRIES, Outcome, Verdict, judge, of_target, plain
from bot.telegram.pacing import Pacing
from bot.telegram.reach import Reach

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""Calls under way at the same time."""
AHEAD = 2000
"""Calls read ahead into memory; a longer queue stays in the database."""
FAR_REACHING = frozenset({Verdict.REFUSED, Verdict.UNREACHABLE, Verdict.TOPIC_GONE, Verdict.MOVED})
"""Outcomes that change more than the call's own row."""
TIDY_EVERY = 60.0
"""Seconds between two looks for chats whose pace need not be remembered."""
STATES = {Verdict.REFUSED: "parked", Verdict.TOPIC_GONE: "dropped"}
"""What is written in the outbox where it is not the verdict's own word."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while Telegram cannot be reached; doubled each time."""


class Sender:
    """Runs until stopped; parked calls are told to the admins."""

    def __init__(
        self,
        *,
        bot: Bot,
        database: Database,
        pacing: Pacing,
        admins: tuple[int, ...],
        aftermath: Aftermath,
        metrics: Metrics,
        reach: Reach,
    ) -> None:
        self._metrics = metrics
        self._reach = reach
        self._bot = bot
        self._aftermath = aftermath
        self._links = Links(database)
        self._database = database
        self._pacing = pacing
        self._admins = admins
        self._queues: dict[int, deque[Queued]] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._ended: list[tuple[Queued, Outcome]] = []
        self._held: set[int] = set()
        """Chats whose new topic is yet to be committed: nobody is to write in it before it is known."""
        self._wake = asyncio.Event()
        self._unread = True
        self._pause = FIRST_PAUSE
        self._tidied = 0.0
        self._refused_token: TelegramUnauthorizedError | None = None

    @property
    def _leads(self) -> bool:
        return self._database.leading.is_set()

    def notify(self) -> None:
        """Tells that the outbox has new calls, or that this process leads now."""
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
                if not (self._busy or self._queues or self._ended or (self._unread and self._leads)):
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
        if not self._leads:
            self._leave()
        if self._ended or (self._unread and self._leads):
            try:
                await self._exchange()
            except DatabaseError as error:
                log.error("outbox out of reach", error=type(error).__name__)
                return 1.0
        return self._start_due()

    async def _exchange(self) -> None:
        """Writes how calls ended and reads the next ones, in one transaction."""
        ended = list(self._ended)
        known = {call.id for queue in self._queues.values() for call in queue}
        known.update(call.id for call, _ in ended)
        reading = self._unread and self._leads and len(known) < AHEAD  # else it stays unread
        if reading:
            self._unread = False
        try:
            alone = any(call.context or outcome.verdict in FAR_REACHING for call, outcome in ended)
            async with self._database.write(beside=not alone) as unit:
                for call, outcome in ended:
                    await self._settle(unit, call, outcome)
                fresh = await unit.outbox.pending(AHEAD, known) if reading else []
        except DatabaseError:
            self._unread |= reading
            raise
        del self._ended[: len(ended)]
        # Only by the topic's own commit: an earlier call of its chat may be among these while the topic is being made.
        self._held.difference_update(call.chat for call, _ in ended if call.method == "createForumTopic")
        gone = {call.topic for call, outcome in self._ended if outcome.verdict is Verdict.TOPIC_GONE} - {None}
        for call in fresh:
            if call.topic not in gone:  # else it is in the history that is to be posted again
                self._queues.setdefault(call.chat, deque()).append(call)
        self._unread |= reading and len(known) + len(fresh) >= AHEAD  # more may wait
        # Alerts, receipts and topics to be made again may have been written above.
        if alone:
            self.notify()

    async def _settle(self, unit: Unit, call: Queued, outcome: Outcome) -> None:
        unit.outbox.origin = call.origin  # what follows from the call came from the same update
        state = STATES.get(outcome.verdict, outcome.verdict.value)
        if outcome.verdict is Verdict.MOVED:
            await unit.outbox.move(call.chat, int(outcome.new_chat or 0))
            await self._follow_up(unit, call, outcome)
            return
        unit.outbox.settle(Settled(call.id, state, call.attempts + 1, outcome.message_id, outcome.error))
        if outcome.verdict is Verdict.UNREACHABLE:
            await unit.residents.reachable(call.chat, value=False)
        await self._follow_up(unit, call, outcome)
        if outcome.verdict is Verdict.REFUSED and call.chat not in self._admins:
            log.error("call parked", method=call.method, row=call.id, error=outcome.error)
            for admin in self._admins:
                text = f"Telegram refused a {call.method} {TRIES} times; it is parked as outbox row {call.id}."
                unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": f"{text}\n{outcome.error}"})

    async def _follow_up(self, unit: Unit, call: Queued, outcome: Outcome) -> None:
        """What follows for tickets; a fault in it must not keep other calls from being written down."""
        try:
            await self._aftermath.settle(unit, call, outcome)
        except DatabaseError:
            raise
        except Exception as error:
            log.exception("nothing follows from a call", method=call.method, row=call.id, error=type(error).__name__)

    def _leave(self) -> None:
        """Another process leads now: what is under way is ended and written down, nothing else is begun."""
        for chat in [chat for chat in self._queues if chat not in self._busy]:
            del self._queues[chat]
        for queue in self._queues.values():
            while len(queue) > 1:
                queue.pop()
        self._links = Links(self._database)
        self._unread = True  # for the time when it leads again

    def _start_due(self) -> float:
        if not self._leads:
            return 60.0
        now = time.monotonic()
        soonest = 60.0
        for chat, queue in self._queues.items():
            if chat in self._busy or chat in self._held:
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
        if call.origin is not None:
            bind_contextvars(update=call.origin)  # of this task, which is one call's
        begun = time.perf_counter()
        outcome = await self._call(call)
        if outcome.made:
            self._tell(call, outcome, time.perf_counter() - begun)
        queue = self._queues[call.chat]
        del self._busy[call.chat]
        again = self._retry(call, outcome)
        if again:
            queue[0] = again
        elif outcome.verdict is Verdict.MOVED:
            moved = int(outcome.new_chat or 0)
            there = [(one, readdressed(one.method, one.payload, one.topic, moved)) for one in queue]
            kept = [replace(one, chat=moved, payload=payload) for one, payload in there if payload]
            if kept:
                self._queues.setdefault(moved, deque()).extend(kept)
            self._ended.append((call, outcome))
            queue.clear()
        elif outcome.verdict is Verdict.UNREACHABLE:
            self._ended += [(one, outcome) for one in queue]
            queue.clear()
        elif outcome.verdict is Verdict.TOPIC_GONE:
            # Whatever else waits for that topic is in its ticket's history, which is posted again.
            self._links.gone(call.topic or 0)
            self._ended.append((call, outcome))
            others = [one for one in queue if one.topic != call.topic or one.topic is None]
            queue.clear()
            queue.extend(one for one in others if one.id != call.id)
        else:
            self._ended.append((call, outcome))
            queue.popleft()
            if call.method == "createForumTopic":
                self._held.add(call.chat)
        if not queue:
            del self._queues[call.chat]
        self._wake.set()

    def _tell(self, call: Queued, outcome: Outcome, seconds: float) -> None:
        """Tells the figures and the log of a call that was made."""
        verdict, sent = outcome.verdict.value, outcome.verdict is Verdict.SENT
        self._metrics.called(call.method, verdict, seconds, sent=sent)
        if sent or outcome.verdict in {Verdict.WAIT_ALL, Verdict.FATAL}:
            self._reach.note(answered=sent)
        log.info("call made", row=call.id, method=call.method, verdict=verdict, ms=round(seconds * 1000, 1))

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
            case Verdict.DROPPED if "not modified" not in (outcome.error or "") and (said := anew(call)):
                return said
            case Verdict.REFUSED if call.attempts + 1 < TRIES:
                return replace(call, attempts=call.attempts + 1)
            case _:
                self._pause = FIRST_PAUSE
                return None

    async def _call(self, call: Queued) -> Outcome:
        try:
            filled = await self._links.fill(call)
            if filled is None:
                return Outcome(Verdict.DROPPED, error="what it changes does not exist", made=False)
            result = await make(self._bot, filled.method, filled.payload)
            self._links.learn(call, result)
        except TelegramUnauthorizedError as error:
            self._refused_token = error
            return judge(call.method, error)
        except DatabaseError as error:
            return Outcome(Verdict.WAIT_ALL, error=type(error).__name__, made=False)
        except (AiogramError, OSError, TimeoutError, ValueError, TypeError, AttributeError, KeyError) as error:
            outcome = of_target(call.method, call.payload, judge(call.method, error))
            plain_already = outcome.verdict is Verdict.PLAIN and '"parse_mode"' not in call.payload
            return replace(outcome, verdict=Verdict.REFUSED) if plain_already else outcome
        sent = result.get("message_id") if isinstance(result, dict) else None
        return Outcome(Verdict.SENT, sent, result=result)
