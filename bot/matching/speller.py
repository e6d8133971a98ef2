"""The nearest known word for a mistyped one, found through shared deletions and verified with OSA distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.matching.texts import Texts

SHORTEST, LONGEST = 4, 24
"""Lengths of words that are corrected: of shorter ones every second is a neighbour of another."""

TRIED = 64
"""Candidates that are compared for one word."""


def _keys(word: str) -> list[int]:
    """Checksums of the word and of the word without each one of its letters."""
    forms = {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
    return [crc32(form.encode("utf-8", "replace")) for form in forms]


def _correctable(word: str) -> bool:
    """Words of letters only; a number must not be guessed."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words, commonest first, and a sorted index of their one-letter deletions."""

    words: Texts
    keys: NDArray[np.uint32]
    owners: NDArray[np.uint32]

    @classmethod
    def of(cls, words: Sequence[str]) -> Speller:
        """An index over `words`, given commonest first."""
        kept = [word for word in words if _correctable(word)]
        pairs = [(key, owner) for owner, word in enumerate(kept) for key in _keys(word)]
        table = np.array(sorted(pairs), np.uint32).reshape(-1, 2)
        return cls(Texts.of(kept), table[:, 0].copy(), table[:, 1].copy())

    def correct(self, word: str) -> str | None:
        """The nearest known word, the commonest of several; None without one.

        Near are words one edit away; from eight letters on also two edits, where both words lose one letter at most.
        """
        if not _correctable(word) or not len(self.keys):
            return None
        keys = np.array(_keys(word), np.uint32)
        first, last = np.searchsorted(self.keys, keys), np.searchsorted(self.keys, keys, "right")
        owners = {int(owner) for a, b in zip(first, last, strict=True) for owner in self.owners[a:b]}
        limit = 2 if len(word) >= 8 else 1
        best: tuple[int, int] | None = None
        for owner in sorted(owners)[:TRIED]:
            distance = OSA.distance(word, self.words[owner], score_cutoff=limit)
            if distance <= limit and (best is None or (distance, owner) < best):
                best = (distance, owner)
        return self.words[best[1]] if best else None
