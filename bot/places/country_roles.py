"""What a message says of a country it names: that something is there, goes there or comes from there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.places.cases import LATIN, SURE
from bot.places.context import PREPOSITIONS
from bot.places.inflection import Role
from bot.places.ordinary_countries import ARTICLES, LANGUAGES_TOO, LIKE, ONLY_WITH_ENDING, ORDINARY
from bot.places.words import Word

UNDECLINED = "x"
"""Kind of a Cyrillic name that has no endings."""

_ELIDED_OF = ("d'", "d’")
_ENDED = (LATIN["fi"], LATIN["et"])
_OF = frozenset({"of", "for", "о", "об", "про", "для"})
_BEFORE = PREPOSITIONS | {
    **dict.fromkeys(("au", "aux", "gudaha", "dalka", "ee", "inside"), Role.AT),
    **dict.fromkeys(("du", "des", "del"), Role.FROM),
    # "a España" is whereto; French has "à".
    "a": Role.TO,
}


@dataclass(frozen=True, slots=True)
class Read:
    """A word or a phrase read as a country's name; `length` in words."""

    country: str
    role: Role
    name: str
    length: int = 1
    kind: str = ""
    """Of a Cyrillic name, whose preposition and ending say the role together."""
    ending: str = ""
    """Of a Latin name."""


def role_of(read: Read, words: list[Word], position: int, text: str) -> Role | None:
    """What the message says of the country; None when the word is no country here."""
    word = words[position]
    before = position - 1
    while before >= 0 and words[before].folded in ARTICLES:
        before -= 1
    near = words[before].folded if before >= 0 else ""
    said = Role.FROM if text[word.start : word.start + 2].lower() in _ELIDED_OF else _BEFORE.get(near)
    if near == "a" and words[before].written == "à":
        said = Role.AT
    if said is Role.AT and before and words[before - 1].folded in LIKE:
        said = None
    if read.kind:
        # A name that is not declined, or of several words, leaves the role to the preposition.
        role = read.role if said is Role.AT and read.kind != UNDECLINED else said or Role.NONE
    elif read.role is Role.NONE and not read.ending:
        role = Role.NONE if near in _OF else said or _joined(words, position, text)
    else:
        role = read.role
    return role if not read.name or _is_country(read, word, role) else None


def _is_country(read: Read, word: Word, role: Role) -> bool:
    """Whether a word that is a name, but perhaps an ordinary word too, is a country here."""
    name, inside = read.name, word.capital and not word.first
    if name in ONLY_WITH_ENDING:
        return read.ending in SURE
    if name in ORDINARY:
        return read.ending in SURE or (not read.ending and (role is not Role.NONE or inside))
    if name in LANGUAGES_TOO and role is Role.NONE:
        return inside
    if name in LANGUAGES_TOO and read.ending.startswith("ll"):
        return name == "venaja"  # "ruotsilla" is "with Swedish", "Venäjällä" a country
    return True


def _joined(words: list[Word], position: int, text: str) -> Role:
    """The role of an ending after a colon or hyphen: "USA:ssa", "USA-s"."""
    if position + 1 < len(words):
        following = words[position + 1]
        if text[following.start - 1] in ":-" and len(following.folded) <= 4:
            return next((table[following.folded] for table in _ENDED if following.folded in table), Role.NONE)
    return Role.NONE
