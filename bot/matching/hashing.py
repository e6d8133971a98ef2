"""Hashes of all substrings of a text from one prefix sum: no loop over n-grams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.language.folding import LONGEST_FOLDED

Hashes = NDArray[np.uint64]

LONGEST = 2 * LONGEST_FOLDED + 2
"""Characters of a message whose substrings can be hashed."""

_TOGETHER = 50_000
"""Characters of many messages that are joined."""

_SPACE = 32

_BASE = 0x9E3779B97F4A7C15


def _powers(base: int, count: int) -> Hashes:
    """base**0 ... base**(count-1) modulo 2**64."""
    factors = np.full(count, base, np.uint64)
    factors[0] = 1
    return factors.cumprod(dtype=np.uint64)


# The base is odd, hence invertible: sum(code[i] * inverse**i) over a range, times base**start, does not depend on
# where the range lies.
_POWER = _powers(_BASE, _TOGETHER + LONGEST)
_INVERSE = _powers(pow(_BASE, -1, 1 << 64), _TOGETHER + LONGEST)


def mixed(values: Hashes) -> Hashes:
    """SplitMix64's finaliser: every input bit moves every output bit."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class Joined:
    """Messages of folded words as one text, two spaces between them: any substring of it has a hash.

    `starts` and `ends` are the words' places in the text, `owners` the number of each one's message. Words beyond
    `LONGEST` characters of a message are left out.
    """

    __slots__ = ("_sums", "codes", "ends", "owners", "space", "starts")

    def __init__(self, messages: Sequence[Sequence[str]]) -> None:
        messages = [words if _length(words) < LONGEST else _cut(words) for words in messages]
        text = "".join([" ".join(["", *words, ""]) for words in messages if words]) or " "
        self.codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        self._sums = np.zeros(len(self.codes) + 1, np.uint64)
        np.cumsum(mixed(self.codes.astype(np.uint64)) * _INVERSE[: len(self.codes)], out=self._sums[1:])
        self.space = self.codes == _SPACE
        spaces = np.flatnonzero(self.space)
        self.starts, self.ends = spaces[:-1] + 1, spaces[1:]
        if len(messages) == 1:
            self.owners = np.zeros(len(self.starts), np.intp)
        else:
            between = self.starts < self.ends
            self.starts, self.ends = self.starts[between], self.ends[between]
            self.owners = np.repeat(np.arange(len(messages)), [len(words) for words in messages])

    def raw(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Hashes:
        """Hashes of text[start:end], equal for equal substrings of any text; to be mixed before use."""
        return (self._sums[ends] - self._sums[starts]) * _POWER[starts]


def together(messages: Sequence[Sequence[str]]) -> Iterator[slice]:
    """Runs of messages that are joined in one go, all of them in order."""
    first = size = 0
    for place, words in enumerate(messages):
        length = min(_length(words), LONGEST)
        if size and size + length > _TOGETHER:
            yield slice(first, place)
            first, size = place, 0
        size += length
    yield slice(first, len(messages))


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words)) + len(words) + 1


def _cut(words: Sequence[str]) -> list[str]:
    """The first words of a message that is longer than can be hashed."""
    sizes = np.cumsum([len(word) + 1 for word in words])
    return list(words[: int(np.searchsorted(sizes, LONGEST - 1))])
