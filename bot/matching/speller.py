"""Known words near a mistyped one, found through shared deletions and verified with OSA distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

from bot.matching.linear import ranges
from bot.matching.texts import Texts

SHORTEST, LONGEST = 2, 24
"""Lengths of words that are corrected."""

TWICE, LONGEST_TWICE = 4, 14
"""Lengths of words in which two slips are looked for: longer ones have too many keys."""

WIDE = 10_000
"""Known words from which on an unknown one is likelier mistyped than just rare. With fewer, only words from
`SHORTEST_NARROW` letters on are corrected, and two slips only in words of `TWICE_NARROW` with a slip each in both."""

SHORTEST_NARROW, TWICE_NARROW = 4, 8

TRIED = 160
"""Known words of the message's languages that are compared with one unknown word; a quarter of it, of others."""

_BITS = np.arange(32, dtype=np.uint32)


def _keys(word: str, *, wide: bool) -> list[int]:
    """Checksums of the word and of the word without each one, or two, of its letters."""
    most = 2 if wide and TWICE <= len(word) <= LONGEST_TWICE else 1
    forms = {word}
    for count in range(1, most + 1):
        for out in combinations(range(len(word)), count):
            forms.add("".join(letter for place, letter in enumerate(word) if place not in out))
    return [crc32(form.encode("utf-8", "replace")) for form in forms]


def _correctable(word: str) -> bool:
    """Words of letters only; a number must not be guessed."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


@dataclass(frozen=True, slots=True)
class Near:
    """A known word and how the typed one differs from it."""

    word: str
    slips: int
    swaps: int
    """Of the slips, those that swapped two letters."""
    strange: bool
    """The typed word has letters that this one has not."""
    foreign: bool
    """None of the message's languages has it."""


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words, commonest first, with the languages that have them, and a sorted index of their deletions."""

    words: Texts
    tongues: NDArray[np.uint32]
    """Bit i is set where language i has the word."""
    keys: NDArray[np.uint32]
    owners: NDArray[np.uint32]
    by_row: NDArray[np.uint32]
    """Languages of every word of the vocabulary, short ones too."""
    _read: dict[int, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Words that were decoded before."""

    @classmethod
    def of(cls, words: Sequence[tuple[str, int]], by_row: NDArray[np.uint32]) -> Speller:
        """An index over (word, languages that have it), given commonest first."""
        kept = [(word, tongues) for word, tongues in words if _correctable(word)]
        counts, keys = [], []
        for word, _ in kept:
            found = _keys(word, wide=len(kept) >= WIDE)
            counts.append(len(found))
            keys += found
        flat = np.array(keys, np.uint32)
        owners = np.repeat(np.arange(len(kept), dtype=np.uint32), counts)
        order = np.lexsort((owners, flat))
        tongues = np.array([mask for _, mask in kept], np.uint32)
        return cls(Texts.of(word for word, _ in kept), tongues, flat[order], owners[order], by_row)

    @property
    def _wide(self) -> bool:
        return len(self.words) >= WIDE

    def spoken(self, rows: NDArray[np.int64]) -> int:
        """The languages that most of a message's known words, given by their rows, have; 0 when they disagree."""
        if not len(rows):
            return 0
        counts = ((self.by_row[rows][:, None] >> _BITS) & np.uint32(1)).sum(axis=0)
        most = int(counts.max())
        return int(((counts == most) << np.arange(32)).sum()) if 2 * most > len(rows) else 0

    def near(self, words: Sequence[str], tongues: int = 0) -> list[list[Near]]:
        """For each unknown word the known ones near it, nearest and commonest first; of a word that is right, none.

        Near are words of the message's `tongues` one slip away, from four letters on two; and words of other languages
        that are one slip away, from six letters on two.
        """
        wide = self._wide
        sought = [_keys(word, wide=wide) if self._limit(word) else [] for word in words]
        if not len(self.keys) or not any(sought):
            return [[] for _ in words]
        keys = np.array([key for each in sought for key in each], np.uint32)
        first, last = np.searchsorted(self.keys, keys), np.searchsorted(self.keys, keys, "right")
        found, begin = [], 0
        for word, each in zip(words, sought, strict=True):
            part = slice(begin, begin + len(each))
            begin = part.stop
            owners = np.unique(self.owners[ranges(first[part], last[part] - first[part])])
            found.append(self._compared(word, owners, tongues))
        return found

    def _limit(self, word: str, *, foreign: bool = False) -> int:
        """Slips that are looked for."""
        if not _correctable(word) or (not self._wide and len(word) < SHORTEST_NARROW):
            return 0
        if foreign and len(word) < SHORTEST_NARROW:
            return 0
        twice = TWICE_NARROW if not self._wide else TWICE + 2 if foreign else TWICE
        return 2 if len(word) >= twice else 1

    def _compared(self, word: str, owners: NDArray[np.uint32], tongues: int) -> list[Near]:
        """Those of the words that are near enough."""
        if not len(owners):
            return []
        own = (self.tongues[owners] & np.uint32(tongues)) != 0 if tongues else np.ones(len(owners), bool)
        groups = ((owners[own][:TRIED], False), (owners[~own][: TRIED // 4], True))
        letters = set(word)
        found: list[tuple[int, int, Near]] = []
        for group, foreign in groups:
            if found:
                break
            limit = self._limit(word, foreign=foreign)
            if not limit or not len(group):
                continue
            candidates = [self._word(owner) for owner in group.tolist()]
            distances = cdist([word], candidates, scorer=OSA.distance, score_cutoff=limit)[0]
            for place in np.flatnonzero(distances <= limit).tolist():
                other, slips = candidates[place], int(distances[place])
                if not slips:
                    return []
                swaps = Levenshtein.distance(word, other) - slips
                strange = not letters.issubset(other)
                found.append((slips + foreign, place, Near(other, slips, swaps, strange, foreign)))
        return [near for *_, near in sorted(found, key=lambda one: one[:2])]

    def _word(self, owner: int) -> str:
        """A known word by its number."""
        word = self._read.get(owner)
        if word is None:
            word = self._read[owner] = self.words[owner]
        return word
