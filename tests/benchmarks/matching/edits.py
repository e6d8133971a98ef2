"""What hurried thumbs make of a message: slips within words, accents left out, a space left out."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

SHARE = 0.15
"""Of words that are mistyped."""

_LATIN = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_KEYBOARDS = {
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "uk": ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),
    "ar": ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلىةوزظ"),
    "fa": ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"),
}
_WORD = re.compile(r"[\u3400-\u9fff]{2}|(?:(?![\u3400-\u9fff])[^\W\d_]){2,}")
"""Letters in a row; two Chinese characters, since most Chinese words have two."""

_UNDECOMPOSED = str.maketrans("ıøØđĐłŁ", "ioOdDlL")


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    """Letter -> the letters on the keys beside, above and below it."""
    at = {letter: (r, c) for r, row in enumerate(rows) for c, letter in enumerate(row)}
    return {
        letter: "".join(o for o, (y, x) in at.items() if o != letter and abs(y - r) <= 1 and abs(x - c) <= 1)
        for letter, (r, c) in at.items()
    }


_NEXT = {language: _neighbours(rows) for language, rows in _KEYBOARDS.items()}
_NEXT_LATIN = _neighbours(_LATIN)


def slipped(word: str, language: str, draw: random.Random) -> str:
    """The word with two letters swapped, one dropped, one doubled or one replaced by a neighbouring key's."""
    place = draw.randrange(len(word))
    letter = word[place]
    near = _NEXT.get(language, _NEXT_LATIN).get(letter.lower()) or _NEXT_LATIN.get(letter.lower(), "")
    kinds = ["swap", "drop", "double", *(["replace"] if near else [])]
    match draw.choice(kinds):
        case "swap" if len(word) > 1:
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case "drop" if len(word) > 1:
            return word[:place] + word[place + 1 :]
        case "replace":
            return word[:place] + draw.choice(near) + word[place + 1 :]
        case _:
            return word[:place] + letter + word[place:]


def mistyped(text: str, language: str, draw: random.Random, most: int = 2) -> str:
    """The text with one to `most` slips in each word with a probability of `SHARE`."""

    def word(match: re.Match[str]) -> str:
        written = match[0]
        if draw.random() < SHARE:
            for _ in range(draw.randint(1, most)):
                written = slipped(written, language, draw)
        return written

    return _WORD.sub(word, text)


def unaccented(text: str) -> str:
    """The text as typed without any diacritic."""
    plain = unicodedata.normalize("NFD", text).translate(_UNDECOMPOSED)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")


def joined(text: str, draw: random.Random) -> str:
    """The text without one of its spaces between letters."""
    spaces = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    if not spaces:
        return text
    place = draw.choice(spaces)
    return text[:place] + text[place + 1 :]


def seeded(edit: Callable[[str, str, random.Random], str], seed: int) -> Callable[[str, str], str]:
    """An edit of (text, language) that depends on the seed and the text alone, not on what was edited before."""
    return lambda text, language: edit(text, language, random.Random(f"{seed} {text}"))
