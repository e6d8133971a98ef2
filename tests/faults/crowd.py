"""A crowd: residents who ask at an even rate, each question once a person: what is answered twice shows."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.simulator.server import TelegramServer
from bot.simulator.state import Person

QUESTIONS = (
    "how do I get a tax card",
    "how do I apply for day care",
    "where can I learn Finnish",
    "what is a home municipality",
    "how do I renew my residence permit",
    "I need a library card",
)
FIRST = 10_000
"""Chats of the crowd begin here."""


class Crowd:
    """Asks until stopped; `asked` counts each person's questions."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server
        self.asked: Counter[int] = Counter()
        self._people: list[Person] = []

    async def ask(self, per_second: float, stop: asyncio.Event) -> None:
        """Asks at this rate, whether the bot lives or not; who has asked everything is followed by somebody new."""
        begun, number = self.server.world.loop_time(), 0
        while not stop.is_set():
            await asyncio.sleep(max(0.0, begun + number / per_second - self.server.world.loop_time()))
            round_number, place = divmod(number, len(QUESTIONS) * 20)
            turn, seat = divmod(place, 20)
            chat = FIRST + round_number * 20 + seat
            if turn == 0:
                self._people.append(self.server.person(chat, language_code="en"))
            person = self._people[round_number * 20 + seat]
            self.server.send_text(person, QUESTIONS[turn])
            self.asked[chat] += 1
            number += 1

    def unanswered(self) -> list[int]:
        """Chats that have fewer answers than questions."""
        return [
            chat
            for chat, count in self.asked.items()
            if sum(one.from_bot for one in self.server.messages(chat)) < count
        ]
