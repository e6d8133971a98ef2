"""What the matcher makes of a message: candidates and a decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """Answer directly, offer up to three choices, or hand over to a person."""

    ANSWER = "answer"
    CHOICE = "choice"
    HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent with its calibrated score, 0 to 1."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """The decision for a whole message.

    ANSWER: `intents` holds one intent, or several when the message asked several things, in their order.
    CHOICE: `intents` holds one to three candidates to offer. HANDOFF: it holds what came nearest, perhaps nothing.
    """

    decision: Decision
    intents: tuple[Candidate, ...]
    ranked: tuple[Candidate, ...]
    """The best candidates of the message taken as a whole, best first, at most eight."""
