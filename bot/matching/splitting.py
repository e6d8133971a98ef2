"""Where two words were written together: every cut of an unknown word into two known ones, or one and a rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.features import WORDS, in_block
from bot.matching.hashing import Joined
from bot.matching.linear import ranges
from bot.matching.neighbours import Neighbours
from bot.matching.speller import Speller
from bot.matching.vocabulary import Vocabulary

SHORTEST, LONGEST = 4, 40
"""Letters of a word that is cut."""

ALONE, REST = 4, 3
"""Letters of a known part beside one that is unknown, and of the latter."""

Cut = tuple[str, str, bool]
"""Both parts, and whether both are known."""


def cuts_of(
    words: Sequence[str], tongues: int, vocabulary: Vocabulary, neighbours: Neighbours, speller: Speller
) -> list[list[Cut]]:
    """For each word its cuts into two words that examples hold, of the message's `tongues` or of one language.

    The longest known beginning and end are cut off too, when the rest is no word.
    """
    found: list[list[Cut]] = [[] for _ in words]
    which = [place for place, word in enumerate(words) if SHORTEST <= len(word) <= LONGEST]
    if not which or not len(speller.by_row):
        return found
    joined = Joined([[words[place] for place in which]])
    sizes = joined.ends - joined.starts - 1
    starts, ends = np.repeat(joined.starts, sizes), np.repeat(joined.ends, sizes)
    middles = ranges(joined.starts + 1, sizes)
    parts = joined.raw(np.concatenate([starts, middles]), np.concatenate([middles, ends]))
    rows = vocabulary.rows(in_block(parts, WORDS))
    spoken = np.where(neighbours.holders(rows) > 0, speller.by_row[rows], 0) & np.uint32(tongues or 0xFFFFFFFF)
    by_left, by_right = spoken[: len(starts)], spoken[len(starts) :]
    owners = np.repeat(np.arange(len(which)), sizes)
    known = (by_left & by_right) != 0
    begins, rests = middles - starts, ends - middles
    first = (by_left != 0) & (begins >= ALONE) & (rests >= REST)
    last = (by_right != 0) & (rests >= ALONE) & (begins >= REST)
    for number, place in enumerate(which):
        word, own = words[place], np.flatnonzero(owners == number)
        cuts = {int(begins[at]): True for at in own[known[own]]}
        for at in (*own[first[own]][-1:], *own[last[own]][:1]):
            cuts.setdefault(int(begins[at]), False)
        found[place] = [(word[:cut], word[cut:], both) for cut, both in cuts.items()]
    return found
