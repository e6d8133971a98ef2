"""The composition root of the running bot: parts, tasks, and the order in which they stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from bot import advice
from bot.catalogue.kept import keep
from bot.catalogue.watch import watch
from bot.conversation.conversation import Conversation
from bot.health import Health, HealthListenError, Signs
from bot.heartbeat import beat
from bot.matching.errors import MatchingError
from bot.metrics import Metrics
from bot.privacy.retention import Retention
from bot.settings import Settings, listen_address
from bot.storage.engine import Database, DatabaseError
from bot.telegram.access import Access
from bot.telegram.aftermath import Aftermath
from bot.telegram.client import Bot, TelegramUnauthorizedError, client
from bot.telegram.current import Current
from bot.telegram.flood import Flood
from bot.telegram.gathering import Gathering
from bot.telegram.intake import Intake
from bot.telegram.menu import publish
from bot.telegram.pacing import Pacing
from bot.telegram.poller import poll
from bot.telegram.post import TelegramPost
from bot.telegram.reach import Reach
from bot.telegram.routers import dispatcher
from bot.telegram.sender import Sender
from bot.telegram.webhook import Hook, ListenError, serve
from bot.telegram.worker import Worker

__all__ = [
    "App",
    "Current",
    "Database",
    "DatabaseError",
    "HealthListenError",
    "ListenError",
    "RefusedTokenError",
    "drive",
    "run",
    "work",
]

if TYPE_CHECKING:
    from bot.catalogue.loader import Loaded

log = structlog.get_logger(__name__)

RETENTION_EVERY = 6 * 3600.0
RETENTION_GIVES_WAY = 0.2
"""Seconds between two of its steps, for everybody else's work."""
TELL_WITHIN = 5.0
"""Seconds after which a process that does not lead leaves it to the one that does to tell the admins."""


Reading = Callable[["Loaded"], None]
"""Hears of every new reading of the data, clean or not."""


class RefusedTokenError(Exception):
    """Telegram does not know the bot's token."""


class App:
    """The running bot."""

    def __init__(
        self, settings: Settings, bot: Bot, database: Database, current: Current, reading: Reading | None = None
    ) -> None:
        self._settings = settings
        self._reading = reading
        self._bot = bot
        self._database = database
        self._current = current
        self._told: frozenset[str] = frozenset()
        self._arrived = asyncio.Event()
        self._intake = Intake(database, self._arrived, settings.intake_backlog)
        pacing = Pacing(settings.send_per_second, settings.send_per_minute_group)
        self._metrics, self._reach = Metrics(), Reach(bot)
        self._sender = Sender(
            bot=bot,
            database=database,
            pacing=pacing,
            admins=settings.admin_ids,
            aftermath=Aftermath(current, settings.admin_ids),
            metrics=self._metrics,
            reach=self._reach,
        )
        self._gathering = Gathering(database, current, self._sender.notify)
        self._worker = Worker(
            bot=bot,
            dispatcher=dispatcher(current, Flood(settings.flood_per_minute), self._gathering, settings.admin_ids),
            database=database,
            intake=self._intake,
            sent=self._sender.notify,
            admins=settings.admin_ids,
            current=current,
            metrics=self._metrics,
        )
        self._parts: tuple[asyncio.Task[None], ...] = ()
        """Intake, worker, sender."""

    async def run(self, stop: asyncio.Event, faults: Sequence[str] = ()) -> None:
        """Works until `stop`, then drains: intake, worker, sender. Raises what a part could not live with.

        `faults` of the data at the start are told to the admins.
        """
        signs = Signs(self._alive, stop.is_set, lambda: bool(self._told))
        health = Health(self._metrics, self._database, self._current, self._reach, signs)
        if self._settings.metrics_listen:
            await health.start(listen_address(self._settings.metrics_listen))
        try:
            await self._work(stop, faults)
        finally:
            await health.stop()

    async def _work(self, stop: asyncio.Event, faults: Sequence[str]) -> None:
        worker_stop, sender_stop = asyncio.Event(), asyncio.Event()
        line = asyncio.create_task(self._database.attend(self._heard, sender_stop))
        intake = asyncio.create_task(self._take_in(stop))
        worker = asyncio.create_task(self._worker.run(self._arrived, worker_stop))
        sender = asyncio.create_task(self._sender.run(sender_stop))
        self._parts = parts = (intake, worker, sender)
        around = [
            asyncio.create_task(self._publish(stop)),
            asyncio.create_task(self._tell(list(faults))),
            asyncio.create_task(self._watch(stop)),
            asyncio.create_task(self._retain(stop)),
            asyncio.create_task(self._gathering.run(stop)),
            asyncio.create_task(beat(self._alive, stop)),
        ]
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({*parts, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        outcomes = list(await asyncio.gather(intake, return_exceptions=True))
        worker_stop.set()
        self._arrived.set()
        outcomes += await asyncio.gather(worker, return_exceptions=True)
        sender_stop.set()
        self._sender.notify()
        outcomes += await asyncio.gather(sender, return_exceptions=True)
        for task in (*around, stopped, line):
            task.cancel()
        await asyncio.gather(*around, stopped, line, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    def _alive(self) -> bool:
        return bool(self._parts) and not any(part.done() for part in self._parts)

    def _heard(self, what: str) -> None:
        """Another process has written something that this one acts on while it leads."""
        if what in {"", "outbox"}:
            self._sender.notify()
        if what in {"", "albums"}:
            self._gathering.notify()

    async def _publish(self, stop: asyncio.Event) -> None:
        if await self._database.until_leading(stop):
            await publish(self._bot, self._current.conversation.catalogue.languages)

    async def _take_in(self, stop: asyncio.Event) -> None:
        settings = self._settings
        if settings.webhook_url and settings.webhook_secret:
            listen = listen_address(settings.webhook_listen)
            access = Access(settings.webhook_networks, settings.webhook_proxies)
            hook = Hook(settings.webhook_url, settings.webhook_secret.get_secret_value(), listen, access)
            await serve(self._bot, self._intake, hook, self._database, stop)
        else:
            await poll(self._bot, self._intake, self._database, stop)

    async def _watch(self, stop: asyncio.Event) -> None:
        where = advice.folders(self._settings)
        await watch(where.intents, where.knowledge, self._changed, stop=stop, ahead=self._reading is not None)

    async def _changed(self, loaded: Loaded) -> None:
        await self._swap(loaded)
        if self._reading:
            self._reading(loaded)

    async def _swap(self, loaded: Loaded) -> None:
        """Swaps in a clean catalogue; a bad one keeps the last good one and is told to the admins once."""
        catalogue = loaded.catalogue
        if catalogue is None:
            await self._tell(advice.errors(loaded))
            return
        self._told = frozenset()
        if catalogue.hash == self._current.conversation.catalogue.hash:
            return
        try:
            matcher = await asyncio.to_thread(advice.matcher, catalogue, self._settings)
        except MatchingError as error:
            await self._tell([f"The matching model could not be built: {error}"])
            return
        self._current.conversation = await asyncio.to_thread(advice.compose, catalogue, matcher, self._settings)
        await asyncio.to_thread(keep, self._settings.neuvoja_cache, catalogue)
        log.info("catalogue swapped in", hash=catalogue.hash[:12], intents=len(catalogue.intents))

    async def _tell(self, problems: list[str]) -> None:
        if frozenset(problems) == self._told:
            return  # nothing new, or nothing at all
        self._told = frozenset(problems)
        log.error("catalogue refused; the last good one stays", problems=problems[:20])
        with suppress(TimeoutError):
            await asyncio.wait_for(self._database.leading.wait(), TELL_WITHIN)
        if not self._database.leading.is_set():
            return  # who leads reads the same data, and tells
        words = "The changed data has errors; the bot keeps the last good version.\n" + "\n".join(problems)
        async with self._database.write() as unit:
            for admin in self._settings.admin_ids:
                unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": words[:4000]})
        self._sender.notify()

    async def _retain(self, stop: asyncio.Event) -> None:
        while await self._database.until_leading(stop):
            now = datetime.now(UTC)
            run = Retention(retention_days=self._settings.retention_days, now=now.timestamp())
            try:
                while self._database.leading.is_set() and not (run.done or stop.is_set()):
                    async with self._database.write() as unit:
                        await run.step(unit, TelegramPost(unit, self._current.conversation, now))
                        queued = unit.outbox.added
                    if queued:
                        self._sender.notify()
                    await asyncio.sleep(RETENTION_GIVES_WAY)
            except DatabaseError as error:
                log.error("retention failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETENTION_EVERY)


async def run(
    settings: Settings, conversation: Conversation, faults: Sequence[str], on_ready: Callable[[], None] | None = None
) -> None:
    """Runs the bot until SIGTERM or SIGINT; `on_ready` is called when updates are about to be taken in."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await work(settings, Current(conversation), stop, faults=faults, on_ready=on_ready)


async def work(
    settings: Settings,
    current: Current,
    stop: asyncio.Event,
    *,
    faults: Sequence[str] = (),
    on_ready: Callable[[], None] | None = None,
    reading: Reading | None = None,
) -> None:
    """Runs the bot until `stop`; `reading` hears of every new reading of the data after it was swapped in, or not."""
    assert settings.bot_token is not None
    conversation = current.conversation
    bot = client(settings.bot_token.get_secret_value(), settings.telegram_api_url)
    database = await Database.open(settings.database_url)
    try:
        app = App(settings, bot, database, current, reading)
        if on_ready:
            on_ready()
        settling = asyncio.create_task(_settle_in(conversation))
        await app.run(stop, faults)
        await settling
    except TelegramUnauthorizedError as error:
        raise RefusedTokenError from error
    finally:
        await database.close()
        await bot.session.close()


async def _settle_in(conversation: Conversation) -> None:
    """Loads what is slow at its first use, so that no question waits for it; what is there then is there to stay."""
    try:
        await asyncio.to_thread(conversation.warm, datetime.now(UTC))
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


def drive(work: Awaitable[None]) -> None:
    """Runs `work` on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)  # type: ignore[arg-type]
    else:
        uvloop.run(work)  # type: ignore[arg-type]
