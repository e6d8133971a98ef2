"""Countries named in a message, by themselves or by a large city, and what the message says of them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from bot.language.folding import fold, is_han
from bot.language.tokens import tokens
from bot.places.cases import (
    CYRILLIC,
    LATIN,
    LENT,
    LONGEST,
    LONGEST_CYRILLIC,
    PLAIN,
    SAFE_LOAN,
    cyrillic_stem,
    latin_stems,
)
from bot.places.country_roles import UNDECLINED, Read, role_of
from bot.places.inflection import Role
from bot.places.names import same_marks
from bot.places.ordinary_countries import ARTICLES, NEVER, NEVER_HAN, NO_WORDS
from bot.places.words import Word, read_words, visible

_DOMESTIC = frozenset({"FI", "AX"})
_REMEMBERED = 10_000
_TABLES = ("cldr.csv", "short.csv")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[а-яёіїєґ]")
_HAN_BEFORE = (
    (re.compile(r"[从從自由]$"), Role.FROM),
    (re.compile(r"(?:在|住|位于)$"), Role.AT),
    (re.compile(r"[去到往回赴至]$|移民$|搬$|飞$"), Role.TO),
)
_HAN_AFTER = (
    (re.compile(r"^(?:来|來|移民来|过来)"), Role.FROM),
    (re.compile(r"^(?:的(?!$|[，。！？,.!?]))"), Role.AT),
)

Name = tuple[str, str, str]
"""Country code, language, written name; a Latin name that ends in * is a stem."""


@dataclass(frozen=True, slots=True)
class Abroad:
    """A country as it is named; `country` is its ISO 3166 code, `start` a character of the message."""

    country: str
    role: Role
    start: int

    @property
    def finland(self) -> bool:
        """True for Finland and Åland."""
        return self.country in _DOMESTIC


def names() -> Iterator[Name]:
    """Every name of the two tables."""
    for table in _TABLES:
        for row in csv.DictReader(files(__package__).joinpath(table).read_text("utf-8").splitlines()):
            country = row.pop("country")
            if "names" in row:
                yield from ((country, row["language"], name) for name in row["names"].split(";"))
            else:
                yield from ((country, language, name) for language, name in row.items())


class Countries:
    """Finds countries in messages of any of the languages; built once, then only read."""

    def __init__(self, listed: Iterable[Name]) -> None:
        self._stems: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        """Language of endings -> stem -> (country, folded name)."""
        self._cyrillic: dict[str, tuple[str, str, str]] = {}
        self._arabic: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
        """First word of a name of several words, or its first letters -> (its words, language, country)."""
        self._han: dict[str, str] = dict.fromkeys(NEVER_HAN, "")
        self._written: dict[str, set[str]] = defaultdict(set)
        """Folded Latin name -> its spellings with diacritics."""
        for country, language, name in listed:
            self._add(country, language, name)
        for same in self._phrases.values():
            same.sort(key=lambda item: -len(item[0]))
        han = sorted(self._han, key=len, reverse=True)
        self._han_name = re.compile(f"(?:{'|'.join(map(re.escape, han))})(?![语語文人籍裔])") if han else None
        self._read = lru_cache(_REMEMBERED)(self._read_word)
        self._names_one = lru_cache(_REMEMBERED)(self._may_begin)

    def find(self, text: str) -> tuple[Abroad, ...]:
        """The countries that a message names, in its order."""
        # Nine messages of ten name none, and that is seen without the words' case and neighbours.
        text = visible(text)
        if not any(map(self._names_one, tokens(fold(text)))):
            return ()
        found = [*self._in_words(read_words(text), text), *self._in_han(text)]
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _may_begin(self, word: str) -> bool:
        """Whether a folded word is a country, or the first one of a country's name."""
        if is_han(ord(word[0])):
            return word in self._han_first
        return self._read(word) is not None or any(_first(each) in self._phrases for each, _ in _bare(word))

    @cached_property
    def _han_first(self) -> frozenset[str]:
        return frozenset(name[0] for name in self._han)

    def _in_words(self, words: list[Word], text: str) -> Iterator[Abroad]:
        position = 0
        while position < len(words):
            read = self._phrase(words, position) or self._read(words[position].folded)
            if read and (role := role_of(read, words, position, text)) and self._spelt(read, words[position]):
                yield Abroad(read.country, role, words[position].start)
            position += read.length if read else 1

    def _spelt(self, read: Read, word: Word) -> bool:
        """Whether the diacritics of a Latin word are those of a name, or left out."""
        spellings = self._written.get(read.name)
        return not spellings or any(same_marks(word.written, spelling) for spelling in spellings)

    def _add(self, country: str, language: str, name: str) -> None:
        parts = tokens(fold(visible(name)))
        while len(parts) > 1 and parts[0] in ARTICLES:
            parts = parts[1:]
        if any(is_han(ord(letter)) for letter in name):
            self._han[name] = country
        elif len(parts) > 1:
            self._phrases[_first(parts[0])].append((tuple(parts), language, country))
        elif parts and parts[0] not in NEVER:
            self._add_word(country, language, parts[0], name.casefold())

    def _add_word(self, country: str, language: str, word: str, written: str) -> None:
        if _ARABIC.match(word):
            self._arabic.setdefault(word, country)
        elif _CYRILLIC.match(word):
            stem, kind = cyrillic_stem(word)
            self._cyrillic.setdefault(stem, (country, word, kind))
        else:
            family = language if language in LATIN else "en"
            self._written[word].add(written)
            for stem in {word} if written.endswith("*") else latin_stems(word, language):
                self._stems[family].setdefault(stem, (country, word))
            if language in LENT and len(word) >= SAFE_LOAN:
                self._stems["loan"].setdefault(word, (country, word))

    def _read_word(self, word: str) -> Read | None:
        if word in NO_WORDS:
            return None
        if _ARABIC.match(word):
            return self._read_arabic(word)
        if _CYRILLIC.match(word):
            return self._read_cyrillic(word)
        for family, table in self._stems.items():
            for cut in range(len(word), max(min(3, len(word)), len(word) - LONGEST) - 1, -1):
                role = LATIN[family].get(word[cut:])
                if role and (known := table.get(word[:cut])) and (cut < len(word) or known[1] == word):
                    return Read(known[0], role, known[1], ending=word[cut:])
        return None

    def _read_cyrillic(self, word: str) -> Read | None:
        for cut in range(len(word), max(3, len(word) - LONGEST_CYRILLIC) - 1, -1):
            known = self._cyrillic.get(word[:cut])
            if known and (role := CYRILLIC[known[2]].get(word[cut:])):
                return Read(known[0], role, known[1], kind=known[2])
        return None

    def _read_arabic(self, word: str) -> Read | None:
        for bare, role in _bare(word):
            if country := self._arabic.get(bare):
                return Read(country, role, bare)
        return None

    def _phrase(self, words: list[Word], position: int) -> Read | None:
        """The longest name of several words that begins at a position."""
        for first, prefixed in _bare(words[position].folded):
            for parts, language, country in self._phrases.get(_first(first), ()):
                following = words[position + 1 : position + len(parts)]
                said = (first, *(word.folded for word in following))
                role = _same(parts, said, language) if len(said) == len(parts) else None
                if role:
                    kind = UNDECLINED if _CYRILLIC.match(first) else ""
                    return Read(country, prefixed if prefixed is not Role.NONE else role, "", len(parts), kind)
        return None

    def _in_han(self, text: str) -> Iterator[Abroad]:
        for match in self._han_name.finditer(text) if self._han_name else ():
            if not (country := self._han[match.group()]):
                continue
            before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 4]
            said = (role for pattern, role in _HAN_BEFORE if pattern.search(before))
            role = next(said, None) or next((role for pattern, role in _HAN_AFTER if pattern.match(after)), Role.NONE)
            yield Abroad(country, role, match.start())


def _first(word: str) -> str:
    """What a phrase is looked up by: its first word, in Cyrillic the letters that no ending changes."""
    return word[:4] if _CYRILLIC.match(word) else word


def _bare(word: str) -> Iterator[tuple[str, Role]]:
    """A folded word as it is, and an Arabic one without the particles written together with it."""
    yield word, Role.NONE
    if len(word) > 3 and _ARABIC.match(word):
        rest = word[1:] if word[0] in "وف" else word
        if rest != word:
            yield rest, Role.NONE
        if rest.startswith("لل"):
            yield "ال" + rest[2:], Role.TO
        elif rest[0] in "بل":
            yield rest[1:], Role.AT if rest[0] == "ب" else Role.TO


def _same(parts: tuple[str, ...], said: tuple[str, ...], language: str) -> Role | None:
    """The role that the last word's ending gives when what is said is the name, else None."""
    if _CYRILLIC.match(parts[0]):
        alike = all(
            abs(len(part) - len(word)) <= 3 and word.startswith(part[: max(2, len(part) - 2)])
            for part, word in zip(parts, said, strict=True)
        )
        return Role.NONE if alike else None
    if parts[:-1] != said[:-1]:
        return None
    for stem in latin_stems(parts[-1], language):
        if said[-1].startswith(stem) and (role := LATIN.get(language, PLAIN).get(said[-1][len(stem) :])):
            return role
    return None


@cache
def countries() -> Countries:
    """The countries of the tables, built at the first call."""
    return Countries(names())
