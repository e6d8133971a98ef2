"""A resident as the bot knows one: no name, no identifier beyond the chat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ticket import Draft


class State(StrEnum):
    """Who answers the resident now."""

    BOT = "bot"
    WAITING = "waiting"
    WITH_ADVISOR = "with advisor"


class Step(StrEnum):
    """What the bot asked last and waits for."""

    NONE = "none"
    LANGUAGE = "language"
    CITY = "city"
    HUMAN_WISH = "human-wish"
    HUMAN_CITY = "human-city"
    COMMENT = "comment"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident's settings and where the conversation stands. `city` 'none' means: not yet in Finland."""

    chat: int
    language: str | None = None
    city: str | None = None
    state: State = State.BOT
    step: Step = Step.NONE
    misses: int = 0
    """Messages in a row that the bot could not place."""
    last_intent: str | None = None
    last_question: str | None = None
    """The last question, masked; offered again at a hand-over and after the city was asked."""
    draft: Draft | None = None
    """A hand-over that is being prepared."""


NOT_IN_FINLAND = "none"
"""Value of `Resident.city` for a person who has not moved yet."""
