"""Health: a page that says whether the bot lives, one that says whether it is ready, and its metrics."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from bot.metrics import CONTENT_TYPE, Metrics, Values
from bot.probe import Probe
from bot.storage.engine import Database, DatabaseError
from bot.storage.figures import DeskLoad, Queue
from bot.storage.switches import HUMAN_ONLY
from bot.telegram.current import Current
from bot.telegram.reach import Reach

DATABASE_SECONDS = 2.0
TELEGRAM_SECONDS = 3.5
"""Within which an answer is waited for; Telegram's own call ends a little earlier."""
KEPT = 10.0
"""Seconds for which the answer to a call made only to see whether Telegram answers is good."""
OK = "ok"
LAST_GOOD = "last good one"


class HealthListenError(Exception):
    """The address to listen on is taken, or is not this machine's."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the running bot says of itself."""

    alive: Callable[[], bool]
    """True while intake, worker and sender live."""
    stopping: Callable[[], bool]
    refused: Callable[[], bool]
    """True while changed data has errors and the last good version is in use."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the database."""

    inbox: Queue
    outbox: Queue
    desks: dict[str, DeskLoad]
    human_only: bool


class Health:
    """Serves /healthz, /readyz and /metrics; asks nothing of a database or of Telegram twice at the same time."""

    def __init__(self, metrics: Metrics, database: Database, current: Current, reach: Reach, signs: Signs) -> None:
        self._metrics = metrics
        self._database = database
        self._current = current
        self._reach = reach
        self._signs = signs
        self._begun = time.time()
        self._answers = Probe(self._try_database, DATABASE_SECONDS)
        self._figures = Probe(self._look, DATABASE_SECONDS)
        self._get_me = Probe(reach.get_me, TELEGRAM_SECONDS, KEPT)
        self._runner: web.AppRunner | None = None

    async def start(self, listen: tuple[str, int]) -> None:
        """Listens at (host, port)."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, *listen).start()
        except OSError as error:
            await self._runner.cleanup()
            raise HealthListenError(str(error)) from error

    async def stop(self) -> None:
        """Ends all connections."""
        if self._runner:
            await self._runner.cleanup()
        for probe in (self._answers, self._figures, self._get_me):
            await probe.close()

    async def _healthz(self, _: web.Request) -> web.Response:
        alive = self._signs.alive()
        return web.json_response({"alive": alive}, status=200 if alive else 503)

    async def _readyz(self, _: web.Request) -> web.Response:
        """A bot that stops says so at once."""
        if self._signs.stopping():
            return web.json_response({"ready": False, "checks": {"parts": "stopping"}}, status=503)
        checks = await self._checks(database=bool(await self._answers.ask()))
        ready = all(state in {OK, LAST_GOOD} for state in checks.values())
        return web.json_response({"ready": ready, "checks": checks}, status=200 if ready else 503)

    async def _page(self, _: web.Request) -> web.Response:
        waiting = await self._figures.ask()
        checks = await self._checks(database=waiting is not None)
        readings = self._own(checks) | (_readings(waiting, time.time()) if waiting else {})
        return web.Response(body=self._metrics.page(readings), headers={"Content-Type": CONTENT_TYPE})

    async def _checks(self, *, database: bool) -> dict[str, str]:
        parts = "stopping" if self._signs.stopping() else OK if self._signs.alive() else "ended"
        telegram = self._reach.recent or await self._get_me.ask()
        return {
            "parts": parts,
            "database": OK if database else "no answer",
            "catalogue": LAST_GOOD if self._signs.refused() else OK,
            "telegram": OK if telegram else "no answer",
        }

    def _own(self, checks: dict[str, str]) -> dict[str, Values]:
        """What the process knows without its database."""
        catalogue = self._current.conversation.catalogue
        known = (catalogue.hash[:12], str(len(catalogue.intents)), str(len(catalogue.languages)))
        return {
            "neuvoja_ready": {(check,): state in {OK, LAST_GOOD} for check, state in checks.items()},
            "neuvoja_leading": {(): self._database.leading.is_set()},
            "neuvoja_start_time_seconds": {(): self._begun},
            "neuvoja_catalogue_info": {known: 1},
            "neuvoja_catalogue_refused": {(): self._signs.refused()},
        }

    async def _try_database(self) -> bool:
        with suppress(DatabaseError):
            async with self._database.write(beside=True):
                return True
        return False

    async def _look(self) -> Waiting | None:
        with suppress(DatabaseError):
            async with self._database.write(beside=True) as unit:
                return Waiting(
                    await unit.figures.inbox(),
                    await unit.figures.outbox(),
                    await unit.figures.desks(),
                    human_only=await unit.switches.on(HUMAN_ONLY) is not None,
                )
        return None


def _readings(waiting: Waiting, now: float) -> dict[str, Values]:
    desks = waiting.desks.items()
    readings: dict[str, Values] = {
        "neuvoja_tickets_waiting": {(city,): load.waiting for city, load in desks},
        "neuvoja_tickets_late": {(city,): load.late for city, load in desks},
        "neuvoja_tickets_wait_seconds": {(city,): _age(load.since, now) for city, load in desks},
        "neuvoja_tickets_taken": {(city,): load.taken for city, load in desks},
        "neuvoja_human_only": {(): waiting.human_only},
    }
    for name, queue in (("inbox", waiting.inbox), ("outbox", waiting.outbox)):
        readings[f"neuvoja_{name}_pending"] = {(): queue.pending}
        readings[f"neuvoja_{name}_age_seconds"] = {(): _age(queue.since, now)}
        readings[f"neuvoja_{name}_parked"] = {(): queue.parked}
    return readings


def _age(since: float | None, now: float) -> float:
    return max(0.0, now - since) if since is not None else 0.0
