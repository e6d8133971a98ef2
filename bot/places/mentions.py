"""Places named in a message."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.places.context import COMING, LIVING, PREPOSITIONS, PRONOUNS
from bot.places.inflection import ENDINGS, Role, stems
from bot.places.misspelling import LONG_WORD, nearest
from bot.places.names import Meaning, Names, Reading
from bot.places.ordinary import ONLY_AS_ANSWER, ORDINARY, STRICT
from bot.places.words import Word

_REMEMBERED = 50_000
_NEAR = 3
"""Words between a verb of living and the place it is about."""
_HAN_LIVING = re.compile(r"住[^，。！？,.!?]{0,6}$")
_HAN_FROM = re.compile(r"[从從]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as it is named; `start` is a character of the message, `position` a word (-1 among Han characters)."""

    meanings: tuple[Meaning, ...]
    start: int
    role: Role
    position: int = -1
    living: bool = False
    """True where the message says that somebody lives there."""

    @property
    def weight(self) -> int:
        """4 where the writer lives, 2 where or whereto, 1 bare, 0 wherefrom."""
        return 4 if self.living else {Role.AT: 2, Role.TO: 2, Role.NONE: 1, Role.FROM: 0}[self.role]


class Mentions:
    """Finds names in the words of a message."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._read = lru_cache(_REMEMBERED)(names.read)
        han = sorted(names.han, key=len, reverse=True)
        self._han = re.compile("|".join(map(re.escape, han))) if han else None

    def find(self, words: list[Word], text: str, *, lenient: bool = False) -> list[Mention]:
        """Mentions in their order; lenient reads ordinary words as names too, as an answer to "where do you live?"."""
        found: list[Mention] = []
        position = 0
        while position < len(words):
            reading, length = self._at(words, position, lenient=lenient)
            if reading:
                found.append(_mention(reading, words, position))
            position += length
        return sorted([*_with_homes(found, words), *self._in_han(text)], key=lambda mention: mention.start)

    def find_misspelt(self, words: list[Word], *, lenient: bool = False) -> list[Mention]:
        """Mentions a letter or two off: words with a capital, after a preposition, or lenient the whole answer."""
        found = []
        for position, word in enumerate(words):
            long = len(word.folded) >= LONG_WORD
            marked = word.capital and (not word.first or len(words) < _NEAR)
            answer = lenient and _is_answer(words, position)
            if not (marked or answer or (long and _preposition(words, position))):
                continue
            letters_off = 2 if long and (word.capital or answer) else 1
            if reading := nearest(word.folded, self._names, letters_off, short=answer):
                found.append(_mention(reading, words, position))
        return _with_homes(found, words)

    def _at(self, words: list[Word], position: int, *, lenient: bool) -> tuple[Reading | None, int]:
        """The longest name that begins at a position, and its number of words (1 when there is none)."""
        word = words[position]
        for rest, meanings in self._names.several.get(word.folded, ()):
            if _same(rest, words[position + 1 : position + 1 + len(rest)]):
                return Reading(word.folded, meanings, Role.NONE) if meanings else None, 1 + len(rest)
        reading = self._read(word.folded, None if lenient or word.written.isascii() else word.written)
        if reading and (_is_place(reading, words, position) or (lenient and _is_answer(words, position))):
            return reading, 1
        return None, 1

    def _in_han(self, text: str) -> list[Mention]:
        found = []
        for match in self._han.finditer(text) if self._han else ():
            before = text[: match.start()]
            role = Role.FROM if _HAN_FROM.search(before) else Role.NONE
            living = bool(_HAN_LIVING.search(before))
            found.append(Mention(self._names.han[match.group()], match.start(), role, living=living))
        return found


def _mention(reading: Reading, words: list[Word], position: int) -> Mention:
    role = reading.role
    if role is Role.NONE:
        role = _preposition(words, position) or role
        if role is Role.FROM and words[position - 1].folded == "de" and not _comes(words, position):
            role = Role.NONE
    return Mention(reading.meanings, words[position].start, role, position)


def _preposition(words: list[Word], position: int) -> Role | None:
    return PREPOSITIONS.get(words[position - 1].folded) if position else None


def _comes(words: list[Word], position: int) -> bool:
    """Whether "de" before a place is "from": right after a verb of coming, or at the start; else it is "of"."""
    return position < _NEAR - 1 or any(word.folded in COMING for word in words[max(0, position - _NEAR) : position])


def _same(rest: tuple[str, ...], following: list[Word]) -> bool:
    """Whether the words after the first are a name's; the last one may have an ending ("Espoon keskuksessa")."""
    if len(following) != len(rest) or [word.folded for word in following[:-1]] != list(rest[:-1]):
        return False
    last = following[-1].folded
    return any(last.startswith(stem) and last[len(stem) :] in ENDINGS for stem in stems(rest[-1]))


def _is_place(reading: Reading, words: list[Word], position: int) -> bool:
    """Whether a word that is a name, but perhaps an ordinary word too, is a place here."""
    word, name = words[position], reading.name
    if name in ONLY_AS_ANSWER:
        return False
    if name not in ORDINARY and name not in STRICT:
        return True
    preposition = _preposition(words, position) is not None
    if name in STRICT:
        return word.capital and (reading.full_case or preposition)
    return reading.full_case or (word.capital and (preposition or not word.first))


def _is_answer(words: list[Word], position: int) -> bool:
    """Whether a word is all that a message says, but for "I live in"."""
    others = (word.folded for word in (*words[:position], *words[position + 1 :]))
    return all(other in PREPOSITIONS or other in PRONOUNS or LIVING.fullmatch(other) for other in others)


def _with_homes(mentions: list[Mention], words: list[Word]) -> list[Mention]:
    """The mentions, marked where a verb of living is nearest: within `_NEAR` words, on this side of a comma."""
    if not mentions:
        return mentions
    homes = set()
    for position, word in enumerate(words):
        if LIVING.fullmatch(word.folded):
            away = {number: _distance(words, position, mention.position) for number, mention in enumerate(mentions)}
            nearest_one = min(away, key=lambda number: away[number])
            if away[nearest_one] <= _NEAR:
                homes.add(nearest_one)
    return [
        replace(mention, living=True) if number in homes and mention.role is not Role.FROM else mention
        for number, mention in enumerate(mentions)
    ]


def _distance(words: list[Word], verb: int, place: int) -> float:
    """Words from a verb to a place but for prepositions; a comma between is two words, a place before it half a one."""
    first, last = min(verb, place), max(verb, place)
    between = words[first + 1 : last]
    pauses = sum(word.pause for word in words[first + 1 : last + 1])
    steps = 1 + sum(word.folded not in PREPOSITIONS for word in between)
    return steps + 2 * pauses + (0.5 if place < verb else 0)
