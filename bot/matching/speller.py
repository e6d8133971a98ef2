"""The nearest known word for a mistyped one, found through shared deletions and verified with OSA distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.matching.texts import Texts

SHORTEST, LONGEST = 4, 24
"""Lengths of words that are corrected: of shorter ones every second is a neighbour of another."""

TWICE, LONGEST_TWICE = 6, 14
"""Lengths of words in which two slips are looked for: shorter ones would be guessed, longer ones have too many keys."""

WIDE = 10_000
"""Known words from which on an unknown one is likelier mistyped twice than just rare; with fewer, only words of
`TWICE_NARROW` letters with a slip each in both are corrected."""

TWICE_NARROW = 8

_BITS = np.arange(32, dtype=np.uint32)

TRIED = 64
"""Candidates that are compared for one word."""


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
class Correction:
    """A known word and how many slips it is away."""

    word: str
    slips: int


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

    def correct(self, word: str, tongues: int = 0) -> Correction | None:
        """The nearest known word, one of the message's `tongues` before others, the commonest of several.

        Near are words one slip away; from six letters on also two. A word that is right is not corrected.
        """
        if not _correctable(word) or not len(self.keys):
            return None
        limit = 2 if len(word) >= (TWICE if self._wide else TWICE_NARROW) else 1
        best: tuple[int, int, int] | None = None
        for owner in self._candidates(word, tongues):
            distance = OSA.distance(word, self.words[owner], score_cutoff=limit)
            if distance <= limit:
                foreign = bool(tongues) and not int(self.tongues[owner]) & tongues
                found = (distance + foreign, distance, owner)
                best = min(best, found) if best else found
        return Correction(self.words[best[2]], best[1]) if best and best[1] else None

    def _candidates(self, word: str, tongues: int) -> Iterator[int]:
        """Words that share a deletion, those of the message's languages first, then the commonest."""
        keys = np.array(_keys(word, wide=self._wide), np.uint32)
        first, last = np.searchsorted(self.keys, keys), np.searchsorted(self.keys, keys, "right")
        spans = [self.owners[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True) if b > a]
        if not spans:
            return
        owners = np.unique(np.concatenate(spans))
        if len(owners) > TRIED:
            foreign = (self.tongues[owners] & np.uint32(tongues)) == 0
            owners = owners[np.argsort(foreign, kind="stable")][:TRIED]
        yield from owners.tolist()
