"""Which language a message is in, or that it is in none that is asked for: a naive Bayes model in arrays."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.language.alphabets import foreign, own_language
from bot.language.detected import NOTHING, Detected
from bot.language.grams import READ, grams, joined, words
from bot.language.scripts import HAN, LATIN, Script, counts, script

SURE = 0.5
"""Confidence from which a language is named."""

SURE_OF_ONE_WORD = 0.6
"""Confidence from which a single word names a language other than the resident's own."""

OWN_WORD = 0.6
"""Least confidence of a single word whose likeliest language is the resident's own."""

PRIOR = 1.0
"""What the resident's stored choice adds to the logarithm of the odds of its language, and takes from the others."""

LEANING = 0.5
"""What the resident's stored choice, or a letter that only one language has, adds to the score of its language."""

ROMANISED = "-Latn"
"""End of the class of a language that is written in Latin letters though it has others."""

OFFICIAL_WITH_PRIOR, OFFICIAL = 0.7, 0.6
"""Confidence where all words are official terms, with the resident's stored choice and without."""

CLEARLY = 2.0
"""Margin from which one official term is a Finnish word rather than a name."""

_REMEMBERED = 64
_PARTS = ("starts", "owners", "gains", "absent")

FARTHEST = 3.0
"""Margin beyond which a difference of scores tells nothing more."""


@dataclass(frozen=True, slots=True)
class Table:
    """One script's classes, and what buckets of n-grams and words tell about them: a sparse matrix, a row a bucket.

    An entry is what a class gains by having the bucket, in steps of `unit`, over what a class loses that has it not:
    a row of `absent` for n-grams, one for words, and a column a class.
    """

    classes: tuple[str, ...]
    starts: NDArray[np.uint32]
    owners: NDArray[np.uint8]
    gains: NDArray[np.uint8]
    absent: NDArray[np.float64]
    unit: float
    weights: tuple[float, ...]

    @property
    def bits(self) -> int:
        """Binary digits of a bucket's number."""
        return (len(self.starts) - 1).bit_length() - 1

    def scores(self, message: Sequence[str]) -> NDArray[np.float64]:
        """Evidence for each class against the average one.

        The n-grams of a word weigh together the root of their number, so that one long word is not the message.
        """
        found = grams(joined(message), self.bits)
        count = found.count
        owner = found.places[count:].searchsorted(found.places[:count], "right") - 1
        per_word = np.bincount(owner, minlength=len(message))
        weights = np.ones(len(found.buckets))
        weights[:count] = (1 / np.sqrt(per_word))[owner]
        weights /= math.sqrt(len(message))
        first = self.starts[found.buckets].astype(np.int32)
        sizes = self.starts[found.buckets + 1].astype(np.int32) - first
        ends = sizes.cumsum(dtype=np.int32)
        entries = np.arange(ends[-1], dtype=np.int32) + (first - ends + sizes).repeat(sizes)
        gained = weights.repeat(sizes) * self.gains[entries]
        lost = weights[:count].sum() * self.absent[0] + weights[count:].sum() * self.absent[1]
        sums: NDArray[np.float64] = np.bincount(self.owners[entries], gained, len(self.classes)) * self.unit + lost
        return sums


@dataclass(frozen=True, slots=True)
class Contest:
    """The likeliest asked-for class and how far it is ahead of the next language, and of languages not asked for."""

    name: str
    ahead: float
    over_others: float

    def features(self, count: int) -> tuple[float, ...]:
        """What the confidence is computed from, for a message of `count` words."""
        # The score itself adds nothing: it tells how usual the words are, not whose they are.
        return (1.0, max(min(self.ahead, self.over_others), -FARTHEST), math.log(count))


def language_of(name: str) -> str:
    """The language of a class."""
    return name.removesuffix(ROMANISED)


@dataclass(frozen=True, slots=True)
class Sides:
    """Columns of a table: those of each language asked for, and of all the others."""

    asked: tuple[tuple[str, str, int], ...]
    others: NDArray[np.int64]

    @classmethod
    def of(cls, classes: Sequence[str], asked: Collection[str]) -> Sides:
        """The columns of `classes` by whether their language is `asked` for."""
        ours = [(language_of(name), name, place) for place, name in enumerate(classes)]
        others = [place for place, name in enumerate(classes) if language_of(name) not in asked]
        return cls(tuple(entry for entry in ours if entry[0] in asked), np.array(others, np.int64))

    def contest(self, scores: NDArray[np.float64], leanings: Sequence[str] = ()) -> Contest | None:
        """Who wins among the languages asked for; None when the script has none of them."""
        best: dict[str, tuple[float, str]] = {}
        for language, name, place in self.asked:
            score = float(scores[place]) + LEANING * leanings.count(language)
            if language not in best or score > best[language][0]:
                best[language] = (score, name)
        if not best:
            return None
        (score, name), second = sorted(((*best.values(), (-math.inf, ""))), reverse=True)[:2]
        other = float(scores[self.others].max()) if len(self.others) else -math.inf
        return Contest(name, min(score - second[0], FARTHEST), min(score - other, FARTHEST))


class Identifier:
    """Tells languages apart; built by `training.train`."""

    def __init__(self, tables: Mapping[Script, Table], shared: Collection[str]) -> None:
        self._tables = dict(tables)
        self._shared = frozenset(shared)
        self._known: dict[tuple[Script, frozenset[str]], Sides] = {}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Identifier:
        """The identifier of `arrays()`, which may be memory-mapped."""
        about = json.loads(bytes(arrays["about"]))
        tables = {
            Script[name]: Table(
                classes=tuple(entry["classes"]),
                unit=entry["unit"],
                weights=tuple(entry["weights"]),
                **{part: arrays[f"{name}.{part}"] for part in _PARTS},
            )
            for name, entry in about["tables"].items()
        }
        return cls(tables, about["shared"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it as arrays of numbers."""
        about = {
            kind.name: {"classes": table.classes, "unit": table.unit, "weights": table.weights}
            for kind, table in self._tables.items()
        }
        packed = json.dumps({"tables": about, "shared": sorted(self._shared)}).encode()
        found: dict[str, NDArray[Any]] = {"about": np.frombuffer(packed, np.uint8)}
        for kind, table in self._tables.items():
            found |= {f"{kind.name}.{part}": getattr(table, part) for part in _PARTS}
        return found

    @property
    def languages(self) -> frozenset[str]:
        """All languages that are recognised, to be named or refused."""
        return frozenset(language_of(name) for table in self._tables.values() for name in table.classes) | {"zh"}

    def detect(self, text: str, among: Collection[str], prior: str | None = None) -> Detected:
        """The language of `text`, one of `among`; None when it is too short, unsure or in another language.

        `prior` is the resident's stored choice: it wins ties and short messages.
        """
        text = text[:READ]
        kind = script(text)
        if kind is HAN:
            return Detected("zh", min(0.99, 0.6 + 0.1 * counts(text)[HAN])) if "zh" in among else NOTHING
        table = self._tables.get(kind)
        found = words(text, kind)
        if table is None or not found or sum(map(len, found)) < 2:
            return NOTHING
        own = [word for word in found if word not in self._shared] if kind is LATIN else found
        if not own:
            return self._official_terms(table, found, frozenset(among), prior)
        message = " ".join(own)
        if foreign(message, kind):
            return NOTHING
        prior = prior if prior in among else None
        leanings = [language for language in (prior, own_language(message, kind)) if language]
        result = self._sides(kind, frozenset(among)).contest(table.scores(own), leanings)
        return NOTHING if result is None else _judged(result, table.weights, len(own), len(text.split()), prior)

    def _official_terms(self, table: Table, found: Sequence[str], asked: frozenset[str], prior: str | None) -> Detected:
        """Finnish terms that people write in any language: the resident's own, else Finnish when they look it."""
        if prior in asked:
            return Detected(prior, OFFICIAL_WITH_PRIOR)
        result = self._sides(LATIN, asked).contest(table.scores(found))
        looks = result is not None and result.name == "fi" and min(result.ahead, result.over_others) >= CLEARLY
        return Detected("fi", OFFICIAL) if "fi" in asked and (len(found) > 1 or looks) else NOTHING

    def _sides(self, kind: Script, asked: frozenset[str]) -> Sides:
        """The columns for a set of languages, remembered."""
        if (kind, asked) not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[kind, asked] = Sides.of(self._tables[kind].classes, asked)
        return self._known[kind, asked]


def _judged(result: Contest, weights: Sequence[float], own: int, written: int, prior: str | None) -> Detected:
    """The winner with its confidence, or nobody; `own` of the words `written` are no official terms."""
    language = language_of(result.name)
    odds = log_odds(weights, result.features(own))
    if prior:
        odds += PRIOR if language == prior else -PRIOR
    confidence = 1 / (1 + math.exp(-odds))
    if written == 1 and language == prior:
        # One word is never sure, but a greeting in the resident's own language is just that.
        confidence = max(confidence, OWN_WORD)
    needed = SURE if written > 1 or language == prior else SURE_OF_ONE_WORD
    named = confidence >= needed
    return Detected(language if named else None, confidence, named and result.name.endswith(ROMANISED))


def log_odds(weights: Sequence[float], features: Sequence[float]) -> float:
    """The logarithm of the odds that the winner is right."""
    total = sum(weight * feature for weight, feature in zip(weights, features, strict=True))
    return max(-30.0, min(30.0, total))
