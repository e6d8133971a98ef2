"""Examples that say the same, or nearly: exact groups by folded words, near pairs by one sparse product.

Only features that few examples have are multiplied with each other, which leaves a thirtieth of the work; what the
common ones can add at most is known from their lengths, so that hardly a pair is missed: only one that shares nothing
but common features. The pairs that remain are then compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEAR = 0.85
"""Cosine of two messages' words, word pairs and letters from which they say nearly the same."""

COMMON = 300
"""Examples that share a feature from which on it is too common to look for pairs by."""

_TOGETHER = 4000
_COMPARED = 50_000


def groups(keys: Sequence[str]) -> list[list[int]]:
    """Places of the examples with equal folded words, two and more; those without words are in none."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        found[key].append(place)
    return [places for key, places in found.items() if key and len(places) > 1]


def near_pairs(matrix: Any, lengths: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """(place, later place, cosine) of every pair from `NEAR` on.

    `matrix` is sparse, examples x features; `lengths` are those of its rows, features that it leaves out included.
    """
    from scipy.sparse import diags_array

    scale = 1 / np.maximum(lengths, 1e-9)
    unit = (diags_array(scale.astype(np.float32)) @ matrix).tocsr()
    rare = np.bincount(unit.indices, minlength=unit.shape[1]) <= COMMON
    telling = unit[:, np.flatnonzero(rare)].tocsr()
    common = np.sqrt(np.maximum(_squares(unit) - _squares(telling), 0))
    pairs: list[tuple[int, int, float]] = []
    for one, other in _candidates(telling, common):
        for first in range(0, len(one), _COMPARED):
            left, right = one[first : first + _COMPARED], other[first : first + _COMPARED]
            cosines = np.asarray(unit[left].multiply(unit[right]).sum(axis=1)).ravel()
            close = cosines >= NEAR
            pairs += zip(left[close].tolist(), right[close].tolist(), cosines[close].tolist(), strict=True)
    return pairs


def _squares(matrix: Any) -> NDArray[np.float32]:
    """The squared length of every row."""
    return np.asarray(matrix.multiply(matrix).sum(axis=1), np.float32).ravel()


def _candidates(telling: Any, common: NDArray[np.float32]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Pairs whose telling features agree so much that the common ones may make up the rest."""
    for first in range(0, telling.shape[0], _TOGETHER):
        product = (telling[first : first + _TOGETHER] @ telling[first:].T.tocsr()).tocoo()
        enough = product.data >= NEAR - common[first + product.row] * common[first + product.col]
        enough &= product.row < product.col
        yield first + product.row[enough].astype(np.intp), first + product.col[enough].astype(np.intp)
