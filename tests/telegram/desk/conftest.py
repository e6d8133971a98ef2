"""Two desks with their advisors, and residents: the real bot over HTTP, on a real SQLite file."""

from typing import Any

import pytest

from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message, Topic
from bot.telegram import pacing
from tests.telegram.conftest import ADMIN, Running


class Room:
    """What tests do again and again: link a desk, ask for a person, find a ticket's topic."""

    def __init__(self, server: TelegramServer, bot: Running) -> None:
        self.server = server
        self.bot = bot
        self.admin = server.person(ADMIN, "Coordinator", "fi")

    async def desk(self, city: str, *advisors: Person, settings: tuple[str, ...] = ("language en",)) -> Chat:
        """A forum group that is the city's desk, its advisors in it; `settings` follow `/desk CITY`."""
        group = self.server.supergroup(f"Desk {city}", forum=True, owner=self.admin, members=(self.admin, *advisors))
        self.server.send_text(self.admin, f"/desk {city}", chat=group)
        await self.server.next_message(group, containing=city)
        for setting in settings:
            self.server.send_text(self.admin, f"/desk {city} {setting}", chat=group)
            await self.server.next_message(group, containing=city)
        return group

    async def resident(self, number: int, language: str = "en", city: str = "espoo") -> Person:
        """A resident who has told language and city."""
        person = self.server.person(number, f"Resident{number}", language)
        self.server.send_text(person, "/start")
        self.press(person, await self.button(person, f"l|{language}"), f"l|{language}")
        menu = await self.button(person, f"c|{city}")
        await self.server.press(person, menu, f"c|{city}").answered()
        await self.bot.drained()
        return person

    async def ask(self, person: Person, text: str = "I need help with my rent") -> int:
        """A ticket about `text`; its number."""
        self.server.send_text(person, "/human")
        await self.server.next_message(person)
        self.server.send_text(person, text)
        await self.server.press(person, await self.button(person, "S"), "S").answered()
        await self.bot.drained()
        ((number,),) = self.bot.sql("select max(id) from tickets where chat = ?", person.id)
        return int(number)

    async def button(self, chat: Any, data: str, thread: int | None = None) -> Message:
        """The newest message of the bot with a button that carries this callback data."""

        def found() -> Message | None:
            for message in reversed(self.server.messages(chat, thread)):
                every = [button for row in message.inline_keyboard for button in row]
                if message.from_bot and any(button.get("callback_data") == data for button in every):
                    return message
            return None

        return await self.server.wait_for(found)

    def press(self, person: Person, message: Message, data: str) -> Any:
        return self.server.press(person, message, data)

    async def topic(self, group: Chat, number: int) -> Topic:
        """The topic of a ticket."""
        return await self.server.wait_for(
            lambda: next((topic for topic in group.topics.values() if topic.name.startswith(f"#{number} ·")), None)
        )

    async def take(self, advisor: Person, group: Chat, number: int) -> Topic:
        """The ticket in the advisor's hands."""
        topic = await self.topic(group, number)
        card = await self.button(group, f"D|take|{number}", topic.id)
        await self.server.press(advisor, card, f"D|take|{number}").answered()
        await self.bot.drained()
        return topic

    async def drained(self) -> None:
        """Until everything that people did is confirmed, handled and answered."""
        await self.server.wait_for(lambda: not self.server.pending_updates)
        await self.bot.drained()

    def texts(self, chat: Any, thread: int | None = None) -> list[str]:
        """What people now see in a chat, oldest first."""
        return [message.text for message in self.server.messages(chat, thread)]

    def state(self, number: int) -> str:
        ((state,),) = self.bot.sql("select state from tickets where id = ?", number)
        return str(state)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Residents get more than a message a second, or each conversation would take a minute."""
    monkeypatch.setattr(pacing, "PRIVATE_BURST", 10_000.0)


@pytest.fixture
async def room(server: TelegramServer, bot: Running) -> Room:
    return Room(server, bot)
