"""Calibrated confidence and the three-way decision: answer, offer choices, hand over."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.match import Candidate, Decision, Match

KNOWN_WEIGHT = 0.5
"""What the share of known words adds to a score; chosen on CLINC150's validation set."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence in the best candidate is judged by."""

    best: float
    """Its score: margin plus weighted likeness."""
    gap: float
    """Distance to the second candidate's score."""
    known: float
    """Share of the message's words that the catalogue knows."""
    text: float = 0.0
    """By how much its words and letters alone speak for it, or against it, before the best other candidate."""
    concepts: float = 0.0
    """The same of the concepts alone; 0 where none was found."""
    stranger: float = -1.0
    """Score of the written out-of-scope messages as a class of their own."""

    @property
    def raw(self) -> float:
        """The score by which a threshold refuses without calibration: a word that no example has speaks against it."""
        return self.best + KNOWN_WEIGHT * self.known

    def vector(self) -> tuple[float, ...]:
        """The numbers in the order of `Calibration.slopes`."""
        leads = (min(max(lead, -1.0), 1.0) for lead in (self.text, self.concepts))
        return (self.best, min(self.gap, 2.0), self.known, *leads, self.stranger)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic model of P(best candidate is right), thresholds on it, and the weight of the likeness in a score."""

    slopes: tuple[float, ...] = (1.5, 2.5, 1.0, 0.0, 0.0, 0.0)
    intercept: float = -1.0
    likeness_weight: float = 0.5
    temperature: float = 0.3
    """Of the softmax that shares out what the best candidate leaves to the others."""
    answer: float = 0.7
    choice: float = 0.15
    part: float = 0.55
    """Score that each of two questions in one message needs."""
    held_out: int = 0
    """Messages the numbers were fitted on; 0 means that these are defaults."""
    precision: float = 0.0
    direct: float = 0.0
    """Precision and share of held-out in-scope messages at the `answer` threshold."""

    def confidence(self, signals: Signals) -> float:
        """P(best candidate is right), 0 to 1."""
        total = self.intercept + sum(a * b for a, b in zip(self.slopes, signals.vector(), strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def shares(self, confidence: float, scores: Sequence[float]) -> list[float]:
        """Calibrated scores of candidates with descending raw `scores`: the first one's is `confidence`."""
        if len(scores) < 2:
            return [confidence][: len(scores)]
        weights = [math.exp(max(-30.0, (score - scores[1]) / self.temperature)) for score in scores[1:]]
        left = (1 - confidence) / sum(weights)
        return [confidence, *(min(confidence, weight * left) for weight in weights)]

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Calibration:
        """The inverse of `as_json`."""
        return cls(**{**value, "slopes": tuple(value["slopes"])})

    @property
    def urgent(self) -> float:
        """Score from which an urgent best candidate is answered directly: the middle of the choice zone."""
        return (self.choice + self.answer) / 2


URGENT_SHOWN = 0.2
"""Score from which an urgent candidate is shown before all others; below it is noise more often than need."""


def decide(
    ranked: tuple[Candidate, ...], calibration: Calibration, urgent: frozenset[str], choices: int, *, known: bool
) -> Match:
    """The decision for `ranked` candidates; `known` is False when the message shares no word with the catalogue.

    An urgent intent is never hidden: as the best it is answered from a lower score on than others; as a runner-up it
    turns an answer into a choice; and among choices it stands first.
    """
    if not ranked or not known:
        return Match(Decision.HANDOFF, ranked[:choices], ranked)
    best = ranked[0]
    needed = min(calibration.choice, URGENT_SHOWN) if best.intent in urgent else calibration.choice
    if best.score < needed:
        return Match(Decision.HANDOFF, ranked[:choices], ranked)
    if best.intent in urgent and best.score >= calibration.urgent:
        return Match(Decision.ANSWER, (best,), ranked)
    hidden = any(other.intent in urgent and other.score >= URGENT_SHOWN for other in ranked[1:choices])
    if best.score >= calibration.answer and not hidden:
        return Match(Decision.ANSWER, (best,), ranked)
    offered = sorted(ranked[:choices], key=lambda one: one.intent not in urgent or one.score < URGENT_SHOWN)
    return Match(Decision.CHOICE, tuple(offered), ranked)
