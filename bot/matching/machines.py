"""Linear weights from a matrix of examples: a support vector machine a class, against its hardest negatives.

Against all others of 46,000 examples a class would take seconds. Two rounds find the ones that matter; the first of a
catalogue with a lexicon sees only the commonest words and concepts.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching import softmax
from bot.matching.features import CHARS, CONCEPTS
from bot.matching.linear import Linear
from bot.matching.settings import MatchSettings

PRUNED = 0.02
"""Weights below this are dropped while training: they cost memory and change no accuracy."""

ALL_AT_ONCE = 6000
"""Up to so many examples every class is trained against all others; above, against the hardest only."""

FIRST_HARD, SECOND_HARD, RANDOM = 1000, 3000, 1000
"""Negatives a class in the first round (nearest centroids), in the second (highest margins), and at random."""

COMMONEST, LEFT_OUT = 1 << 15, CHARS
"""With a lexicon the first round sees so many of the commonest features, and while it trains not this block: an eighth
of all entries find as good negatives. Without one it needs them all: CLINC150 lost 0.2 points."""

TOLERANCE, LOOSE = 0.3, 1.0
"""Where the descent stops; earlier against the hardest negatives of a catalogue with a lexicon: it costs nothing."""

MANY, SPARED = 25_000, 0.65
"""Above so many examples this share of the negatives is used: a third less time for 0.1 points less accuracy."""

TOGETHER = 25
"""Classes whose dense directions are held in memory at a time."""

Report = Callable[[float], None]
"""Hears the share of a model that is done."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Examples as a sparse matrix, a column a feature."""

    matrix: Any
    """A scipy CSR matrix of float64."""
    classes: NDArray[np.uint16]
    """Of each row."""
    blocks: NDArray[np.uint64]
    """Of each column."""

    def columns(self, chosen: NDArray[np.intp]) -> Rows:
        """All rows with these columns, in their order."""
        return Rows(self.matrix[:, chosen], self.classes, self.blocks[chosen])

    @property
    def class_count(self) -> int:
        """Classes are numbered from 0 to below this."""
        return int(self.classes.max()) + 1


def trained(rows: Rows, settings: MatchSettings, report: Report) -> Linear:
    """One-vs-rest weights; with many examples, each class's against its hardest negatives, and `rows` are used up."""
    count = len(rows.classes)
    if count > ALL_AT_ONCE:
        return Linear.of(*_against_hardest(rows, settings, report))
    everything = [np.arange(count)] * rows.class_count
    weights, bias = _fit(everything, rows, settings, TOLERANCE, lambda done: report(0.1 + 0.7 * done))
    if rows.class_count > 2 and count <= softmax.MOST:
        weights, bias = softmax.averaged(rows.matrix, rows.classes, weights, bias)
    return Linear.of(weights, bias)


def _against_hardest(rows: Rows, settings: MatchSettings, report: Report) -> tuple[Any, NDArray[np.float64]]:
    """Weights and biases from two rounds; the columns of `rows.matrix` are moved."""
    count = len(rows.classes)
    spared = SPARED if count > MANY else 1.0
    first_hard, second_hard, drawn = (int(spared * number) for number in (FIRST_HARD, SECOND_HARD, RANDOM))
    random = np.random.default_rng(settings.seed)
    order = _by_frequency(rows)
    rows = replace(rows, blocks=rows.blocks[order])
    common, first, tolerance = _glimpses(rows)
    near = _hardest(common, _centroids(common), first_hard)
    chosen = [np.union1d(one, random.integers(0, count, drawn)) for one in near]
    report(0.2)
    weights, _ = _fit(chosen, first, settings, tolerance, lambda done: report(0.2 + 0.15 * done))
    hard = _hardest(first, weights, second_hard)
    chosen = [np.union1d(one, other) for one, other in zip(chosen, hard, strict=True)]
    report(0.4)
    weights, bias = _fit(chosen, rows, settings, tolerance, lambda done: report(0.4 + 0.5 * done))
    weights.indices = order[weights.indices]
    return weights, bias


def _glimpses(rows: Rows) -> tuple[Rows, Rows, float]:
    """What the first round finds its negatives in, what it trains on, and the tolerance; common columns are first."""
    if not (rows.blocks == CONCEPTS).any():
        return rows, rows, TOLERANCE
    common = rows.columns(np.arange(min(COMMONEST, len(rows.blocks))))
    return common, common.columns(np.flatnonzero(common.blocks != LEFT_OUT)), LOOSE


def _by_frequency(rows: Rows) -> NDArray[np.intp]:
    """Moves the columns so that the commonest come first, in place for the memory's sake; where each one was.

    Common features side by side are in the cache more often: a fifth less time.
    """
    matrix, count = rows.matrix, len(rows.blocks)
    order = np.argsort(-np.bincount(matrix.indices, minlength=count), kind="stable")
    places = np.empty(count, matrix.indices.dtype)
    places[order] = np.arange(count)
    matrix.indices = places[matrix.indices]
    matrix.has_sorted_indices = False
    matrix.sort_indices()
    return order


def _centroids(rows: Rows) -> Any:
    """The mean direction of each class's examples, sparse, classes x features."""
    from scipy import sparse

    count = len(rows.classes)
    members = sparse.csr_matrix((np.ones(count), (rows.classes, np.arange(count))), shape=(rows.class_count, count))
    sums = members @ rows.matrix
    lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    return (sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ sums).tocsr()


def _hardest(rows: Rows, directions: Any, count: int) -> list[NDArray[np.intp]]:
    """For each class all its members and the `count` others that lie farthest along its (sparse) direction."""
    chosen = []
    compact = rows.matrix.astype(np.float32)
    class_count = directions.shape[0]
    for first in range(0, class_count, TOGETHER):
        dense = directions[first : first + TOGETHER].astype(np.float32).toarray()
        scores = compact @ np.ascontiguousarray(dense.T)
        for number in range(first, min(class_count, first + TOGETHER)):
            along = scores[:, number - first].copy()
            own = rows.classes == number
            along[own] = np.inf
            size = min(len(along), int(own.sum()) + count)
            chosen.append(np.argpartition(-along, size - 1)[:size])
    return chosen


def _fit(
    chosen: Sequence[NDArray[np.intp]],
    rows: Rows,
    settings: MatchSettings,
    tolerance: float,
    report: Report,
) -> tuple[Any, NDArray[np.float64]]:
    """Sparse weights (a row a class) and biases, each class trained on its `chosen` examples."""
    from scipy import sparse
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    found, bias = [], np.full(len(chosen), -1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for number, places in enumerate(chosen):
            own = rows.classes[places] == number
            if own.all():
                found.append(sparse.csr_matrix((1, len(rows.blocks))))
                bias[number] = 0.0
                continue
            machine = LinearSVC(C=settings.cost, tol=tolerance, random_state=settings.seed)
            machine.fit(rows.matrix[places], own)
            weights = machine.coef_.ravel()
            kept = np.flatnonzero(np.abs(weights) >= PRUNED)
            found.append(sparse.csr_matrix((weights[kept], kept, [0, len(kept)]), shape=(1, len(weights))))
            bias[number] = machine.intercept_[0]
            report((number + 1) / len(chosen))
    return sparse.vstack(found, format="csr"), bias
