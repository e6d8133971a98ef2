"""What the bot does in answer: screens to show, the resident as changed, and what has to be stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.answer import Guidance
from bot.domain.resident import Resident
from bot.rendering.screen import Screen


class Duty(StrEnum):
    """Work on stored data that the conversation itself cannot do."""

    EXPORT = "export"
    DELETE = "delete"
    OPEN = "open"
    """A ticket from the resident's draft."""
    CLOSE = "close"
    MOVE = "move"
    """To another city's desk."""
    REOPEN = "reopen"
    RATE = "rate"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Record:
    """An exchange worth keeping: kind (answer, choice, handoff, dialogue, wish, feedback), intents, masked text."""

    kind: str
    language: str
    city: str | None
    intents: tuple[str, ...] = ()
    score: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """Helpful or not, about the newest answer to `intent`."""

    intent: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that follows from one thing heard; `toast` is shown on a pressed button."""

    resident: Resident
    screens: tuple[Screen, ...] = ()
    record: Record | None = None
    rating: Rating | None = None
    duty: Duty | None = None
    about: tuple[str, ...] = ()
    """What the duty needs: a ticket's number, stars, a comment, the lines of a checklist."""
    replaces: bool = False
    """True: the first screen takes the place of the message whose button was pressed."""
    toast: str | None = None
    guidance: Guidance | None = None
    """What a question led to, for those who want more than the screens."""

    def before(self, *screens: Screen) -> Reply:
        """The reply with `screens` ahead of its own."""
        return replace(self, screens=(*screens, *self.screens))

    def after(self, *screens: Screen) -> Reply:
        """The reply with `screens` behind its own."""
        return replace(self, screens=(*self.screens, *screens))
