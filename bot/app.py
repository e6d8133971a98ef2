"""The composition root: the only place that wires the parts together."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.catalogue.defaults import DataFolders, data_folders
from bot.catalogue.loader import Loaded, load
from bot.catalogue.watch import watch
from bot.conversation.conversation import Conversation
from bot.conversation.notices import Practice
from bot.domain.catalogue import Catalogue
from bot.guidance.guide import Guide
from bot.heartbeat import beat
from bot.matching.artefact import ready, ready_async
from bot.matching.errors import MatchingError
from bot.matching.matcher import Matcher
from bot.matching.settings import MatchSettings
from bot.places.gazetteer import Gazetteer
from bot.privacy.masking import mask
from bot.privacy.retention import forget
from bot.settings import Settings, listen_address
from bot.storage.engine import Database
from bot.telegram.intake import Intake
from bot.telegram.menu import publish
from bot.telegram.pacing import Pacing
from bot.telegram.poller import poll
from bot.telegram.routers import dispatcher
from bot.telegram.sender import Sender
from bot.telegram.session import Current
from bot.telegram.webhook import Hook, serve
from bot.telegram.worker import Worker

log = structlog.get_logger(__name__)

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is ready, 0 to 1."""

RETENTION_EVERY = 6 * 3600.0


class CatalogueError(Exception):
    """The data has errors; `problems` are their lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} errors in the data")
        self.problems = problems


def folders(settings: Settings) -> DataFolders:
    """Where the data is."""
    return data_folders(settings.neuvoja_intents, settings.neuvoja_knowledge, environment=os.environ)


def read(settings: Settings) -> Loaded:
    """The data as it is on disk now, with its problems."""
    where = folders(settings)
    return load(where.intents, where.knowledge, today=today())


def today() -> date:
    """The day in Helsinki."""
    return datetime.now(ZoneInfo("Europe/Helsinki")).date()


def converse(settings: Settings, progress: Progress | None = None) -> Conversation:
    """The conversation from the data on disk, its model built if it is not cached; CatalogueError on bad data."""
    catalogue = clean(read(settings))
    matcher = ready(catalogue.examples(), urgent(catalogue), MatchSettings(), settings.neuvoja_cache, progress)
    return compose(catalogue, matcher, settings)


def gazetteer(settings: Settings) -> Gazetteer:
    """The places of the data on disk; CatalogueError on bad data."""
    catalogue = clean(read(settings))
    return Gazetteer(catalogue.places, catalogue.cities)


def clean(loaded: Loaded) -> Catalogue:
    """The catalogue of a clean reading; CatalogueError with the errors otherwise."""
    if loaded.catalogue is None:
        raise CatalogueError([str(problem) for problem in loaded.problems if problem.severity == "error"])
    return loaded.catalogue


def urgent(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the urgent intents."""
    return frozenset(intent.id for intent in catalogue.intents.values() if intent.urgent)


def compose(catalogue: Catalogue, matcher: Matcher, settings: Settings) -> Conversation:
    """A conversation from its parts."""
    gazetteer = Gazetteer(catalogue.places, catalogue.cities)
    guide = Guide(catalogue, matcher, gazetteer)
    return Conversation(guide, gazetteer, Practice(settings.retention_days))


class App:
    """The running bot: parts, tasks, and the order in which they stop."""

    def __init__(self, settings: Settings, bot: Bot, database: Database, current: Current) -> None:
        self._settings = settings
        self._bot = bot
        self._database = database
        self._current = current
        self._told: frozenset[str] = frozenset()
        self._arrived = asyncio.Event()
        self._intake = Intake(database, self._arrived)
        self._sender = Sender(bot, database, Pacing(settings.send_per_second), settings.admin_ids)
        self._worker = Worker(
            bot=bot,
            dispatcher=dispatcher(current),
            database=database,
            intake=self._intake,
            sent=self._sender.notify,
            admins=settings.admin_ids,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop`, then drains: intake, worker, sender. Raises what a part could not live with."""
        worker_stop, sender_stop = asyncio.Event(), asyncio.Event()
        intake = asyncio.create_task(self._take_in(stop))
        worker = asyncio.create_task(self._worker.run(self._arrived, worker_stop))
        sender = asyncio.create_task(self._sender.run(sender_stop))
        parts = (intake, worker, sender)
        around = [
            asyncio.create_task(publish(self._bot, self._current.conversation.catalogue.languages)),
            asyncio.create_task(self._watch(stop)),
            asyncio.create_task(self._retain(stop)),
            asyncio.create_task(beat(lambda: not any(part.done() for part in parts), stop)),
        ]
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({*parts, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            await intake
        finally:
            stop.set()
            worker_stop.set()
            self._arrived.set()
            outcome = await asyncio.gather(worker, return_exceptions=True)
            sender_stop.set()
            self._sender.notify()
            outcome += await asyncio.gather(sender, return_exceptions=True)
            for task in (*around, stopped):
                task.cancel()
            await asyncio.gather(*around, stopped, return_exceptions=True)
        for result in outcome:
            if isinstance(result, Exception):
                raise result

    async def _take_in(self, stop: asyncio.Event) -> None:
        settings = self._settings
        if settings.webhook_url and settings.webhook_secret:
            listen = listen_address(settings.webhook_listen)
            hook = Hook(settings.webhook_url, settings.webhook_secret.get_secret_value(), listen)
            await serve(self._bot, self._intake, hook, stop)
        else:
            await poll(self._bot, self._intake, stop)

    async def _watch(self, stop: asyncio.Event) -> None:
        where = folders(self._settings)
        await watch(where.intents, where.knowledge, self._changed, stop=stop)

    async def _changed(self, loaded: Loaded) -> None:
        """Swaps in a clean catalogue; a bad one keeps the last good one and is told to the admins once."""
        if loaded.catalogue is None:
            await self._tell([str(problem) for problem in loaded.problems if problem.severity == "error"])
            return
        self._told = frozenset()
        catalogue = loaded.catalogue
        if catalogue.hash == self._current.conversation.catalogue.hash:
            return
        cache = self._settings.neuvoja_cache
        try:
            matcher = await ready_async(catalogue.examples(), urgent(catalogue), MatchSettings(), cache)
        except MatchingError as error:
            await self._tell([f"The matching model could not be built: {error}"])
            return
        self._current.conversation = await asyncio.to_thread(compose, catalogue, matcher, self._settings)
        log.info("catalogue swapped in", hash=catalogue.hash[:12], intents=len(catalogue.intents))

    async def _tell(self, problems: list[str]) -> None:
        if frozenset(problems) == self._told:
            return
        self._told = frozenset(problems)
        log.error("catalogue refused; the last good one stays", problems=problems[:20])
        words = "The changed data has errors; the bot keeps the last good version.\n" + "\n".join(problems)
        async with self._database.write() as unit:
            for admin in self._settings.admin_ids:
                unit.outbox.add(admin, "sendMessage", {"text": words[:4000]})
        self._sender.notify()

    async def _retain(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                async with self._database.write() as unit:
                    days = self._settings.retention_days
                    await forget(unit.exchanges, unit.inbox, unit.outbox, retention_days=days, now=time.time())
            except SQLAlchemyError as error:
                log.error("retention failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETENTION_EVERY)


def telegram(settings: Settings) -> Bot:
    """Aiogram's client for the token and the Bot API server of the settings."""
    assert settings.bot_token is not None
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url))
    return Bot(settings.bot_token.get_secret_value(), session=session)


async def run(settings: Settings, conversation: Conversation, on_ready: Callable[[], None] | None = None) -> None:
    """Runs the bot until SIGTERM or SIGINT; `on_ready` is called when updates are being taken in."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    bot = telegram(settings)
    database = await Database.open(settings.database_url)
    try:
        app = App(settings, bot, database, Current(conversation))
        if on_ready:
            on_ready()
        await app.run(stop)
    finally:
        await database.close()
        await bot.session.close()


def drive(work: Awaitable[None]) -> None:
    """Runs `work` on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)  # type: ignore[arg-type]
    else:
        uvloop.run(work)  # type: ignore[arg-type]


__all__ = [
    "App",
    "CatalogueError",
    "MatchingError",
    "Progress",
    "TelegramUnauthorizedError",
    "converse",
    "drive",
    "gazetteer",
    "mask",
    "read",
    "run",
]
