"""Opens the practice room: server, people, bot, linked desks; everything ends with `stop`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot import advice
from bot.app import Current, Database, work
from bot.conversation.conversation import Conversation
from bot.guidance.hours import HELSINKI
from bot.practice.inspector import Inspector, Words
from bot.practice.people import COORDINATOR, People, gather
from bot.practice.stories import stories
from bot.settings import Settings
from bot.simulator.player import Player
from bot.simulator.room import Room, add_room
from bot.simulator.server import TelegramServer

if TYPE_CHECKING:
    from bot.catalogue.loader import Loaded

LINKING_SECONDS = 30.0


class Practice:
    """A room over one folder with the bot's SQLite file."""

    def __init__(self, folder: Path, words: Words) -> None:
        self.server = TelegramServer(keep_messages=20_000, keep_calls=2_000)
        self.people: People = gather(self.server)
        self._folder = folder
        self._words = words
        self.player: Player | None = None

    async def run(
        self, settings: Settings, talk: Conversation, *, port: int, stop: asyncio.Event, ready: Callable[[str], None]
    ) -> None:
        """Serves the page on loopback until `stop`; OSError when the port is busy. `ready` gets the page's url."""
        current, begun = Current(talk), time.time()
        where = advice.folders(settings)
        inspector = Inspector(current, where.intents, begun, self._words)
        url = self._database()

        database = await Database.open(url)

        async def inspect(person: int, text: str) -> dict[str, Any]:
            async with database.write() as unit:
                resident = await unit.residents.get(person)
            return await inspector.look(resident, text)

        room = Room(
            title="Neuvoja",
            residents=self.people.residents,
            advisors=self.people.advisors,
            desks=tuple(self.people.desks.values()),
            borders=json.loads((where.knowledge / "places" / "borders.geojson").read_text(encoding="utf-8")),
            stories=stories(talk.catalogue),
            inspect=inspect,
            notes=self.people.notes,
        )
        self.player = add_room(self.server, room)
        address = await self.server.start("127.0.0.1", port)
        try:
            chosen = self._settings(settings, address, url)
            bot = asyncio.create_task(work(chosen, current, stop, reading=self._reload))
            linking = asyncio.create_task(self._link())
            await asyncio.wait({bot, linking}, return_when=asyncio.FIRST_COMPLETED)
            if linking.done():
                linking.result()
                ready(address)
            await bot
        finally:
            stop.set()
            await self.server.stop()
            await database.close()

    def _database(self) -> str:
        return f"sqlite+aiosqlite:///{(self._folder / 'neuvoja.db').resolve()}"

    def _settings(self, settings: Settings, address: str, url: str) -> Settings:
        """The operator's own settings, over the local server and its folder, at a pace that a spectator likes."""
        given: dict[str, Any] = {
            "bot_token": SecretStr(self.server.token),
            "telegram_api_url": address,
            "database_url": url,
            "admin_ids": (COORDINATOR,),
            "webhook_url": None,
            "metrics_listen": None,
            "send_per_second": 1000,
            "send_per_minute_group": 60_000,
            "flood_per_minute": 100_000,
        }
        return settings.model_copy(update=given)

    async def _link(self) -> None:
        """The coordinator links every group to its city, as one does in Telegram."""
        for city, desk in self.people.desks.items():
            for command in (f"/desk {city}", f"/desk {city} names on"):
                before = self.server.last(desk).id if self.server.messages(desk) else 0
                self.server.send_text(self.people.coordinator, command, chat=desk)
                await self.server.wait_for(
                    lambda desk=desk, before=before: any(  # type: ignore[misc]
                        one.from_bot and one.id > before for one in self.server.messages(desk)
                    ),
                    LINKING_SECONDS,
                )

    def _reload(self, loaded: Loaded) -> None:
        """Tells the page that the files were read again, or what is wrong with them."""
        at = datetime.now(HELSINKI).strftime("%H:%M:%S")
        problems = advice.errors(loaded)
        self.server.world.emit("reloaded", lambda: {"at": at, "problems": problems})
