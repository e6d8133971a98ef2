"""Known native words, found by what a Latin word sounds like."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.language.romanised.affixes import AFTER, BEFORE, JOINS_NEXT, JOINS_PREVIOUS
from bot.language.romanised.forward import familiar
from bot.language.romanised.groups import Entry, Groups, group_up
from bot.language.romanised.guess import guess
from bot.language.romanised.han import HanRuns, rarely_pinyin
from bot.language.romanised.skeleton import ABJADS, Skeleton, latin_skeletons, vowels_apart

SHORTEST_MENDED = 4
"""Consonants of a key that may hold a typing error."""

_COMMON = 0.25
"""What ten times as many occurrences are worth, in costs of vowels."""

SHORTEST_STEM = 3
"""Letters that must be left of a word without its affix."""

_UNLIKELY = 0.3
"""The cost of a reading that is not a letter's likeliest."""

_SURE = 0.3
"""The highest cost at which a native word is preferred to a Latin word that is known."""


def checksum(language: str, key: str) -> int:
    """The number under which a language's key is kept."""
    return crc32(f"{language} {key}".encode("utf-8", "replace"))


def _limit(skeleton: Skeleton, language: str) -> float:
    """The highest cost of vowels at which a word is still the same; letters tell more where vowels are written."""
    return 0.5 + (0.3 if language in ABJADS else 0.1) * len(skeleton.key)


def _without_one(key: str) -> set[str]:
    """A key without each one of its consonants."""
    return {key[:at] + key[at + 1 :] for at in range(len(key))}


def _aligned(longer: str, vowels: Sequence[str], shorter: str) -> tuple[str, ...]:
    """The vowels of a key whose one consonant too many is taken out."""
    at = next((at for at, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    return (*vowels[:at], vowels[at] + vowels[at + 1], *vowels[at + 2 :])


def _apart(skeleton: Skeleton, key: str, entry: Entry, language: str) -> float:
    """The cost of the vowels of an entry under `key`, which is the skeleton's or one edit from it."""
    mine, theirs = skeleton.vowels, entry.vowels
    if len(skeleton.key) > len(key):
        mine = _aligned(skeleton.key, mine, key)
    elif len(skeleton.key) < len(key):
        theirs = _aligned(key, theirs, skeleton.key)
    return vowels_apart(mine, theirs, language)


@dataclass(frozen=True, slots=True)
class RomanisedIndex:
    """Native words of several languages under their keys, Latin words that stay, and runs of Han characters."""

    groups: Groups
    stay: NDArray[np.uint32]
    han: HanRuns

    @classmethod
    def of(cls, words: Mapping[str, Mapping[str, int]], stay: Iterable[str] = ()) -> RomanisedIndex:
        """An index of folded words with their frequencies, for "zh" runs of 1 to 6 Han characters.

        `stay` are Latin words that a message keeps unless it says a native word: the other languages' words.
        """
        terms = set(stay)
        chinese = words.get("zh", {})
        spoken = {language: known for language, known in words.items() if language != "zh"}
        numbers = {checksum("", word) for word in terms if len(word) > 3}
        numbers |= {checksum("zh", word) for word in rarely_pinyin(chinese, terms)}
        return cls(group_up(spoken, checksum), np.array(sorted(numbers), np.uint32), HanRuns.of(chinese))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The index as named arrays, which a file can map."""
        return {"stay": self.stay, **self.groups.arrays(), **self.han.arrays()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> RomanisedIndex:
        """The index from its named arrays."""
        return cls(Groups.from_arrays(arrays), arrays["stay"].view(np.uint32), HanRuns.from_arrays(arrays))

    def native(self, words: Sequence[str], language: str) -> list[str]:
        """The folded Latin words of a message in `language` as folded native words; each Han character is a word.

        Words with no reading stay as they are.
        """
        if language == "zh":
            return self.han.read(words, self._kept([checksum("zh", word) for word in words]))
        parts = _joined(words, language)
        readings = [latin_skeletons("".join(pieces), language) for pieces in parts]
        groups = self._groups([reading for found in readings for reading in found], language)
        stays = self._kept([checksum("", "".join(pieces)) for pieces in parts])
        read: list[str] = []
        for pieces, found, stay in zip(parts, readings, stays, strict=True):
            mine, groups = groups[: len(found)], groups[len(found) :]
            read += self._read(pieces, found, mine, language, stay=stay)
        return read

    def _kept(self, numbers: Sequence[int]) -> list[bool]:
        """For each checksum of a word whether it stays."""
        if not len(self.stay):
            return [False] * len(numbers)
        wanted = np.array(numbers, np.uint32)
        places = np.minimum(np.searchsorted(self.stay, wanted), len(self.stay) - 1)
        return [bool(hit) for hit in (self.stay[places] == wanted).tolist()]

    def _groups(self, readings: Sequence[Skeleton], language: str) -> list[int | None]:
        """The group of words of each reading's key, None without one."""
        return self.groups.find([checksum(language, reading.key) for reading in readings])

    def _read(
        self,
        parts: tuple[str, ...],
        readings: Sequence[Skeleton],
        groups: Sequence[int | None],
        language: str,
        *,
        stay: bool,
    ) -> list[str]:
        """The reading of a word that may have been typed in two parts."""
        word = "".join(parts)
        if not word.isascii() or not word.strip("0123456789"):
            return list(parts)
        stay = stay and len(parts) == 1
        found = familiar(language).get(word) or self._exact(readings, groups, language, _SURE if stay else None)
        if found is None and stay:
            return [word]
        found = found or self._without_affix(word, language)
        if found is None and len(parts) > 1:
            return [reading for part in parts for reading in self.native([part], language)]
        found = found or self._mended(readings[0], language)
        return [found or guess(word, language) or word]

    def _exact(
        self,
        readings: Sequence[Skeleton],
        groups: Sequence[int | None],
        language: str,
        highest: float | None = None,
    ) -> str | None:
        """The best of the words with the key of a reading whose cost is at most `highest`."""
        best, least = None, math.inf
        for place, (reading, group) in enumerate(zip(readings, groups, strict=True)):
            if group is None:
                continue
            key, entries = self.groups.read(group)
            if key != reading.key:
                continue
            limit, penalty = _limit(reading, language) if highest is None else highest, _UNLIKELY * bool(place)
            for word, vowels, common in entries:
                if penalty - _COMMON * common >= least:
                    break
                cost = vowels_apart(reading.vowels, vowels, language) + penalty
                if cost <= limit and cost - _COMMON * common < least:
                    best, least = word, cost - _COMMON * common
        return best

    def _without_affix(self, word: str, language: str) -> str | None:
        """The reading of the word without a prefix or suffix."""
        readings = [latin_skeletons(stem, language) for stem in _stems(word, language)]
        groups = self._groups([reading for found in readings for reading in found], language)
        for found in readings:
            mine, groups = groups[: len(found)], groups[len(found) :]
            best = self._exact(found, mine, language)
            if best:
                return best
        return None

    def _mended(self, reading: Skeleton, language: str) -> str | None:
        """The best of the words whose key is one edit away."""
        if len(reading.key) < SHORTEST_MENDED:
            return None
        best, least = None, math.inf
        near = [checksum(language, key) for key in (reading.key, *_without_one(reading.key))]
        limit = 0.4 * _limit(reading, language)
        for group in self.groups.near(near):
            key, entries = self.groups.read(group)
            if abs(len(key) - len(reading.key)) > 1 or OSA.distance(key, reading.key, score_cutoff=1) > 1:
                continue
            for entry in entries:
                cost = _apart(reading, key, entry, language)
                if cost <= limit and cost - _COMMON * entry.common < least:
                    best, least = entry.word, cost - _COMMON * entry.common
        return best


def _stems(word: str, language: str) -> list[str]:
    """The word without each of the affixes that it has."""
    before = [prefix for group in BEFORE.get(language, "").split("|") for prefix in group.split()]
    found = [word[len(prefix) :] for prefix in before if word.startswith(prefix)]
    found += [word[: -len(suffix)] for suffix in AFTER.get(language, "").split() if word.endswith(suffix)]
    return [stem for stem in found if len(stem) >= SHORTEST_STEM]


def _joined(words: Sequence[str], language: str) -> list[tuple[str, ...]]:
    """The words, prefixes and suffixes that were typed apart together with their word."""
    nexts: Collection[str] = JOINS_NEXT.get(language, ())
    previous: Collection[str] = JOINS_PREVIOUS.get(language, ())
    joined: list[tuple[str, ...]] = []
    held: tuple[str, ...] = ()
    for at, word in enumerate(words):
        if word in nexts and at + 1 < len(words):
            held = (*held, word)
        elif word in previous and joined:
            joined[-1] = (*joined[-1], word)
        else:
            joined.append((*held, word))
            held = ()
    return joined
