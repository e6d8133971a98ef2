"""Words under their keys in sorted arrays, so that a file can be mapped instead of read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.language.romanised.affixes import NATIVE_BEFORE
from bot.language.romanised.skeleton import native_skeleton

LARGEST = 64
"""Words of one key that are kept, the commonest ones."""

NEAR = 24
"""Keys one edit away that are compared."""


UNPACKED = 1_000
"""Groups that are kept unpacked, some 1 MB."""

_ARRAYS = ("keys", "offsets", "data", "shorter", "owners")


class Entry(NamedTuple):
    """A native word, its vowels, and the decimal logarithm of its frequency."""

    word: str
    vowels: tuple[str, ...]
    common: float


@dataclass(frozen=True, slots=True)
class Groups:
    """Group i: its key's checksum `keys[i]`, its text `data[offsets[i]:offsets[i+1]]` (key, then entries)."""

    keys: NDArray[np.uint32]
    offsets: NDArray[np.uint32]
    data: NDArray[np.uint8]
    shorter: NDArray[np.uint32]
    owners: NDArray[np.uint32]
    unpacked: dict[int, tuple[str, list[Entry]]] = field(default_factory=dict, compare=False, repr=False)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The groups as named arrays."""
        return {f"group_{name}": getattr(self, name) for name in _ARRAYS}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Groups:
        """The groups from their named arrays."""
        return cls(**{name: arrays[f"group_{name}"] for name in _ARRAYS})  # type: ignore[arg-type]

    def find(self, numbers: Sequence[int]) -> list[int | None]:
        """The group of each checksum, None without one."""
        if not numbers or not len(self.keys):
            return [None] * len(numbers)
        wanted = np.array(numbers, np.uint32)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        hits = self.keys[places] == wanted
        return [place if hit else None for place, hit in zip(places.tolist(), hits.tolist(), strict=True)]

    def near(self, numbers: Sequence[int]) -> list[int]:
        """Groups whose key, or whose key without one of its letters, has one of the checksums."""
        wanted = np.array(numbers, np.uint32)
        first, last = np.searchsorted(self.shorter, wanted), np.searchsorted(self.shorter, wanted, "right")
        found = {
            group: None
            for a, b in zip(first.tolist(), last.tolist(), strict=True)
            for group in self.owners[a:b].tolist()
        }
        found |= {group: None for group in self.find(numbers) if group is not None}
        return list(found)[:NEAR]

    def read(self, group: int) -> tuple[str, list[Entry]]:
        """The key and the entries of a group, the commonest first."""
        known = self.unpacked.get(group)
        if known is None:
            known = self._unpack(group)
            if len(self.unpacked) < UNPACKED:
                self.unpacked[group] = known
        return known

    def _unpack(self, group: int) -> tuple[str, list[Entry]]:
        """A group from its text."""
        text = self.data[int(self.offsets[group]) : int(self.offsets[group + 1])].tobytes().decode()
        key, *lines = text.split("\n")
        entries = []
        for line in lines:
            word, vowels, common = line.split("\t")
            entries.append(Entry(word, tuple(vowels.split("|")), int(common) / 10))
        return key, entries


def _stripped(word: str, language: str) -> str | None:
    """A native word without its article."""
    for prefix in NATIVE_BEFORE.get(language, ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return None


def _lines(entries: Mapping[str, tuple[tuple[str, ...], float]]) -> list[str]:
    """The entries of a group as text, the commonest first."""
    commonest = sorted(entries.items(), key=lambda item: (-item[1][1], item[0]))[:LARGEST]
    return [f"{word}\t{'|'.join(vowels)}\t{round(10 * common)}" for word, (vowels, common) in commonest]


def group_up(words: Mapping[str, Mapping[str, int]], checksum: Callable[[str, str], int]) -> Groups:
    """The words of each language under the keys of their skeletons."""
    grouped: dict[tuple[str, str], dict[str, tuple[tuple[str, ...], float]]] = defaultdict(dict)
    for language, known in words.items():
        for word, count in known.items():
            if word.isascii():
                continue
            common = math.log10(count + 1)
            stripped = _stripped(word, language)
            if stripped and stripped not in known:
                skeleton = native_skeleton(stripped, language)
                grouped[language, skeleton.key].setdefault(word, (skeleton.vowels, common / 2))
            skeleton = native_skeleton(word, language)
            grouped[language, skeleton.key][word] = (skeleton.vowels, common)
    numbered = sorted((checksum(language, key), language, key) for language, key in grouped)
    texts = ["\n".join([key, *_lines(grouped[language, key])]).encode() for _, language, key in numbered]
    shorter = sorted(
        {
            (checksum(language, key[:at] + key[at + 1 :]), group)
            for group, (_, language, key) in enumerate(numbered)
            for at in range(len(key))
            if len(key) > 2
        }
    )
    offsets = np.zeros(len(texts) + 1, np.uint32)
    offsets[1:] = np.cumsum([len(text) for text in texts])
    table = np.array(shorter, np.uint32).reshape(-1, 2)
    return Groups(
        keys=np.array([number for number, _, _ in numbered], np.uint32),
        offsets=offsets,
        data=np.frombuffer(b"".join(texts), np.uint8),
        shorter=table[:, 0].copy(),
        owners=table[:, 1].copy(),
    )
