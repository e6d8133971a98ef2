"""A message as hashed features: the same numpy code when building and when asking.

Every feature is a 64-bit hash whose three highest bits name its block, so that one sorted array is the vocabulary and
a block is a range of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.language.folding import fold
from bot.language.tokens import tokens
from bot.matching.hashing import Hashes, Joined, mixed, together

WORDS, BIGRAMS, PAIRS, CHARS, CONCEPTS, CONCEPT_PAIRS = range(6)
"""Blocks: words; two words in a row; unordered pairs of words; character 2-5-grams inside words; the concepts that the
lexicon finds; unordered pairs of concepts."""
BLOCKS = 6
BLOCK_SHIFT = np.uint64(61)

PAIRED_WORDS = 24
"""Different words of a message that are paired; the pairs of a long message would drown it. Concepts likewise."""

FEW = 6
"""Messages whose pairs are found one after the other: what finds them together takes longer to begin."""

_LENGTHS = (2, 3, 4, 5)
_PAYLOAD = np.uint64((1 << 61) - 1)
_BLOCK_BITS = np.arange(BLOCKS, dtype=np.uint64) << BLOCK_SHIFT


def in_block(values: Hashes, block: int) -> Hashes:
    """Raw substring hashes as features, the block's number in their three highest bits."""
    return (mixed(values) & _PAYLOAD) | (np.uint64(block) << BLOCK_SHIFT)


@dataclass(frozen=True, slots=True)
class Features:
    """Different features of one message, sorted, with how often each occurs; `words` are its tokens in order."""

    hashes: Hashes
    counts: NDArray[np.float32]
    words: tuple[str, ...]


def word_hashes(words: Sequence[str], joined: Joined | None = None) -> Hashes:
    """Hashes of the words alone, in the word block; `joined` is that of the words, where it is there already."""
    if not words:
        return np.zeros(0, np.uint64)
    joined = joined or Joined([words])
    return in_block(joined.raw(joined.starts, joined.ends), WORDS)


def features(words: Sequence[str], concepts: Sequence[int] = (), joined: Joined | None = None) -> Features:
    """Features of a message that consists of the folded `words`, in which these `concepts` were found."""
    return next(_batch([words], [concepts], joined))


def features_of(messages: Sequence[Sequence[str]], concepts: Sequence[Sequence[int]]) -> Iterator[Features]:
    """Features of many messages, each of folded words, with the concepts found in each; in one pass a batch."""
    for part in together(messages):
        yield from _batch(messages[part], concepts[part])


def _batch(
    messages: Sequence[Sequence[str]], concepts: Sequence[Sequence[int]], joined: Joined | None = None
) -> Iterator[Features]:
    joined = joined or Joined(messages)
    owners = joined.owners
    whole = joined.raw(joined.starts, joined.ends)
    following = np.flatnonzero(owners[1:] == owners[:-1])
    grams, grams_at = _grams(joined)
    if len(messages) > 1 and len(owners):
        # A character belongs to the message of the word that it is in or stands before.
        gram_owners = owners[np.minimum(np.searchsorted(joined.ends, grams_at), len(owners) - 1)]
    else:
        gram_owners = np.zeros(len(grams), np.intp)
    found = [
        (WORDS, whole, owners),
        (BIGRAMS, joined.raw(joined.starts[following], joined.ends[following + 1]), owners[following]),
        (PAIRS, *_pairs(whole, owners)),
        (CHARS, grams, gram_owners),
    ]
    numbers = np.array([number for one in concepts for number in one], np.uint64)
    if len(numbers):
        holders = np.repeat(np.arange(len(messages)), [len(one) for one in concepts])
        found += [(CONCEPTS, numbers, holders), (CONCEPT_PAIRS, *_pairs(numbers, holders))]
    blocks = np.repeat(_BLOCK_BITS[[block for block, *_ in found]], [len(raw) for _, raw, _ in found])
    hashes = (mixed(np.concatenate([raw for _, raw, _ in found])) & _PAYLOAD) | blocks
    holders = np.concatenate([holder for *_, holder in found])
    order = np.lexsort((hashes, holders)) if len(messages) > 1 else np.argsort(hashes)
    hashes, holders = hashes[order], holders[order]
    new = np.ones(len(hashes), bool)
    new[1:] = hashes[1:] != hashes[:-1]
    new[1:] |= holders[1:] != holders[:-1]
    first = np.flatnonzero(new)
    counts = np.empty(len(first), np.float32)
    counts[:-1] = first[1:] - first[:-1]
    counts[-1:] = len(hashes) - first[-1:]
    hashes, bounds = hashes[first], np.searchsorted(holders[first], np.arange(len(messages) + 1))
    for place, words in enumerate(messages):
        part = slice(bounds[place], bounds[place + 1])
        yield Features(hashes[part], counts[part], tuple(words))


def _grams(joined: Joined) -> tuple[Hashes, NDArray[np.intp]]:
    """Raw hashes of the character n-grams, and where each begins: it may begin or end with a space, not contain one."""
    space = joined.space
    inner = np.zeros(len(space) + 1, np.int32)
    np.cumsum(space, out=inner[1:])
    length = len(space)
    parts, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.intp)]
    for n in _LENGTHS:
        if length < n:
            break
        fits = inner[n - 1 : length] == inner[1 : length - n + 2]
        if n == 2:
            fits &= ~(space[:-1] & space[1:])
        at = np.flatnonzero(fits)
        parts.append(joined.raw(at, at + n) + np.uint64(n))
        places.append(at)
    return np.concatenate(parts), np.concatenate(places)


def _pairs(raw: Hashes, owners: NDArray[np.intp]) -> tuple[Hashes, NDArray[np.intp]]:
    """Order-free features of every two different words or concepts of a message, its first `PAIRED_WORDS`."""
    if not len(raw):
        return raw, owners
    if owners[0] == owners[-1]:
        distinct = np.unique(mixed(raw[:PAIRED_WORDS]))
        one, other = (distinct[side] for side in _TRIANGLES[len(distinct)])
        return (one + other) ^ (one * other), np.full(len(one), owners[0])
    bounds = np.flatnonzero(owners[1:] != owners[:-1]) + 1
    if len(bounds) < FEW:
        each = [_pairs(*one) for one in zip(np.split(raw, bounds), np.split(owners, bounds), strict=True)]
        return np.concatenate([values for values, _ in each]), np.concatenate([holders for _, holders in each])
    rank = np.arange(len(owners)) - np.searchsorted(owners, owners)
    early = rank < PAIRED_WORDS
    values, owners = mixed(raw[early]), owners[early]
    order = np.lexsort((values, owners))
    values, owners = values[order], owners[order]
    different = np.r_[True, (values[1:] != values[:-1]) | (owners[1:] != owners[:-1])]
    values, owners = values[different], owners[different]
    messages, begins, sizes = np.unique(owners, return_index=True, return_counts=True)
    parts, holders = [np.zeros(0, np.uint64)], [np.zeros(0, np.intp)]
    for size in np.unique(sizes):
        same = sizes == size
        first, second = _TRIANGLES[size]
        one = values[begins[same][:, None] + first]
        other = values[begins[same][:, None] + second]
        parts.append(((one + other) ^ (one * other)).ravel())
        holders.append(np.repeat(messages[same], len(first)))
    return np.concatenate(parts), np.concatenate(holders)


_TRIANGLES = [np.triu_indices(count, 1) for count in range(PAIRED_WORDS + 1)]


def words_of(text: str) -> list[str]:
    """The folded words of any text."""
    return tokens(fold(text))
