"""A margin taken apart: what words, pairs, letters and concepts add to it, and which of them can be named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.domain.match import Match
from bot.matching.features import (
    BIGRAMS,
    BLOCK_SHIFT,
    CHARS,
    CONCEPT_PAIRS,
    CONCEPTS,
    PAIRED_WORDS,
    PAIRS,
    WORDS,
    features_of,
)
from bot.matching.hearing import Heard, vector
from bot.matching.matcher import Reading
from bot.matching.model import Model

SHOWN = 3
"""Candidates that are explained."""

NAMED = 6
"""Named features that are given for a candidate, or for the difference of two."""

KINDS = {
    WORDS: "words",
    BIGRAMS: "word pairs",
    PAIRS: "word pairs",
    CHARS: "letters",
    CONCEPTS: "concepts",
    CONCEPT_PAIRS: "concept pairs",
}
"""What a block of features is called; two words in a row and any two words are told as one."""

BASE, LIKENESS = "base", "likeness"
"""What a candidate has before any word is read, and what its nearest example adds, where that is counted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word, two words, a concept or two concepts, and what it adds to a margin; `kind` is one of `KINDS`."""

    kind: str
    names: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate; `shares` add up to `total`, its margin and weighed likeness."""

    intent: str
    score: float
    """Calibrated, 0 to 1."""
    margin: float
    total: float
    shares: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    """What can be named, strongest first; what speaks against it is negative."""


@dataclass(frozen=True, slots=True)
class Lead:
    """By how much the first candidate's total leads the second's; `shares` add up to it."""

    by: float
    shares: Mapping[str, float]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Added:
    """What each known feature of a message adds to the margins of the candidates, and what it is called."""

    weights: NDArray[np.float32]
    """Features x candidates."""
    kinds: list[str]
    names: list[tuple[str, ...] | None]

    @classmethod
    def of(cls, model: Model, message: Heard, classes: NDArray[np.intp]) -> _Added:
        """The features of a message in all the ways in which it may be meant."""
        rows, values = vector(model, message)
        weights = (values * model.linear.scales[rows])[:, None] * model.linear.steps[rows][:, classes]
        hashes = model.vocabulary.hashes[rows]
        names: dict[int, tuple[str, ...]] = {}
        for way in message.ways:
            names = _names(way.words, way.concepts, model.concept_names) | names
        kinds = [KINDS[block] for block in (hashes >> BLOCK_SHIFT).tolist()]
        return cls(weights.astype(np.float32), kinds, [names.get(each) for each in hashes.tolist()])

    def shares(self, added: NDArray[np.float32]) -> dict[str, float]:
        """The sum of each kind, of one candidate's column or the difference of two."""
        sums = dict.fromkeys(KINDS.values(), 0.0)
        for kind, weight in zip(self.kinds, added.tolist(), strict=True):
            sums[kind] += weight
        return sums

    def evidence(self, added: NDArray[np.float32]) -> tuple[Evidence, ...]:
        """The named features that add or take most."""
        sums: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], float]] = {}
        for kind, names, weight in zip(self.kinds, self.names, added.tolist(), strict=True):
            if names and weight:
                # Two words in a row are two features: in this order and in any.
                key = kind, tuple(sorted(names))
                sums[key] = names, weight + sums.get(key, (names, 0.0))[1]
        found = [Evidence(kind, names, weight) for (kind, _), (names, weight) in sums.items()]
        return tuple(sorted(found, key=lambda one: -abs(one.weight))[:NAMED])


def weighed(model: Model, reading: Reading, match: Match, message: Heard) -> tuple[tuple[Weighed, ...], Lead | None]:
    """The best candidates, what each one's total is made of, and what parts the first from the second.

    `reading` is that of `message`; `match` has its scores.
    """
    weight = model.calibration.likeness_weight
    classes, totals, _ = reading.signals(weight)
    classes = classes[:SHOWN]
    added = _Added.of(model, message, classes)
    margins = dict(zip(reading.classes.tolist(), reading.margins.tolist(), strict=True))
    candidates = []
    for place, (number, total, one) in enumerate(zip(classes.tolist(), totals.tolist(), match.ranked, strict=False)):
        column = added.weights[:, place]
        shares = added.shares(column) | {BASE: float(model.linear.bias[number])}
        if weight:
            shares[LIKENESS] = total - margins[number]
        candidates.append(Weighed(one.intent, one.score, margins[number], total, shares, added.evidence(column)))
    if len(candidates) < 2:
        return tuple(candidates), None
    first, second = candidates[:2]
    apart = {kind: share - second.shares[kind] for kind, share in first.shares.items()}
    evidence = added.evidence(added.weights[:, 0] - added.weights[:, 1])
    return tuple(candidates), Lead(first.total - second.total, apart, evidence)


def _names(words: Sequence[str], concepts: Sequence[int], concept_names: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Feature hash -> the words or concepts that it stands for; of character n-grams none is named."""
    said: list[tuple[str, ...]] = [(word,) for word in dict.fromkeys(words)]
    said += dict.fromkeys([*combinations(dict.fromkeys(words[:PAIRED_WORDS]), 2), *pairwise(words)])
    meant: list[tuple[int, ...]] = [(number,) for number in concepts]
    meant += combinations(concepts[:PAIRED_WORDS], 2)
    found = features_of([*said, *[() for _ in meant]], [*[() for _ in said], *meant])
    names = [*said, *[tuple(concept_names[number] for number in numbers) for numbers in meant]]
    hashes: dict[int, tuple[str, ...]] = {}
    for one, message in zip(names, found, strict=True):
        blocks = (WORDS, CONCEPTS) if len(one) == 1 else (BIGRAMS, PAIRS, CONCEPT_PAIRS)
        for each in message.hashes.tolist():
            if each >> int(BLOCK_SHIFT) in blocks:
                hashes.setdefault(each, one)
    return hashes
