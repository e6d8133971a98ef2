"""Examples that resemble a message: the few that share its rarer words, compared with rapidfuzz."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.matching.linear import ranges
from bot.matching.texts import Texts

COMPARED = 40
"""Examples that are compared letter by letter."""

POSTINGS = 6000
"""Occurrences of the message's words that are followed, rarest words first."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Folded examples with their classes, and for every word row the examples that hold it."""

    examples: Texts
    classes: NDArray[np.uint16]
    pointers: NDArray[np.int64]
    """Word rows only, plus one."""
    postings: NDArray[np.uint32]

    def holders(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many examples hold the word of each row; 0 for -1."""
        counts: NDArray[np.int64] = self.pointers[rows + 1] - self.pointers[rows]
        return np.where(rows >= 0, counts, 0)

    def likeness(
        self,
        words: list[str],
        rows: NDArray[np.int64],
        idf: NDArray[np.float32],
        top: NDArray[np.intp],
        class_count: int,
    ) -> NDArray[np.float32]:
        """For each class of `top` the best likeness, 0 to 1, of the message to one of its examples."""
        found = np.zeros(len(top), np.float32)
        in_top = np.full(class_count, -1, np.int64)
        in_top[top] = np.arange(len(top))
        wordy = rows < len(self.pointers) - 1
        rows, idf = rows[wordy], idf[wordy]
        order = np.argsort(-idf, kind="stable")
        rows, idf = rows[order], idf[order]
        starts = self.pointers[rows]
        lengths = self.pointers[rows + 1] - starts
        enough = int(np.searchsorted(np.cumsum(lengths), POSTINGS)) + 1
        starts, lengths, idf = starts[:enough], lengths[:enough], idf[:enough]
        holders = self.postings[ranges(starts, lengths)]
        place = in_top[self.classes[holders]]
        inside = place >= 0
        if not inside.any():
            return found
        holders, which = np.unique(holders[inside], return_inverse=True)
        shared = np.bincount(which, np.repeat(idf, lengths)[inside])
        if len(holders) > COMPARED:
            holders = holders[np.argpartition(-shared, COMPARED)[:COMPARED]]
        query = " ".join(sorted(words))
        likeness = process.cdist([query], self.examples.many(holders), scorer=fuzz.ratio)[0]
        np.maximum.at(found, in_top[self.classes[holders]], (likeness / 100).astype(np.float32))
        return found
