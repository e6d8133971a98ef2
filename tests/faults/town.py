"""A town: residents and advisors who talk with each other through the bot, and know what they have said."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message, Person
from tests.faults.reading import Sql

PATIENCE = 240.0
"""Seconds that people wait for something before it counts as lost."""


class Town:
    """Residents and advisors who go on talking whether the bot lives or not, and what they expect of it."""

    def __init__(self, server: TelegramServer, sql: Sql, chance: random.Random) -> None:
        self.server = server
        self.sql = sql
        self.chance = chance
        self.over = False
        self.desk: Chat
        self.opened: Counter[int] = Counter()
        self.words: dict[int, list[str]] = {}
        """Ticket -> what its resident wrote, in order."""
        self.replies: dict[int, list[str]] = {}
        """Ticket -> what its advisor wrote, in order."""
        self.ready: set[int] = set()
        """Tickets whose resident has said everything."""

    async def pause(self, most: float = 0.3) -> None:
        await asyncio.sleep(self.chance.random() * most)

    async def shown(self, chat: Any, words: str, data: str | None = None) -> Message:
        """The newest message of the bot with these words, and this button if given."""

        def found() -> Message | None:
            for message in reversed(self.server.messages(chat)):
                if message.from_bot and words in message.text and (data is None or data in actions(message)):
                    return message
            return None

        return await self.server.wait_for(found, PATIENCE)

    async def begin(self, admin: Person, residents: int, advisors: int) -> list[Coroutine[Any, Any, None]]:
        """Links a desk and lets residents choose a language; what everybody does from then on."""
        staff = [self.server.person(100 + number, f"Advisor{number}", "fi") for number in range(advisors)]
        self.desk = self.server.supergroup("Desk", forum=True, owner=admin, members=(admin, *staff))
        for command in ("/desk espoo", "/desk espoo language en"):
            self.server.send_text(admin, command, chat=self.desk)
            await self.server.next_message(self.desk, containing="espoo", timeout=PATIENCE)
        people = [self.server.person(number, f"Resident{number}", "en") for number in range(1, residents + 1)]
        await asyncio.gather(*map(self.settle, people))
        return [*map(self.resident, people), *map(self.advisor, staff)]

    async def settle(self, person: Person) -> None:
        """Language and city."""
        self.server.send_text(person, "/start")
        self.server.press(person, await self.shown(person, "", "l|en"), "l|en")
        await self.server.press(person, await self.shown(person, "", "c|espoo"), "c|espoo").answered(PATIENCE)

    async def resident(self, person: Person) -> None:
        """One ticket after the other, until it is over."""
        while not self.over:
            self.opened[person.id] += 1
            about = f"about-{person.id}-{self.opened[person.id]}-"
            self.server.send_text(person, "/human")
            await self.pause()
            self.server.send_text(person, about)
            summary = await self.shown(person, about, "S")
            for _ in range(self.chance.randint(1, 2)):
                self.server.press(person, summary, "S")
            number = await self.number(person, self.opened[person.id])
            await self.shown(person, f"#{number} has been received")
            said = self.words[number] = []
            for turn in range(self.chance.randint(2, 6)):
                said.append(f"word-{number}-{turn}-")
                if self.chance.random() < 0.2:
                    self.server.send_photo(person, said[-1])
                else:
                    self.server.send_text(person, said[-1])
                await self.pause()
            self.ready.add(number)
            await self.shown(person, f"#{number} is closed")

    async def number(self, person: Person, count: int) -> int:
        """The number of a resident's ticket, once it is in the database."""
        return int(
            await self.known("select id from tickets where chat = ? order by id limit 1 offset ?", person.id, count - 1)
        )

    async def known(self, query: str, *values: Any) -> Any:
        """The first value of a query, once there is one."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if rows := await self.sql(query, *values):
                    return rows[0][0]
                await asyncio.sleep(0.05)

    async def advisor(self, person: Person) -> None:
        """Takes what waits, answers, closes; until everybody is served."""
        while True:
            await asyncio.sleep(0.05)
            # The thread of a topic is known before its card is shown.
            waiting = await self.sql(
                "select tickets.id, thread from tickets join topics on ticket = tickets.id "
                "where state = 'waiting' and card is not null"
            )
            if waiting:
                await self.serve(person, *self.chance.choice(waiting))
            elif (
                self.over
                and not await self.sql("select id from tickets where state != 'closed'")
                and await self.quiet()
            ):
                return

    async def quiet(self) -> bool:
        """Everybody who began a ticket has it."""
        return await self.sql("select count(*) from tickets") == [(sum(self.opened.values()),)]

    async def serve(self, person: Person, number: int, thread: int) -> None:
        cards = [one for one in self.server.messages(self.desk, thread) if f"D|take|{number}" in actions(one)]
        if not cards:
            return
        toast = (await self.server.press(person, cards[-1], f"D|take|{number}").answered(PATIENCE))["text"]
        if await self.sql("select taker from tickets where id = ?", number) != [(person.id,)]:
            assert "was faster" in toast or "old" in toast, toast
            return
        assert number not in self.replies, "taken twice"
        said = self.replies[number] = []
        for turn in range(self.chance.randint(1, 4)):
            said.append(f"reply-{number}-{turn}-")
            self.server.send_text(person, said[-1], chat=self.desk, thread=thread)
            await self.pause()
        await self.server.wait_for(lambda: number in self.ready, PATIENCE)
        self.server.send_text(person, "/close", chat=self.desk, thread=thread)
        await self.known("select 1 from tickets where id = ? and state = 'closed'", number)


def actions(message: Message) -> set[str]:
    """Callback data of the buttons under a message."""
    return {button.get("callback_data", "") for row in message.inline_keyboard for button in row}
