"""The ways in which a message may be meant, and their mean as one vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.language.folding import LONGEST_FOLDED
from bot.matching.features import features, features_of, word_hashes
from bot.matching.guesses import Guess, guesses, ways
from bot.matching.hashing import Joined
from bot.matching.model import Model

GUESSED = 12
"""Unknown words of one message that are guessed, and as many that the lexicon knows by their beginning."""


ENDING = 3
"""Letters after what the lexicon knows of a word, from which on they may be another word."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a message may be meant: its words, the concepts they name, and its share of all ways."""

    share: float
    words: list[str]
    concepts: list[int]


@dataclass(frozen=True, slots=True)
class Heard:
    """The ways in which a message may be meant, likeliest first; their shares add up to 1."""

    ways: tuple[Way, ...]
    known: float
    """Share of the words as written that are known; a corrected one counts half, one with two slips a quarter."""
    guessed: Mapping[str, Sequence[Guess]] = field(default_factory=dict)
    """What each unknown word may be, likeliest first."""
    joined: Joined | None = None
    """Of the words of the only way."""

    @property
    def words(self) -> list[str]:
        """The likeliest words."""
        return self.ways[0].words

    @property
    def concepts(self) -> list[int]:
        """What the likeliest words name."""
        return self.ways[0].concepts


def heard(model: Model, words: Sequence[str]) -> Heard:
    """Folded `words`, those that are unknown replaced by what they may be.

    Numbers below 100 tell nothing and count neither as known nor as unknown; others are never corrected.
    """
    joined = Joined([words])
    hashes = word_hashes(words, joined)
    row_of = dict(zip(words, model.vocabulary.rows(hashes).tolist(), strict=False))
    rows = np.array(list(row_of.values()), np.int64)
    # Words of the out-of-scope messages have rows too, but no example that holds them.
    held = model.neighbours.holders(rows) > 0
    known = {word: 1.0 for word, own in zip(row_of, held.tolist(), strict=True) if own}
    found = model.concepts.find(words, joined)
    # What the lexicon knows, in a word or a phrase, is not misspelt; but a long ending may be another word.
    named: dict[str, int] = {}
    for one in found:
        for word in words[one.first : one.last + 1]:
            named[word] = max(named.get(word, 0), one.letters)
    new = [word for word in row_of if word not in known]
    unknown = [word for word in new if word not in named][:GUESSED]
    stems = [word for word in new if len(word) >= named.get(word, LONGEST_FOLDED) + ENDING][:GUESSED]
    tongues = model.speller.spoken(rows[held]) if unknown or stems else 0
    guessed = guesses(model, words, unknown, stems, tongues) if unknown or stems else {}
    known.update({word: 0.5 / max(1, likeliest[0].slips) for word, likeliest in guessed.items()})
    known.update(dict.fromkeys(named, 1.0))
    telling = [word for word in words if len(word) > 2 or not word.isdigit()]
    share = sum(known.get(word, 0.0) for word in telling) / (len(telling) or 1)
    if not guessed:
        concepts = list(dict.fromkeys(one.concept for one in found))
        return Heard((Way(1.0, list(words), concepts),), share, joined=joined)
    meant = ways(words, guessed)
    concepts_of = model.concepts.numbers([spelt for _, spelt in meant])
    return Heard(tuple(Way(*way, named) for way, named in zip(meant, concepts_of, strict=True)), share, guessed)


def vector(model: Model, message: Heard) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Rows, ascending, and values of a message: the mean of its ways."""
    if len(message.ways) == 1:
        return model.vocabulary.vector(features(message.words, message.concepts, message.joined))
    found = list(features_of([way.words for way in message.ways], [way.concepts for way in message.ways]))
    rows, values, owners = model.vocabulary.vectors(
        np.concatenate([one.hashes for one in found]),
        np.concatenate([one.counts for one in found]),
        np.repeat(np.arange(len(found)), [len(one.hashes) for one in found]),
        len(found),
    )
    shares = np.array([way.share for way in message.ways], np.float32)
    rows, which = np.unique(rows, return_inverse=True)
    return rows, np.bincount(which, values * shares[owners], len(rows)).astype(np.float32)
