"""Known features and their weights: a message as a sparse vector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import BLOCK_SHIFT, BLOCKS, CONCEPTS, Features
from bot.matching.hashing import Hashes

BLOCK_WEIGHTS = np.array([0.5, 0.3, 0.3, 1.0, 0.6, 0.8], np.float32)
"""Length of each block's vector; chosen by cross-validation on the catalogue's examples in all languages."""

TEXT_WEIGHTS = np.array([0.5, 0.4, 0.6, 1.0, 0.0, 0.0], np.float32)
"""The same without a lexicon, where pairs of words say what pairs of concepts otherwise do; chosen on BANKING77's
training set and CLINC150's validation set."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sorted feature hashes with their inverse document frequencies."""

    hashes: Hashes
    idf: NDArray[np.float32]

    def rows(self, hashes: Hashes) -> NDArray[np.int64]:
        """Row of each hash, -1 where it is unknown."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, np.int64)
        at = np.searchsorted(self.hashes, hashes)
        at[at == len(self.hashes)] = 0
        return np.where(self.hashes[at] == hashes, at, -1)

    def vector(self, message: Features) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and values of the known features: sublinear TF-IDF, each block scaled to its weight."""
        rows = self.rows(message.hashes)
        known = np.flatnonzero(rows >= 0)
        rows = rows[known]
        values = (1 + np.log(message.counts[known])) * self.idf[rows]
        blocks = (message.hashes[known] >> BLOCK_SHIFT).astype(np.int64)
        lengths = np.sqrt(np.bincount(blocks, values * values, BLOCKS))
        lengths[lengths == 0] = 1
        return rows, values * (self._weights / lengths).astype(np.float32)[blocks]

    @property
    def _weights(self) -> NDArray[np.float32]:
        """The length of each block's vector."""
        return BLOCK_WEIGHTS if self.first(CONCEPTS) < len(self.hashes) else TEXT_WEIGHTS

    def vectors(
        self, hashes: Hashes, counts: NDArray[np.float32], owners: NDArray[np.int64], messages: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Rows, values and owners of the known features of many messages; `owners` numbers each feature's message."""
        rows = self.rows(hashes)
        known = rows >= 0
        rows, owners = rows[known], owners[known]
        values = (1 + np.log(counts[known])) * self.idf[rows]
        blocks = (hashes[known] >> BLOCK_SHIFT).astype(np.int64)
        cells = owners * BLOCKS + blocks
        lengths = np.sqrt(np.bincount(cells, values * values, messages * BLOCKS))
        lengths[lengths == 0] = 1
        scales = (np.tile(self._weights, messages) / lengths).astype(np.float32)
        return rows, values * scales[cells], owners

    def first(self, block: int) -> int:
        """The first row of a block and of those after it."""
        return int(np.searchsorted(self.hashes, np.uint64(block) << BLOCK_SHIFT))
