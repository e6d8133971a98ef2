"""From margins to a confidence that keeps its word: logistic regression on texts that were not counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.language.identifier import Sides, Table, language_of

FOREIGN = 0.1
"""Share of messages in other languages that the confidence is made for."""

MOST = 2000
"""Texts that are enough to calibrate with."""

UNCALIBRATED = (0.3, 1.0, 0.4)
"""Weights where there are fewer texts than `FEWEST` to calibrate with: about those of the full catalogue."""

FEWEST = 300
"""Texts of ours below which a fit would be chance."""

_STEPS = 30
_RIDGE = 1e-3


def calibrate(table: Table, held: Sequence[tuple[str, tuple[str, ...]]], ours: Collection[str]) -> tuple[float, ...]:
    """Weights of `Contest.features`, of messages as they were written and of pieces of one to three words."""
    sides = Sides.of(table.classes, ours)
    features, right, weight = [], [], []
    for name, message in _chosen(held, ours):
        for piece in _pieces(message):
            result = sides.contest(table.scores(piece))
            if result is None:
                continue
            features.append(result.features(len(piece)))
            right.append(language_of(result.name) == language_of(name))
            weight.append(language_of(name) in ours)
    known = np.array(weight, bool)
    if known.sum() < FEWEST or known.all():
        return UNCALIBRATED
    shares = np.where(known, (1 - FOREIGN) / known.sum(), FOREIGN / (~known).sum()) * len(known)
    return tuple(_fit(np.array(features), np.array(right, float), shares).tolist())


def _chosen(
    held: Sequence[tuple[str, tuple[str, ...]]], ours: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All of the other languages, and evenly at most `MOST` of ours."""
    own = [row for row in held if language_of(row[0]) in ours]
    yield from (row for row in held if language_of(row[0]) not in ours)
    yield from own[:: 1 + len(own) // MOST]


def _pieces(message: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The message, and a piece of it when it is long."""
    yield message
    size = 1 + len(message) % 3
    if len(message) > size + 1:
        start = crc32(" ".join(message).encode("utf-8", "surrogatepass")) % (len(message) - size)
        yield message[start : start + size]


def _fit(features: NDArray[np.float64], right: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Newton's steps to the most likely weights."""
    weights = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        slope = features.T @ (shares * (right - expected)) - _RIDGE * len(right) * weights
        bend = (features * (shares * expected * (1 - expected))[:, None]).T @ features
        step = np.linalg.solve(bend + _RIDGE * len(right) * np.eye(len(weights)), slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights
