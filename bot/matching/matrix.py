"""Examples as one sparse matrix, with the features and weights that the matcher trains on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.lexicon import Lexicon
from bot.matching.features import BLOCK_SHIFT, CONCEPTS, WORDS
from bot.matching.training import Words, prepare
from bot.matching.vocabulary import Vocabulary

SHARED = 2
"""Examples that must hold a feature: one that only one example has cannot connect it with another."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are examples; columns are features that two examples share, the commonest first."""

    rows: Any
    """A scipy CSR matrix of float32."""
    textual: NDArray[np.bool_]
    """Columns of words, word pairs and letters, as against concepts."""
    text_lengths: NDArray[np.float32]
    """Of each row's textual part, features that no other example shares included."""
    keys: tuple[str, ...]
    """Each example's folded words."""

    def held_by(self, examples: int) -> Any:
        """The rows with the features alone that at least so many examples hold."""
        frequency = np.bincount(self.rows.indices, minlength=self.rows.shape[1])
        return self.rows[:, : int((frequency >= examples).sum())]


def matrix_of(texts: Sequence[str], languages: Sequence[str], intents: Sequence[str], lexicon: Lexicon) -> Matrix:
    """The matrix of these examples, rows in their order."""
    from scipy.sparse import csr_matrix

    data = prepare(texts, languages, intents, Words.of(lexicon).concepts)
    hashes = np.concatenate([message.hashes for message in data.features])
    counts = np.concatenate([message.counts for message in data.features])
    owners = np.repeat(np.arange(len(data)), [len(message.hashes) for message in data.features])
    known, frequency = np.unique(hashes, return_counts=True)
    # Words count in a row's length even where they are unique, as they do in training.
    kept = ((known >> BLOCK_SHIFT) == WORDS) | (frequency >= SHARED)
    idf = np.log((1 + len(data)) / (1 + frequency[kept])) + 1
    vocabulary = Vocabulary(known[kept], idf.astype(np.float32))
    columns, values, owners = vocabulary.vectors(hashes, counts, owners, len(data))
    textual = columns < vocabulary.first(CONCEPTS)
    lengths = np.sqrt(np.bincount(owners[textual], values[textual].astype(np.float64) ** 2, len(data)))
    order = np.argsort(-frequency[kept], kind="stable")
    order = order[frequency[kept][order] >= SHARED]
    number = np.full(len(vocabulary.hashes), -1, np.int64)
    number[order] = np.arange(len(order))
    columns = number[columns]
    shared = columns >= 0
    rows = csr_matrix(
        (values[shared], (owners[shared], columns[shared])), shape=(len(data), len(order)), dtype=np.float32
    )
    return Matrix(
        rows,
        order < vocabulary.first(CONCEPTS),
        lengths.astype(np.float32),
        tuple(" ".join(message.words) for message in data.features),
    )
