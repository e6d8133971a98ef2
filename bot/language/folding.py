"""One spelling for what people type in many: case, diacritics, letter variants and invisible characters."""

from __future__ import annotations

import re
import unicodedata

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
    "ء": "",
    "ـ": "",
    # Ukrainian ґ is written г by many.
    "ґ": "г",
}
_APOSTROPHES = "'’‘‛`´ʼʻʽʹ′＇ˈ"
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_REMEMBERED = 20_000
_ASCII_FOLD = re.compile(r"[a-z0-9 .,?!\-:;()/]*\Z")


def is_han(code: int) -> bool:
    """True for the code point of a Chinese character."""
    return any(first <= code <= last for first, last in _HAN)


def _replacement(code: int) -> str:
    """What one character of a decomposed, casefolded text becomes."""
    character = chr(code)
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _APOSTROPHES:
        return " "
    if is_han(code):
        return f" {character} "
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


def fold(text: str) -> str:
    """`text` in its one comparable spelling, single-spaced; idempotent; at most `LONGEST_FOLDED` characters."""
    text = text[:LONGEST]
    lowered = text.lower()
    if not _ASCII_FOLD.match(lowered):
        # Casefolding can undo a normal form (ŉ, ΐ), hence twice.
        composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        lowered = unicodedata.normalize("NFD", composed).translate(_TABLE)
    return " ".join(lowered.split())[:LONGEST_FOLDED].rstrip()
