"""Hashed character n-grams and words: what a language is recognised by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.language.scripts import LATIN, Script

READ = 400
"""Characters of a message that are looked at."""

SHORTEST, LONGEST = 3, 5
"""Characters of an n-gram; each edge of a word is one. Single characters count too where ASCII has them not."""

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@/]\w+")
_WORD = re.compile(r"[^\W_]+'?")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛`´ʼʻʽʹ′ˈ"), "'")
# A zero-width joiner divides Persian words; a decomposed dot, a harakat and a tatweel tell nothing.
_SILENT = dict.fromkeys((0x0307, 0x0640, *range(0x064B, 0x0653), *range(0x200D, 0x2010)), "")
_CLEAN = {**_APOSTROPHES, **_SILENT, 0x200C: " "}
_LATIN_LETTER = re.compile("[a-zà-ɏḀ-ỿ]")
_OTHER_LETTER = re.compile("[^\\W\\d_a-zà-ɏḀ-ỿ]")

_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(29)
_CHUNK = 1 << 10
_SIZES = (1, *range(SHORTEST, LONGEST + 1))


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """`base` to the powers 0 to `count` - 1, modulo 2 ** 64."""
    steps = np.full(count, base, np.uint64)
    steps[:1] = 1
    return np.multiply.accumulate(steps)


_POWERS = _powers(_BASE, _CHUNK)
_INVERSE = _powers(pow(_BASE, -1, 1 << 64), _CHUNK)


@dataclass(frozen=True, slots=True)
class Grams:
    """Buckets of `count` n-grams and then of the whole words, and the places in the text that they begin at."""

    buckets: NDArray[np.int64]
    places: NDArray[np.int64]
    count: int


def words(text: str, script: Script) -> list[str]:
    """Lower-case words of the message that are written in `script`, without addresses and numbers."""
    text = text[:READ].lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower().translate(_CLEAN))
    if "/" in text or "@" in text or "www" in text:
        text = _NOISE.sub(" ", text)
    found = [word for word in _WORD.findall(text) if not word.isdigit()]
    if script is LATIN:
        return found if text.isascii() else [word for word in found if _LATIN_LETTER.search(word)]
    return [word for word in found if _OTHER_LETTER.search(word)]


def joined(message: Sequence[str]) -> str:
    """Words as `grams` reads them."""
    return f" {' '.join(message)} "


def size(bits: int) -> int:
    """Buckets in all: 2 to the power of `bits` for n-grams, then half as many for words."""
    return 3 << (bits - 1)


def grams(text: str, bits: int) -> Grams:
    """Buckets, below `size(bits)`, of what ` word word ` is made of; no n-gram spans a space.

    So many messages may be joined into one text and told apart by the places.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    length = len(codes)
    powers, inverse = _POWERS, _INVERSE
    if length > _CHUNK:
        powers, inverse = _powers(_BASE, length), _powers(pow(_BASE, -1, 1 << 64), length)
    # Of a sum over all characters any window's hash is one difference, which the inverse power moves to the beginning.
    sums = np.zeros(length + 1, np.uint64)
    np.cumsum(codes * powers[:length], out=sums[1:])
    space = codes == 32
    before = np.zeros(length + 1, np.int32)
    np.cumsum(space, out=before[1:])
    inside = (before[count - 1 : length] == before[1 : length - count + 2] for count in _SIZES[1:])
    first = [found.nonzero()[0] for found in (codes > 127, *inside)]
    spaces = space.nonzero()[0]
    count = sum(map(len, first))
    places = np.concatenate([*first, spaces[:-1]])
    ends = np.concatenate([*(found + step for step, found in zip(_SIZES, first, strict=True)), spaces[1:] + 1])
    hashed = (sums[ends] - sums[places]) * inverse[places]
    hashed ^= hashed >> _SHIFT
    hashed *= _MIX
    hashed >>= np.uint64(64 - bits)
    buckets = hashed.astype(np.int64)
    buckets[count:] = (buckets[count:] >> 1) + (1 << bits)
    return Grams(buckets, places, count)
