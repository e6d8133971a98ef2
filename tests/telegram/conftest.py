"""The real bot over HTTP against the local Bot API server, on a real SQLite file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.conversation.conversation import Conversation
from bot.settings import Settings
from bot.simulator.server import TelegramServer
from bot.storage.engine import Database
from bot.telegram.client import client
from bot.telegram.current import Current

ADMIN = 900


class Running:
    """A bot at work; `sql` reads its database file as an operator would."""

    def __init__(self, settings: Settings, conversation: Conversation, path: Path) -> None:
        self.settings = settings
        self.current = Current(conversation)
        self.path = path
        self.stop = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        bot = client(self.settings.bot_token.get_secret_value(), self.settings.telegram_api_url)
        database = await Database.open(self.settings.database_url)
        app = App(self.settings, bot, database, self.current)
        self.stop = asyncio.Event()

        async def work() -> None:
            try:
                await app.run(self.stop)
            finally:
                await database.close()
                await bot.session.close()

        self.task = asyncio.create_task(work())

    async def finish(self) -> None:
        self.stop.set()
        if self.task:
            await asyncio.wait_for(self.task, 20)

    async def drained(self, seconds: float = 20) -> None:
        """Until everything that came in is handled and everything that is to be said is said."""
        async with asyncio.timeout(seconds):
            while True:
                await asyncio.sleep(0.05)
                updates = "(select count(*) from inbox where state = 'pending') + (select count(*) from albums)"
                if self.sql(f"select {updates}, count(*) from outbox where state = 'pending'") == [(0, 0)]:
                    return

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()

    def dump(self) -> str:
        """Every byte of text in the database."""
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            return "\n".join(connection.iterdump())


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def settings_for(data_settings: Settings, tmp_path: Path) -> Any:
    def make(server: TelegramServer, **changes: Any) -> Settings:
        values = {
            "bot_token": server.token,
            "telegram_api_url": server.url,
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db",
            "admin_ids": str(ADMIN),
            "send_per_second": 1000,
            "send_per_minute_group": 60_000,
            "flood_per_minute": 100_000,
            "neuvoja_intents": data_settings.neuvoja_intents,
            "neuvoja_knowledge": data_settings.neuvoja_knowledge,
            "neuvoja_cache": data_settings.neuvoja_cache,
        }
        return Settings(_env_file=None, **(values | changes))

    return make


@pytest.fixture
def running(talk: Conversation, settings_for: Any, tmp_path: Path) -> Any:
    @asynccontextmanager
    async def run(server: TelegramServer, **changes: Any) -> AsyncIterator[Running]:
        bot = Running(settings_for(server, **changes), talk, tmp_path / "neuvoja.db")
        await bot.start()
        try:
            yield bot
        finally:
            await bot.finish()

    return run


@pytest.fixture
async def bot(server: TelegramServer, running: Any) -> AsyncIterator[Running]:
    async with running(server) as running_bot:
        yield running_bot


@pytest.fixture(autouse=True)
def _heartbeat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NEUVOJA_HEARTBEAT", str(tmp_path / "heartbeat"))
    return
