"""Guided stories: people who act by themselves, step by step, and what the bot must then say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.simulator.state import Person

Act = Literal["say", "press", "locate", "photo", "voice", "expect", "note"]
Words = str | Mapping[str, str]
"""A text, or one for each language of the page (`en`, `fi`)."""

GENERAL = "general"
"""The topic of a desk that is no ticket."""

WITHIN = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a person (id), one expectation or one caption; the functions below make them.

    `desk` is a part of a desk's title, None the person's own chat. `topic` is a part of a topic's name or GENERAL; None
    is any topic for `press` and `expect`, and for the others the one that the story last dealt with, or the newest.
    """

    act: Act
    person: int | None = None
    text: str = ""
    desk: str | None = None
    topic: str | None = None
    latitude: float = 0.0
    longitude: float = 0.0
    within: float = WITHIN
    caption: Words = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A story; `title` by language of the page."""

    id: str
    title: Mapping[str, str]
    about: Words
    steps: tuple[Step, ...]


class StoryFailure(Exception):  # noqa: N818
    """What was expected at a step (counted from 1) and what is there."""

    def __init__(self, step: int, reason: str) -> None:
        super().__init__(f"step {step}: {reason}")
        self.step = step
        self.reason = reason


def say(person: Person | int, text: str, *, desk: str | None = None, topic: str | None = None) -> Step:
    """A person writes a text, also the text of a reply keyboard's button."""
    return Step("say", _id(person), text, desk, topic)


def press(
    person: Person | int, data: str, *, desk: str | None = None, topic: str | None = None, within: float = WITHIN
) -> Step:
    """A person presses the newest button with this callback data; `*` is any argument, a `|` at the end a beginning.

    Only buttons that were sent or edited since the story began; waits for the button and for the bot's answer.
    """
    return Step("press", _id(person), data, desk, topic, within=within)


def locate(person: Person | int, latitude: float, longitude: float) -> Step:
    """A resident sends a location, in degrees."""
    return Step("locate", _id(person), latitude=latitude, longitude=longitude)


def photo(person: Person | int, caption: str = "", *, desk: str | None = None, topic: str | None = None) -> Step:
    """A person sends a photo."""
    return Step("photo", _id(person), caption, desk, topic)


def voice(person: Person | int, *, desk: str | None = None, topic: str | None = None) -> Step:
    """A person sends a voice message."""
    return Step("voice", _id(person), "", desk, topic)


def expect(
    part: str,
    person: Person | int | None = None,
    *,
    desk: str | None = None,
    topic: str | None = None,
    within: float = WITHIN,
) -> Step:
    """The bot's text has this part, in the resident's chat or at a desk, since a person last acted there.

    Spaces and line breaks count as one space; a venue's title and address are text; a photo reads `[photo]`.
    """
    if (person is None) == (desk is None):
        raise ValueError("expect a text in a resident's chat or at a desk: give one of them")
    return Step("expect", None if person is None else _id(person), part, desk, topic, within=within)


def note(caption: Words) -> Step:
    """A caption for the spectator; it stays until the next one."""
    return Step("note", caption=caption)


def _id(person: Person | int) -> int:
    return person if isinstance(person, int) else person.id
