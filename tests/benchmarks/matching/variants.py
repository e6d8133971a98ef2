"""The matcher with one part taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from bot.matching import vocabulary
from bot.matching.features import BIGRAMS, CHARS, CONCEPT_PAIRS, CONCEPTS, PAIRS, WORDS, features
from bot.matching.matcher import Matcher, Reading
from bot.matching.model import Model

Read = Callable[[Matcher, list[str]], Reading]


def usual(matcher: Matcher, words: list[str]) -> Reading:
    """As the matcher reads."""
    return matcher.read(words)


def unlike(matcher: Matcher, words: list[str]) -> Reading:
    """Without the comparison with single examples."""
    reading = matcher.read(words)
    return replace(reading, likeness=np.zeros_like(reading.likeness))


def unestranged(matcher: Matcher, words: list[str]) -> Reading:
    """Without what the class of out-of-scope messages says."""
    return replace(matcher.read(words), stranger=-1.0)


def without_speller(model: Model) -> Model:
    """A model that knows no word to correct to."""
    speller = model.speller
    return replace(model, speller=replace(speller, keys=speller.keys[:0], owners=speller.owners[:0]))


def liked(matcher: Matcher, words: list[str]) -> Reading:
    """By the likeness to single examples alone, of all classes."""
    model, reading = matcher.model, matcher.read(words)
    spelt, _, concepts = matcher.spelt(words)
    rows, _ = model.vocabulary.vector(features(spelt, concepts))
    everything = np.arange(len(model.intents))
    found = model.neighbours.likeness(spelt, rows, model.vocabulary.idf[rows], everything, len(everything))
    best = np.argsort(-found, kind="stable")[: model.top]
    nothing = np.zeros(len(best), np.float32)
    return Reading(best, found[best], nothing, nothing, nothing, -1.0, reading.known)


@dataclass(frozen=True, slots=True)
class Variant:
    """One row of the table; `blocks` weigh nothing while training and reading."""

    name: str
    buys: str
    """What the part is for, in a line."""
    blocks: tuple[int, ...] = ()
    lexicon: bool = True
    read: Read = usual
    change: Callable[[Model], Model] = field(default=lambda model: model)

    @property
    def trains(self) -> bool:
        """False when the whole matcher's model serves."""
        return bool(self.blocks) or not self.lexicon

    @contextmanager
    def weighed(self) -> Iterator[None]:
        """Within, the variant's blocks weigh nothing."""
        before = vocabulary.BLOCK_WEIGHTS
        weights = before.copy()
        weights[list(self.blocks)] = 0
        vocabulary.BLOCK_WEIGHTS = weights
        try:
            yield
        finally:
            vocabulary.BLOCK_WEIGHTS = before


WHOLE = Variant("the whole matcher", "")

VARIANTS = (
    WHOLE,
    Variant("without words", "whole words: exact terms and names of services", (WORDS,)),
    Variant("without word bigrams", "two words in a row: fixed terms, and who does what to whom", (BIGRAMS,)),
    Variant("without word pairs", "two words anywhere: the same with a free order of words", (PAIRS,)),
    Variant("without characters", "2-5 letters: inflection, compounds, slips, related languages", (CHARS,)),
    Variant("without concept pairs", "two concepts together: most intents are a person or thing and an act",
            (CONCEPT_PAIRS,)),
    Variant("without concepts", "the lexicon: what is learned in one language counts in all; the single concepts too",
            (CONCEPTS, CONCEPT_PAIRS), lexicon=False),
    Variant("without speller", "the nearest known word for a mistyped one", change=without_speller),
    Variant("without stranger class", "a refusal of what editors wrote down as out of scope; ranks nothing",
            read=unestranged),
    Variant("without rapidfuzz", "the best eight compared with single examples, letter by letter", read=unlike),
    Variant("nothing but rapidfuzz", "everything above: what remains is the most similar example", read=liked),
)  # fmt: skip
