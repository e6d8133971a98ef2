"""One spelling for what people type in many: case, diacritics, letter variants and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LONGEST = 2000
"""Characters of a text that are read; the rest is cut."""

LONGEST_FOLDED = 4000
"""Characters of a folded text: Han characters are spaced and a ligature can unfold into a phrase."""

_LETTERS = {
    "ı": "i",
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "ß": "ss",
    # Arabic and Persian keyboards write the same letter with different characters.
    "ٱ": "ا",
    "ى": "ی",
    "ي": "ی",
    "ې": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ە": "ه",
    "ھ": "ه",
    "ے": "ی",
    # A zero-width non-joiner parts Persian words where many type a space.
    "\u200c": " ",
    "ء": "",
    "ـ": "",
    # Ukrainian ґ is written г by many.
    "ґ": "г",
}
_APOSTROPHES = "'’‘‛`´ʼʻʽʹ′＇ˈ"
_DROPPED_APOSTROPHE = re.compile(
    # Ukrainian сім'я is typed сімя by many, Somali go'aan goaan; French qu'il is two words.
    f"[{_APOSTROPHES}](?:(?<=[\u0400-\u04ff].)(?=[\u0400-\u04ff])|(?<=[aeiou].)(?<!qu.)(?=[aeiou]))"
)
_THRICE = re.compile(r"(.)\1\1")
"""Finds in a microsecond that nothing is lengthened, which the exact pattern takes seven for."""

_LENGTHENED = re.compile(r"([^\W\d_])\1\1+")
_LONG_VOWELS = frozenset("aeiouy")
"""Letters that some languages write twice: Finnish hyvääää is hyvää, Somali la'aan is laan."""

_PERSIAN_PREFIX = re.compile(r"(?<!\S)(ن?می) (?=[ا-ی])")
_PERSIAN_SUFFIX = re.compile(r"(?<=[ا-ی]) (?=(?:ها(?:ی|یی|یم|یت|یش|م|ت|ش)?|ترین)(?!\S))")
_SIMPLER = {"著": "着", "瞭": "了", "覆": "复", "藉": "借", "祇": "只", "衹": "只", "妳": "你", "牠": "它"}
"""Characters that the table of OpenCC keeps, because some words keep them; most words do not."""

_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_REMEMBERED = 20_000
_ASCII_FOLD = re.compile(r"[a-z0-9 .,?!\-:;()/]*\Z")


def is_han(code: int) -> bool:
    """True for the code point of a Chinese character."""
    return any(first <= code <= last for first, last in _HAN)


@cache
def _simplified() -> Mapping[str, str]:
    """The simplified character of each traditional one, from OpenCC's table; read at the first Chinese character."""
    table = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line)
    first = {traditional: ways.split(" ")[0] for traditional, ways in rows} | _SIMPLER
    return {traditional: first.get(simple, simple) for traditional, simple in first.items()}


def _replacement(code: int) -> str:
    """What one character of a decomposed, casefolded text becomes."""
    character = chr(code)
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _APOSTROPHES:
        return " "
    if is_han(code):
        return f" {_simplified().get(character, character)} "
    category = unicodedata.category(character)
    # Mn: diacritics and harakat; Cf: zero-width and bidi controls; Cs, Co, Cn: what no keyboard writes.
    if category in {"Mn", "Me", "Cf", "Cs", "Co", "Cn"}:
        return ""
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character


class _Table(dict[int, str]):
    """Translation table that learns a character when it is first met."""

    def __missing__(self, code: int) -> str:
        value = _replacement(code)
        if len(self) < _REMEMBERED:
            self[code] = value
        return value


_TABLE = _Table()


def _kept(match: re.Match[str]) -> str:
    """One letter for three and more, two of a Latin vowel."""
    letter = match[1]
    return letter * 2 if letter in _LONG_VOWELS else letter


def _shortened(folded: str) -> str:
    """The text without letters that were repeated for emphasis."""
    return _LENGTHENED.sub(_kept, folded) if _THRICE.search(folded) else folded


def _persian_joined(folded: str) -> str:
    """The prefix می and the plural ها joined to their word, as most type them; joining can lengthen a letter."""
    while True:
        joined = _PERSIAN_PREFIX.sub(r"\1", folded) if "می " in folded else folded
        joined = _PERSIAN_SUFFIX.sub("", joined)
        folded = _shortened(joined)
        if folded == joined:
            return folded


def fold(text: str) -> str:
    """`text` in its one comparable spelling, single-spaced; idempotent; at most `LONGEST_FOLDED` characters."""
    text = text[:LONGEST]
    lowered = text.lower()
    if _ASCII_FOLD.match(lowered):
        return _shortened(" ".join(lowered.split()))
    # Casefolding can undo a normal form (ŉ, ΐ), hence twice.
    lowered = _DROPPED_APOSTROPHE.sub("", lowered)
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", lowered).casefold())
    plain = unicodedata.normalize("NFD", composed).translate(_TABLE)
    folded = _shortened(" ".join(plain.split()))
    if "می " in folded or " ها" in folded or " ترین" in folded:
        folded = _persian_joined(folded)
    return folded[:LONGEST_FOLDED].rstrip()
