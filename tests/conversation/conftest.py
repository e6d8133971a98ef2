"""A resident in front of the conversation, without Telegram and without a database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.heard import Commanded, Heard, Located, Moment, Pressed, Said
from bot.conversation.notices import Practice
from bot.conversation.reply import Reply
from bot.domain.resident import Resident
from bot.guidance.guide import Guide
from bot.rendering.actions import decode
from bot.rendering.plain import plain_text
from bot.rendering.split import split
from bot.simulator.markup import parse_html

NOON = datetime(2026, 4, 8, 12, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
"""An ordinary Wednesday."""


class Room:
    """One resident's conversation; `resident` is what is remembered after each step."""

    def __init__(self, talk: Conversation, hint: str | None = None, **settings: Any) -> None:
        self.talk = talk
        self.hint = hint
        self.resident = Resident(1, **settings)

    def hear(self, heard: Heard) -> Reply:
        """The reply to one thing, checked for what every reply must be."""
        reply = self.talk.respond(heard, Moment(self.resident, NOON, self.hint))
        sendable(reply)
        self.resident = reply.resident
        return reply

    def say(self, text: str, *masked: str) -> Reply:
        return self.hear(Said(text, masked))

    def command(self, name: str) -> Reply:
        return self.hear(Commanded(name))

    def press(self, data: str) -> Reply:
        return self.hear(Pressed(decode(data)))

    def locate(self, latitude: float, longitude: float) -> Reply:
        return self.hear(Located((latitude, longitude)))


def sendable(reply: Reply) -> None:
    """Telegram would take every screen, every button can be pressed, and something is said or done."""
    assert reply.screens or reply.toast or reply.duty, "a resident is never left without a word"
    for screen in reply.screens:
        if screen.venue is None:
            assert split(screen.html), "a message without words cannot be sent"
        for part in split(screen.html):
            assert parse_html(part)[0].strip()
        for button in screen.buttons:
            assert button.text.strip()
            if button.action is not None:
                assert len(button.action.encode()) <= 64
                assert decode(button.action) is not None, button


def words(reply: Reply) -> str:
    """Everything that a reply says, as plain text."""
    return "\n\n".join(plain_text(screen.html) for screen in reply.screens)


def actions(reply: Reply) -> list[str]:
    """The callback data of every button in order."""
    return [button.action for screen in reply.screens for button in screen.buttons if button.action]


@pytest.fixture(scope="session")
def three(talk: Conversation) -> Conversation:
    """The same data in a catalogue that speaks Finnish, Swedish and English only."""
    languages = {code: talk.catalogue.languages[code] for code in ("fi", "sv", "en")}
    guide = Guide(replace(talk.catalogue, languages=languages), talk.guide.matcher, talk.guide.gazetteer)
    return Conversation(guide, talk.guide.gazetteer, Practice(180), talk.detect)


@pytest.fixture
def room(three: Conversation) -> Callable[..., Room]:
    """Opens a conversation: `room(hint, language=..., city=...)`."""

    def opened(hint: str | None = None, **settings: Any) -> Room:
        return Room(three, hint, **settings)

    return opened
