"""A message as hashed features: the same numpy code when building and when asking.

Every feature is a 64-bit hash whose three highest bits name its block, so that one sorted array is the vocabulary and
a block is a range of it. Hashes of substrings come from one prefix sum: no loop over n-grams.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.language.folding import LONGEST_FOLDED, fold
from bot.language.tokens import tokens

WORDS, BIGRAMS, PAIRS, CHARS = range(4)
"""Blocks: words; two words in a row; unordered pairs of words; character 2-5-grams inside words."""
BLOCKS = 4
BLOCK_SHIFT = np.uint64(61)

Hashes = NDArray[np.uint64]

PAIRED_WORDS = 24
"""Different words of a message that are paired; the pairs of a long message would drown it."""

_LENGTHS = (2, 3, 4, 5)
_BASE = 0x9E3779B97F4A7C15
_PAYLOAD = np.uint64((1 << 61) - 1)
_SPACE = 32


def _powers(base: int, count: int) -> Hashes:
    """base**0 ... base**(count-1) modulo 2**64."""
    factors = np.full(count, base, np.uint64)
    factors[0] = 1
    return factors.cumprod(dtype=np.uint64)


# The base is odd, hence invertible: sum(code[i] * inverse**i) over a range, times base**start, does not depend on
# where the range lies.
_LONGEST = 2 * LONGEST_FOLDED + 2
_POWER = _powers(_BASE, _LONGEST)
_INVERSE = _powers(pow(_BASE, -1, 1 << 64), _LONGEST)


def _mixed(values: Hashes) -> Hashes:
    """SplitMix64's finaliser: every input bit moves every output bit."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _in_block(values: Hashes, block: int) -> Hashes:
    """Substring hashes as features, the block's number in their three highest bits."""
    return (_mixed(values) & _PAYLOAD) | (np.uint64(block) << BLOCK_SHIFT)


@dataclass(frozen=True, slots=True)
class Features:
    """Different features of one message, sorted, with how often each occurs; `words` are its tokens in order."""

    hashes: Hashes
    counts: NDArray[np.float32]
    words: tuple[str, ...]


def _prefix(text: str) -> tuple[NDArray[np.uint32], Hashes]:
    """Code points of `text` and the prefix sums from which any substring's hash follows."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(_mixed(codes.astype(np.uint64)) * _INVERSE[: len(codes)], out=sums[1:])
    return codes, sums


def word_hashes(words: list[str]) -> Hashes:
    """Hashes of the words alone, in the word block."""
    if not words:
        return np.zeros(0, np.uint64)
    codes, sums = _prefix(" ".join(["", *words, ""]))
    spaces = np.flatnonzero(codes == _SPACE)
    starts, ends = spaces[:-1] + 1, spaces[1:]
    return _in_block((sums[ends] - sums[starts]) * _POWER[starts], WORDS)


def features(words: list[str]) -> Features:
    """Features of a message that consists of the folded `words`."""
    if not words:
        return Features(np.zeros(0, np.uint64), np.zeros(0, np.float32), ())
    text = " ".join(["", *words, ""])
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + " "
    codes, sums = _prefix(text)
    space = codes == _SPACE
    spaces = np.flatnonzero(space)
    starts, ends = spaces[:-1] + 1, spaces[1:]
    raw = (sums[ends] - sums[starts]) * _POWER[starts]
    whole = _in_block(raw, WORDS)
    following = _in_block((sums[ends[1:]] - sums[starts[:-1]]) * _POWER[starts[:-1]], BIGRAMS)
    hashes = np.concatenate([whole, following, _pairs(raw), _in_block(_grams(space, sums), CHARS)])
    hashes.sort()
    first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    counts = np.diff(first, append=len(hashes)).astype(np.float32)
    return Features(hashes[first], counts, tuple(words))


def _grams(space: NDArray[np.bool_], sums: Hashes) -> Hashes:
    """Raw hashes of the character n-grams: one may begin or end with a space, not contain one."""
    inner = np.zeros(len(space) + 1, np.int32)
    np.cumsum(space, out=inner[1:])
    length = len(space)
    parts = []
    for n in _LENGTHS:
        if length < n:
            break
        at = np.flatnonzero(inner[n - 1 : length] == inner[1 : length - n + 2])
        parts.append((sums[at + n] - sums[at]) * _POWER[at] + np.uint64(n))
    return np.concatenate(parts)


def _pairs(raw: Hashes) -> Hashes:
    """Order-free features of every two different words, the first `PAIRED_WORDS` of a message."""
    distinct = np.unique(_mixed(raw[:PAIRED_WORDS]))
    first, second = _TRIANGLES[len(distinct)]
    return _in_block((distinct[first] + distinct[second]) ^ (distinct[first] * distinct[second]), PAIRS)


_TRIANGLES = [np.triu_indices(count, 1) for count in range(PAIRED_WORDS + 1)]


def words_of(text: str) -> list[str]:
    """The folded words of any text."""
    return tokens(fold(text))
