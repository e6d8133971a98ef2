"""A message in, a decision out: the run-time half, numpy and rapidfuzz only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.domain.match import Candidate, Decision, Match
from bot.language.detect import detect
from bot.language.detected import Detected
from bot.matching.decision import Signals, decide
from bot.matching.features import CONCEPTS, words_of
from bot.matching.hearing import heard, vector
from bot.matching.model import Model, load
from bot.matching.parts import cuts

GATE = 0.9
"""A message is not searched for two questions when its best candidate's score leads by more than this."""

FAMILIAR = 0.95
"""Share of known words from which a message is not searched for another language in Latin letters."""

PART_RANK = 3
"""Both questions of a message are among this many best candidates of the whole."""

PART_MARGIN = -0.5
"""Score that both intents have in the whole message: one that only a part suggests is a misreading of the part."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of one message before any decision; best candidate first."""

    classes: NDArray[np.intp]
    margins: NDArray[np.float32]
    likeness: NDArray[np.float32]
    text: NDArray[np.float32]
    concepts: NDArray[np.float32]
    """What words and letters, and what concepts, add to the margins."""
    stranger: float
    """Margin of the written out-of-scope messages."""
    known: float
    """Share of its words that are known, misspelt ones counting as what they were taken for."""

    @property
    def any_known(self) -> bool:
        """False when the message shares nothing with the catalogue."""
        return self.known > 0

    def signals(self, likeness_weight: float) -> tuple[NDArray[np.intp], NDArray[np.float32], Signals]:
        """Classes and scores, best first, with likeness weighed in, and the signals of the first."""
        scores = self.margins + likeness_weight * self.likeness
        order = np.argsort(-scores, kind="stable")
        ranked = scores[order]
        gap = float(ranked[0] - ranked[1]) if len(ranked) > 1 else 2.0
        signals = Signals(
            float(ranked[0]),
            gap,
            self.known,
            _lead(self.text, order[0]),
            _lead(self.concepts, order[0]),
            self.stranger,
        )
        return self.classes[order], ranked, signals


def _lead(part: NDArray[np.float32], best: np.intp) -> float:
    """By how much a part of the score favours the best candidate."""
    if len(part) < 2:
        return 1.0
    others = part.copy()
    others[best] = -np.inf
    return float(part[best] - others.max())


class Matcher:
    """Answers which intent a message means; thread-safe, since nothing in it changes."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def load(cls, folder: Path) -> Matcher:
        """The matcher stored in `folder`; `ArtefactError` when it is missing, damaged or outdated."""
        return cls(load(folder))

    @property
    def model(self) -> Model:
        """The arrays behind it."""
        return self._model

    def rank(self, text: str) -> tuple[Candidate, ...]:
        """The best eight intents with calibrated scores, 0 to 1, best first."""
        return self._ranked(self.understand(text))

    def match(self, text: str) -> Match:
        """The decision for a message, with two intents in their order when it clearly asks two things."""
        whole = self.understand(text)
        ranked = self._ranked(whole)
        model = self._model
        if whole.any_known and (both := self._two(text, whole, ranked)):
            return Match(Decision.ANSWER, both, ranked)
        return decide(ranked, model.calibration, model.urgent, model.choices, known=whole.any_known)

    def detect(self, text: str, among: Collection[str], prior: str | None = None) -> Detected:
        """The language of a message, one of `among` or None; `prior` is the resident's stored choice."""
        tongues = self._model.tongues
        return tongues.identifier.detect(text, among, prior) if tongues else detect(text, among, prior)

    def understand(self, text: str) -> Reading:
        """The reading of a message; of a romanised one, that of its native words when they fit better."""
        words = words_of(text)
        reading = self.read(words)
        if reading.known >= FAMILIAR or self._model.tongues is None or not text.isascii():
            return reading
        native = self._model.tongues.native(text)
        if native is None or native == words:
            return reading
        other = self.read(native)
        return max(reading, other, key=lambda one: float(one.margins[0]) if len(one.margins) else -np.inf)

    def read(self, words: list[str]) -> Reading:
        """Margins and likenesses of the best classes for folded `words`."""
        model = self._model
        message = heard(model, words)
        rows, values = vector(model, message)
        split = int(np.searchsorted(rows, model.vocabulary.first(CONCEPTS)))
        by_text = model.linear.sums(rows[:split], values[:split])
        by_concepts = model.linear.sums(rows[split:], values[split:])
        total = by_text + by_concepts + model.linear.bias
        known_classes = len(model.intents)
        margins, stranger = total[:known_classes], float(total[-1]) if len(total) > known_classes else -1.0
        count = min(model.top, len(margins))
        top = np.argpartition(-margins, count - 1)[:count] if count else np.zeros(0, np.intp)
        top = top[np.argsort(-margins[top], kind="stable")]
        if model.calibration.likeness_weight:
            idf = model.vocabulary.idf[rows]
            likeness = model.neighbours.likeness(message.words, rows, idf, top, len(model.intents))
        else:
            likeness = np.zeros(len(top), np.float32)
        return Reading(top, margins[top], likeness, by_text[top], by_concepts[top], stranger, message.known)

    def spelt(self, words: list[str]) -> tuple[list[str], float, list[int]]:
        """The likeliest of what folded `words` may mean, the share of them that is known, and the concepts named."""
        message = heard(self._model, words)
        return message.words, message.known, message.concepts

    def _ranked(self, reading: Reading) -> tuple[Candidate, ...]:
        """Candidates with calibrated scores, best first."""
        if not len(reading.classes):
            return ()
        calibration = self._model.calibration
        classes, scores, signals = reading.signals(calibration.likeness_weight)
        confidence = calibration.confidence(signals) if reading.any_known else 0.0
        shares = calibration.shares(confidence, scores.tolist())
        return tuple(
            Candidate(self._model.intents[i], round(share, 4)) for i, share in zip(classes, shares, strict=True)
        )

    def _two(self, text: str, whole: Reading, ranked: tuple[Candidate, ...]) -> tuple[Candidate, ...] | None:
        """Two different intents asked one after the other, or None."""
        model = self._model
        _, scores, signals = whole.signals(model.calibration.likeness_weight)
        if len(scores) < 2 or signals.gap > GATE:
            return None
        related = {
            candidate.intent
            for candidate, score in zip(ranked[:PART_RANK], scores, strict=False)
            if score >= PART_MARGIN
        }
        if len(related) < 2:
            return None
        best: tuple[Candidate, ...] | None = None
        for left, right in cuts(text):
            first = self.rank(left)[:1]
            if not first or first[0].intent not in related:
                continue
            second = self.rank(right)[:1]
            if not second or second[0].intent not in related - {first[0].intent}:
                continue
            pair = (*first, *second)
            weakest = min(pair[0].score, pair[1].score)
            if weakest >= model.calibration.part and (best is None or weakest > min(c.score for c in best)):
                best = pair
        return best
