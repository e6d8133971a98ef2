"""What is timed: the bot's own code on the filled database, from the beginning of a unit to its commit."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from bot.app import App
from bot.desk.handling import Handling
from bot.domain.resident import Resident
from bot.domain.ticket import Draft
from bot.privacy.retention import Retention
from bot.rendering.actions import DELETE, act
from bot.storage.engine import Database
from bot.storage.unit import Unit
from bot.telegram.current import Current
from bot.telegram.post import TelegramPost
from bot.telegram.sender import AHEAD
from bot.telegram.worker import BATCH
from tests.benchmarks.year.region import CITIES, DAY, GROUP, Region, chat

RUNS = 7
LOOK_EVERY = 0.05
FEEDBACK = "SELECT at, language, city, text FROM exchanges WHERE kind = 'feedback'"
BY_DESK = "SELECT desk, state, count(*), avg(stars) FROM tickets GROUP BY desk, state"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds; `detail` says how much was done."""

    name: str
    median: float
    worst: float
    detail: str = ""


class Acts:
    """Each is run once unmeasured, when its plans are taken, and RUNS times by the clock."""

    def __init__(self, app: App, database: Database, current: Current, region: Region) -> None:
        self._app, self._database, self._current, self._region = app, database, current, region
        self._heavy = region.heaviest(10 * (RUNS + 1))
        self._numbers = iter(range(10**9, 2 * 10**9))
        self.timings: list[Timing] = []

    async def run(self) -> None:
        """All of them, what changes least first."""
        await self._looks()
        await self._desks()
        await self._residents()
        await self._figures()
        await self._retention("retention, half a year at once", self._region.now)
        await self._retention("retention, six hours later", self._region.now + DAY / 4)

    async def _time(self, name: str, once: Callable[[int], Awaitable[Any]], detail: str = "") -> None:
        seconds = []
        for number in range(RUNS + 1):
            begun = time.perf_counter()
            await once(number)
            seconds.append(time.perf_counter() - begun)
        self.timings.append(Timing(name, statistics.median(seconds[1:]), max(seconds[1:]), detail))

    async def _in_unit(self, name: str, work: Callable[[Unit, int], Awaitable[Any]], detail: str = "") -> None:
        async def once(number: int) -> None:
            async with self._database.write(beside=True) as unit:
                await work(unit, number)

        await self._time(name, once, detail)

    async def _looks(self) -> None:
        async def look(unit: Unit, _: int) -> None:
            await unit.inbox.pending(BATCH, of=self._app._intake.name, groups=False)
            await unit.inbox.of_groups()

        await self._in_unit("the worker's look, nothing waits", look)
        await self._app._intake.receive([self._said(chat(number), "moi") for number in range(BATCH)])
        await self._in_unit("the worker's look", look, f"{BATCH} updates wait")
        await self._app._worker.handle_waiting()
        await self._in_unit("the sender's look", lambda unit, _: unit.outbox.pending(AHEAD), "some 200 calls wait")

    async def _desks(self) -> None:
        async def queue(unit: Unit, number: int) -> None:
            desk = CITIES[number % 4]
            waiting = await unit.tickets.waiting(desk)
            await unit.tickets.taken(desk)
            await unit.tickets.ahead(waiting[-1])

        await self._in_unit("a desk's queue: who waits, who has what, place in it", queue)
        person = {"id": 5_000, "first_name": "Advisor"}
        await self._handled("/queue in a desk's group", lambda _: self._said(GROUP, "/queue", person))

        async def opened(unit: Unit, number: int) -> None:
            now = datetime.now(UTC)
            post = TelegramPost(unit, self._current.conversation, now)
            handling = Handling(unit, post, self._current.conversation.catalogue, now.timestamp())
            resident = Resident(self._heavy[-1 - number], "so", CITIES[number % 4])
            assert await handling.open(resident, Draft("I need help with my application", languages=("so",)), "so")

        await self._in_unit("opening a request", opened, "of people with many questions")

    async def _residents(self) -> None:
        heavy = self._heavy
        await self._handled(
            "a question", lambda number: self._said(heavy[2 * RUNS + number], "Where do I get a tax card?")
        )
        intents = self._region._intents
        await self._in_unit(
            "noting that an answer helped",
            lambda unit, number: unit.exchanges.rate(heavy[number], intents[number], helpful=True),
        )
        await self._in_unit(
            "the same, about what was never asked",
            lambda unit, number: unit.exchanges.rate(heavy[number], "never-asked", helpful=True),
        )
        async with self._database.write() as unit:
            asked = [len(await unit.exchanges.of_chat(one)) for one in heavy[: RUNS + 1]]
            requests = [len(await unit.tickets.of(one)) for one in heavy[: RUNS + 1]]
        much = f"{min(asked)} to {max(asked)} questions, up to {max(requests)} requests"
        await self._handled("/mydata", lambda number: self._said(heavy[number], "/mydata"), much)
        await self._handled("/delete", lambda number: self._pressed(heavy[number], act(DELETE)), much)
        async with self._database.write() as unit:
            left = [await unit.exchanges.of_chat(one) or await unit.tickets.of(one) for one in heavy[: RUNS + 1]]
        assert not any(left), "what was timed as a deletion deleted"

    async def _figures(self) -> None:
        async def gauges(unit: Unit, _: int) -> None:
            await unit.figures.inbox()
            await unit.figures.outbox()
            await unit.figures.desks()

        await self._in_unit("figures of what waits", gauges)
        for name, query in (("an operator's figures by desk", BY_DESK), ("an operator's list of feedback", FEEDBACK)):
            await self._in_unit(name, lambda unit, _, query=query: unit.connection.execute(text(query)))

    async def _retention(self, name: str, now: float) -> None:
        """As the bot runs it, but with a shorter rest between steps; what else is done meanwhile is timed too."""
        run, steps, waits, rows = Retention(retention_days=180, now=now), [], [], 0
        looking = asyncio.create_task(self._meanwhile(waits))
        while not run.done:
            begun = time.perf_counter()
            async with self._database.write() as unit:
                rows += await run.step(unit, TelegramPost(unit, self._current.conversation, datetime.now(UTC)))
            steps.append(time.perf_counter() - begun)
            await asyncio.sleep(0.01)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        detail = f"{len(steps)} steps, {sum(steps):.0f} s in all"
        self.timings.append(Timing(f"{name}: a step", statistics.median(steps), max(steps), detail))
        if len(steps) > 1:
            self.timings.append(Timing("the worker's look meanwhile", statistics.median(waits), max(waits)))

    async def _meanwhile(self, waits: list[float]) -> None:
        while True:
            begun = time.perf_counter()
            async with self._database.write(beside=True) as unit:
                await unit.inbox.pending(BATCH, of=self._app._intake.name, groups=False)
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(LOOK_EVERY)

    async def _handled(self, name: str, update: Callable[[int], dict[str, Any]], detail: str = "") -> None:
        """An update from its arrival to the commit of everything that follows from it."""

        async def once(number: int) -> None:
            await self._app._intake.receive([update(number)])
            # Of a group it is seen at the first look and handled at the second.
            assert await self._app._worker.handle_waiting() == 1

        await self._time(name, once, detail)
        async with self._database.write() as unit:
            assert not await unit.inbox.pending(1), "each was handled"

    def _said(self, where: int, words: str, person: dict[str, Any] | None = None) -> dict[str, Any]:
        kind = {"id": where, "type": "private"} if where > 0 else {"id": where, "type": "supergroup", "is_forum": True}
        sender = {"id": where, "first_name": "Resident", "language_code": "so"} if person is None else person
        number = next(self._numbers)
        message = {"message_id": number, "date": int(time.time()), "chat": kind, "from": {"is_bot": False, **sender}}
        return {"update_id": number, "message": message | {"text": words}}

    def _pressed(self, where: int, data: str) -> dict[str, Any]:
        said = self._said(where, "Shall I?")
        query = {"id": "1", "from": said["message"]["from"], "message": said["message"], "chat_instance": "1"}
        return {"update_id": said["update_id"], "callback_query": query | {"data": data}}


def rounded(timing: Timing) -> Timing:
    """In whole tenths of a millisecond."""
    return replace(timing, median=round(timing.median, 4), worst=round(timing.worst, 4))
