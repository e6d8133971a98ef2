"""Index of every name of a place: what a single word can mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.place import City, District, Town
from bot.language.folding import fold, is_han
from bot.places.inflection import (
    ADJECTIVES,
    CYRILLIC_ENDINGS,
    ENDINGS,
    FULL_CASES,
    LONGEST_CYRILLIC_ENDING,
    LONGEST_ENDING,
    PLURALS,
    SHORT_NAME_ENDINGS,
    Role,
    stems,
)
from bot.places.ordinary import NO_PHRASES, NO_PLACES, ONLY_AS_ANSWER
from bot.places.transliteration import arabic_key, arabic_keys, cyrillic_keys, latin_key, spellings
from bot.places.words import visible

_CYRILLIC = re.compile(r"[а-яёіїєґ]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_SAFE_KEY = 5
"""Shorter keys meet ordinary words of some language."""
_SAFE_TOWN_KEY = _SAFE_LONG_KEY = 7
_SAFE_ARABIC_KEY = 6
_SHORTEST_ARABIC = 3
_LONG_STEM = 6
_EQUAL_MARKS = ({"õ", "ö"}, {"ø", "ö"}, {"æ", "ä"}, {"ı", "i"}, {"ü", "y"})
_PREFIXES = re.compile(r"[وف]?(?:ال|لل|[بلک](?:ال)?)?")
"""Arabic particles written together with the next word: and, in, to, like, the."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A place that a name can mean; no cities = outside the region."""

    name: str
    cities: tuple[str, ...]
    is_city: bool = False
    coordinates: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A word read as a name: its meanings, what its ending says, and how sure its form is."""

    name: str
    """The folded name as it is listed, without ending."""
    meanings: tuple[Meaning, ...]
    role: Role
    full_case: bool = False
    """True when the ending alone says that this is a place."""


@dataclass(slots=True)
class Listed:
    """What a stem or a key leads to."""

    name: str
    """The folded name it was made of."""
    written: str
    """That name in lower case with its diacritics."""
    meanings: dict[Meaning, None] = field(default_factory=dict)


def words(folded: str) -> tuple[str, ...]:
    """A folded name's words; hyphens part them."""
    return tuple(re.findall(r"[^\W_]+", folded))


class Names:
    """All names, by stem, by key and by their words; built once, then only read."""

    def __init__(self, cities: Mapping[str, City], districts: Iterable[District], towns: Iterable[Town]) -> None:
        self.several: dict[str, list[tuple[tuple[str, ...], tuple[Meaning, ...]]]] = defaultdict(list)
        """First word of a name of several words -> the others and what the name means, longest first."""
        self.han: dict[str, tuple[Meaning, ...]] = {}
        self.choices: dict[str, list[str]] = defaultdict(list)
        """First letter -> keys of the names that misspelt words are compared with."""
        self._stems: dict[str, Listed] = {}
        self._keys: dict[str, Listed] = {}
        self._arabic: dict[str, dict[Meaning, None]] = defaultdict(dict)
        for city in cities.values():
            meaning = Meaning(city.names.get("fi", city.id), (city.id,), is_city=True)
            self._add(meaning, tuple(city.names.values()), city.aliases)
        for district in districts:
            cities_named = tuple(dict.fromkeys((district.city, *district.other_cities)))
            name = district.names.get("fi") or next(iter(district.names.values()), "")
            meaning = Meaning(name, cities_named, coordinates=district.coordinates)
            self._add(meaning, tuple(district.names.values()), district.aliases)
        for town in towns:
            self._add(Meaning(town.names[0], (), is_city=True), town.names[:2], town.names[2:])
        for first, *rest in NO_PHRASES:
            self.several[first].append((tuple(rest), ()))
        for others in self.several.values():
            others.sort(key=lambda item: -len(item[0]))

    def _add(self, meaning: Meaning, official: tuple[str, ...], aliases: tuple[str, ...]) -> None:
        """Lists a place under its official names and its aliases."""
        for number, name in enumerate((*official, *aliases)):
            folded = words(fold(visible(name)))
            if any(is_han(ord(letter)) for letter in name):
                self.han[name] = (*self.han.get(name, ()), meaning)
            elif len(folded) > 1:
                known = [item[1] for item in self.several[folded[0]] if item[0] == folded[1:]]
                self.several[folded[0]].append((folded[1:], (meaning, *(known[-1] if known else ()))))
            elif folded:
                self._add_word(meaning, name, folded[0])
                if number < len(official) or (meaning.is_city and meaning.cities):
                    self._add_keys(meaning, name, folded[0])

    def _add_word(self, meaning: Meaning, name: str, word: str) -> None:
        """Lists a name's stems; what is another name's stem too belongs to the name that it is itself."""
        for stem in stems(word) if word.isascii() else {word}:
            known = self._stems.get(stem)
            if known is None or (stem == word and known.name != stem):
                known = self._stems[stem] = Listed(word, name.casefold())
            if stem == word or known.name != stem:
                known.meanings[meaning] = None

    def _add_keys(self, meaning: Meaning, name: str, word: str) -> None:
        """Lists an official name for readers of other scripts and of misspelt words."""
        if not word.isascii():
            return
        key = latin_key(word)
        if len(key) >= (_SAFE_KEY if meaning.cities else _SAFE_TOWN_KEY) or (meaning.is_city and meaning.cities):
            for spelling in spellings(name):
                self._keys.setdefault(latin_key(spelling), Listed(word, name.casefold())).meanings[meaning] = None
        if len(key) >= _SAFE_LONG_KEY and word not in ONLY_AS_ANSWER and key not in self.choices[key[0]]:
            self.choices[key[0]].append(key)
        for arabic in arabic_keys(name):
            if len(arabic) >= _SAFE_ARABIC_KEY:
                self._arabic[arabic][meaning] = None

    def read(self, word: str, written: str | None = None) -> Reading | None:
        """What a folded word means, its ending taken off; `written` is the word with its diacritics."""
        if word in NO_PLACES:
            return None
        if _CYRILLIC.search(word):
            return self._read_cyrillic(word)
        if _ARABIC.search(word):
            return self._read_arabic(word)
        return self._read_latin(word, written or word)

    def meanings(self, key: str) -> tuple[Meaning, ...]:
        """Meanings of a key out of `choices`."""
        return tuple(self._keys[key].meanings) if key in self._keys else ()

    def _read_latin(self, word: str, written: str) -> Reading | None:
        for length in range(max(0, min(LONGEST_ENDING, len(word) - 3)) + 1):
            ending = word[len(word) - length :]
            role = ENDINGS.get(ending)
            stem = word[: len(word) - length]
            found = self._stems.get(stem) if role else None
            if found and role and _may_end(stem, ending, found.name) and same_marks(written, found.written):
                return Reading(found.name, tuple(found.meanings), role, ending in FULL_CASES)
        return None

    def _read_cyrillic(self, word: str) -> Reading | None:
        if found := self._stems.get(word):
            return Reading(word, tuple(found.meanings), Role.NONE)
        for length in range(max(0, min(LONGEST_CYRILLIC_ENDING, len(word) - 4)) + 1):
            ending = word[len(word) - length :]
            role = CYRILLIC_ENDINGS.get(ending)
            if role is None:
                continue
            for key in cyrillic_keys(word[: len(word) - length]):
                # An ending takes a name's last vowel with it: "Тиккуриле", "Хельсинках".
                lost = "" if not ending else "i" if ending in PLURALS or ending in ADJECTIVES else "a"
                for candidate in {key: None, key + lost: None}:
                    found = self._keys.get(candidate)
                    if found and (ending not in ADJECTIVES or any(meaning.is_city for meaning in found.meanings)):
                        return Reading(found.name if ending else word, tuple(found.meanings), role)
        return None

    def _read_arabic(self, word: str) -> Reading | None:
        prefix = _PREFIXES.match(word)
        starts = sorted({0, prefix.end() if prefix else 0, 1 if word[0] in "وفبلک" else 0})
        for start in starts:
            if len(word) - start >= _SHORTEST_ARABIC and (found := self._stems.get(word[start:])):
                return Reading(found.name, tuple(found.meanings), Role.AT if start else Role.NONE)
        for start in starts:
            meanings = self._arabic.get(arabic_key(word[start:]))
            if meanings and len({meaning.cities for meaning in meanings}) == 1:
                return Reading(word, tuple(meanings), Role.AT if start else Role.NONE)
        return None


def _may_end(stem: str, ending: str, name: str) -> bool:
    """Whether a name may be met with this ending: a short name in fewer forms, an oblique stem not alone."""
    if not ending:
        return stem == name or len(stem) > _LONG_STEM
    if len(stem) == 4:
        return ending in SHORT_NAME_ENDINGS
    return len(stem) > 4 or ending in FULL_CASES


def same_marks(written: str, name: str) -> bool:
    """Whether a word's diacritics agree with a name's: all as in the name, or none at all ("kämppis" is no Kamppi)."""
    if written.isascii():
        return True
    return all(
        a == b or fold(a) != fold(b) or {a, b} in _EQUAL_MARKS for a, b in zip(written.casefold(), name, strict=False)
    )
