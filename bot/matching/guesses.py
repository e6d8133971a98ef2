"""What the unknown words of a message may have been: slips and missing spaces, each guess with its share.

A guess is weighed by what was done to the word, by how many examples hold it and by how many hold it beside the words
that stand around it in the message. Several guesses are kept, since the message as a whole tells better than one word
which is right: the reading is the mean of the readings with each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import BIGRAMS, WORDS, in_block
from bot.matching.hashing import Joined
from bot.matching.model import Model
from bot.matching.speller import Near
from bot.matching.splitting import cuts_of

SLIP, SWAP, STRANGE, FOREIGN = 3.0, 1.0, 2.0, 3.0
"""What speaks against a guess, in units of the logarithm of a chance: every slip, less if it swapped two letters; a
letter that the guess has not; a language that is not the message's."""

CUT, REST = 6.0, 3.0
"""What speaks against two words for one, and more if one of them is unknown."""

STEM = -3.0
"""What speaks for a word as it is whose beginning the lexicon knows."""

HELD, BESIDE = 0.7, 1.0
"""What the logarithm of how many examples hold a guess, or hold it beside its neighbour, counts."""

WAYS = 4
"""Ways of a whole message that are read."""

GUESSES, LEAST = 3, 0.08
"""Guesses of one word that are kept, and the share that each has at least."""

_NONE = "\x00"

Scored = tuple[float, int, tuple[str, ...]]
"""What speaks against a guess, the less the better, its slips and its words."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What one unknown word is taken for: one known word, or two that were written together."""

    words: tuple[str, ...]
    share: float
    """Of all guesses of this word."""
    slips: int


def guesses(
    model: Model, words: Sequence[str], unknown: Sequence[str], stems: Sequence[str], tongues: int
) -> dict[str, list[Guess]]:
    """The likeliest guesses of each unknown word, best first; a word without any is left out.

    Of `stems` the lexicon knows the beginning: they are not misspelt, but may be two words.
    """
    near = [*model.speller.near(unknown, tongues), *[[] for _ in stems]]
    asked = [*unknown, *stems]
    cuts = cuts_of(asked, tongues, model.vocabulary, model.neighbours, model.speller)
    table: list[tuple[str, int, float, tuple[str, ...]]] = []
    for word, slipped, pairs in zip(asked, near, cuts, strict=True):
        at = words.index(word)
        before, after = words[at - 1] if at else _NONE, words[at + 1] if at + 1 < len(words) else _NONE
        table += [(word, one.slips, _cost(one), (before, one.word, after)) for one in slipped]
        table += [(word, 0, CUT + REST * (not both), (before, one, other, after)) for one, other, both in pairs]
        if pairs and word in stems:
            table.append((word, 0, -STEM, (before, word, after)))
    if not table or not len(model.vocabulary.hashes):
        return {}
    gains = _gains(model, [phrase for *_, phrase in table])
    scores: dict[str, list[Scored]] = {}
    for (word, slips, cost, phrase), gain in zip(table, gains.tolist(), strict=True):
        meant = phrase[1:-1]
        # A compound that the lexicon knows is one word and two.
        kept = (word,) if len(meant) > 1 and word in stems else ()
        scores.setdefault(word, []).append((cost - gain, slips, (*meant, *kept)))
    return {word: _shared(found) for word, found in scores.items()}


def _cost(near: Near) -> float:
    return SLIP * near.slips - SWAP * near.swaps + STRANGE * near.strange + FOREIGN * near.foreign


def _gains(model: Model, phrases: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """What speaks for the words inside each phrase: examples that hold them, and hold them beside their neighbours."""
    joined = Joined(phrases)
    sizes = np.array([len(phrase) for phrase in phrases])
    inside = np.ones(len(joined.starts), bool)
    firsts = np.cumsum(sizes) - sizes
    inside[firsts] = inside[firsts + sizes - 1] = False
    held = in_block(joined.raw(joined.starts[inside], joined.ends[inside]), WORDS)
    follows = np.flatnonzero(joined.owners[1:] == joined.owners[:-1])
    beside = in_block(joined.raw(joined.starts[follows], joined.ends[follows + 1]), BIGRAMS)
    logs = _logs(model, np.concatenate([held, beside]))
    logs[: len(held)] *= HELD
    logs[len(held) :] *= BESIDE
    owners = np.concatenate([joined.owners[inside], joined.owners[follows]])
    return np.bincount(owners, logs, len(phrases)).astype(np.float64)


def _logs(model: Model, hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
    """log(1 + examples that hold each feature)."""
    rows = model.vocabulary.rows(hashes)
    messages = len(model.neighbours.classes)
    counts = (1 + messages) * np.exp(1 - model.vocabulary.idf[rows].astype(np.float64)) - 1
    return np.where(rows >= 0, np.log1p(np.maximum(counts, 0)), 0.0)


def _shared(scored: list[Scored]) -> list[Guess]:
    """The likeliest guesses with shares that add up to 1."""
    scored = sorted(scored)[:GUESSES]
    least = scored[0][0]
    weights = [exp(least - cost) for cost, *_ in scored]
    needed = LEAST * sum(weights)
    total = sum(weight for weight in weights if weight >= needed)
    return [
        Guess(words, weight / total, slips)
        for (_, slips, words), weight in zip(scored, weights, strict=True)
        if weight >= needed
    ]


def ways(words: Sequence[str], guessed: Mapping[str, Sequence[Guess]]) -> list[tuple[float, list[str]]]:
    """(share, words) of the message with each unknown word replaced by one of its guesses, likeliest first.

    The best guesses of all words go together, then the next: every guess has its share, whatever it goes with. At most
    `WAYS` are given; their shares add up to 1.
    """
    bounds = {word: np.cumsum([one.share for one in found]) for word, found in guessed.items()}
    ends = np.unique(np.round(np.concatenate(list(bounds.values())), 6))
    begins = np.append(0.0, ends[:-1])
    sizes = ends - begins
    kept = np.argsort(-sizes, kind="stable")[:WAYS]
    shares = (sizes[kept] / sizes[kept].sum()).tolist()
    found = []
    for share, middle in zip(shares, ((begins + ends) / 2)[kept].tolist(), strict=True):
        chosen = {word: guessed[word][int(np.searchsorted(bounds[word], middle))].words for word in guessed}
        found.append((share, [part for word in words for part in chosen.get(word, (word,))]))
    return found
