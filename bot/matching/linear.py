"""One-vs-rest linear scores from weights of one byte each, one row a feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 127
"""Weights are whole multiples of a 127th of their row's largest one."""

_ROWS = 20_000


def ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The indexes start ... start + length - 1 of every range, one after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


@dataclass(frozen=True, slots=True)
class Linear:
    """Feature f weighs `steps[f] * scales[f]` for the classes. Dense: gathering whole rows beats sparse sums."""

    steps: NDArray[np.int8]
    """Features x classes."""
    scales: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def of(cls, weights: Any, bias: NDArray[np.float64]) -> Linear:
        """From a sparse matrix of classes x features."""
        by_feature = weights.T.tocsr()
        steps = np.zeros(by_feature.shape, np.int8)
        scales = np.zeros(by_feature.shape[0], np.float32)
        for first in range(0, len(scales), _ROWS):
            dense = by_feature[first : first + _ROWS].toarray()
            scale = np.abs(dense).max(axis=1, initial=0) / STEPS
            scales[first : first + _ROWS] = scale
            steps[first : first + _ROWS] = np.rint(dense / np.where(scale == 0, 1, scale)[:, None])
        return cls(steps, scales, bias.astype(np.float32))

    def sums(self, rows: NDArray[np.int64], values: NDArray[np.float32]) -> NDArray[np.float32]:
        """What these features add to the margin of every class, to which `bias` belongs."""
        summed: NDArray[np.float32] = (values * self.scales[rows]) @ self.steps[rows].astype(np.float32)
        return summed
