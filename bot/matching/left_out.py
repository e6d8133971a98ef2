"""Scores of every example by a model that has not seen it: cross-validated ridge regression, all classes at once.

Why ridge: one system of equations serves all classes, whereas support vector machines are trained a class at a time.
It is solved by conjugate gradients whose search directions all classes share (block CG, O'Leary 1980). A step is two
products of the sparse matrix with a dense block as wide as there are classes, and because every class profits from the
directions of all others, six steps are enough. They stop before convergence, which regularises as well.

Which fold an example falls into follows from its own words and place, so that an edit moves nobody else's.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Report = Callable[[float], None]
Dense = NDArray[np.float32]

FOLDS = 5
AT_ONCE = 2
"""Folds under way at the same time; each takes about half a gigabyte at full size."""
STEPS = 6
"""Of conjugate gradients; more change the shares of right ones by a few tenths of a point."""

STRENGTH = 0.5
"""Of the regularisation; chosen by cross-validation on the examples, flat between 0.2 and 1."""

_DEGENERATE = 1e-6
"""Share of the largest singular value squared below which a search direction is dropped."""


def folds(keys: Sequence[str], intents: Sequence[str], languages: Sequence[str]) -> NDArray[np.intp]:
    """A fold number for every example, dealt out within its intent and language in the order of a checksum."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, group in enumerate(zip(intents, languages, strict=True)):
        groups[group].append(place)
    numbers = np.zeros(len(keys), np.intp)
    for group, members in groups.items():
        members.sort(key=lambda place: (_checksum(keys[place]), place))
        numbers[members] = (np.arange(len(members)) + _checksum("/".join(group))) % FOLDS
    return numbers


def _checksum(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))


def left_out_scores(matrix: Any, classes: NDArray[np.intp], folded: NDArray[np.intp], report: Report) -> Dense:
    """Examples x classes: about 1 for the class that the model means, about 0 for the others.

    `matrix` is sparse, examples x features; `report` hears the share that is done.
    """
    scores = np.zeros((len(classes), int(classes.max(initial=-1)) + 1), np.float32)

    def leave_out(fold: int) -> None:
        held, kept = np.flatnonzero(folded == fold), np.flatnonzero(folded != fold)
        if len(held) and len(kept):
            targets = np.zeros((len(kept), scores.shape[1]), np.float32)
            targets[np.arange(len(kept)), classes[kept]] = 1
            scores[held] = matrix[held] @ _ridge(matrix[kept], targets)

    # Threads, since the products of scipy and numpy let others run; more than a few would only cost memory.
    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        for done, _ in enumerate(pool.map(leave_out, range(FOLDS)), 1):
            report(done / FOLDS)
    return scores


def _ridge(matrix: Any, targets: Dense) -> Dense:
    """Weights, features x classes."""
    across = matrix.T.tocsr()
    found = np.zeros_like(targets)
    missing = targets.copy()
    directions = _orthonormal(missing)
    for step in range(STEPS):
        moved = matrix @ (across @ directions) + np.float32(STRENGTH) * directions
        curvature = np.linalg.pinv((directions.T @ moved).astype(np.float64), hermitian=True)
        lengths = (curvature @ (directions.T @ missing)).astype(np.float32)
        found += directions @ lengths
        if step == STEPS - 1:
            break
        missing -= moved @ lengths
        conjugate = (curvature @ (moved.T @ missing)).astype(np.float32)
        directions = _orthonormal(missing - directions @ conjugate)
    weights: Dense = across @ found
    return weights


def _orthonormal(block: Dense) -> Dense:
    """An orthonormal basis of what the columns span; directions that rounding would decide are left out."""
    values, vectors = np.linalg.eigh((block.T @ block).astype(np.float64))
    good = values > max(_DEGENERATE * values.max(initial=0.0), np.finfo(np.float64).tiny)
    basis: Dense = block @ (vectors[:, good] / np.sqrt(values[good])).astype(np.float32)
    return basis
