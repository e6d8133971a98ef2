"""Native script written in Latin letters, as people type it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from types import MappingProxyType
from zlib import crc32

from bot.language.folding import fold
from bot.language.romanised.familiar import WORDS
from bot.language.romanised.letters import (
    ABJAD,
    ARTICLE,
    CYRILLIC,
    FINAL_HE,
    LONG,
    SHORT,
    VOWELS,
)

STYLES = range(16)
"""Styles worth a copy each; any other int is a further mix. Style 0 writes every letter in its commonest way."""

LANGUAGES = ("ru", "uk", "ar", "fa", "zh")
"""Languages that are written in Latin letters too."""

_GLIDES = ("y", "j", "i", "y")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff'’]+")
_ARABIC_WORD = re.compile(r"[\u0620-\u064a\u0671-\u06d3]+")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_PUNCTUATION = str.maketrans("،؛؟。，？！、：；（）“”", ',;?.,?!,:;()""')
_WEAK = "وىيی"


def _rows(table: str) -> dict[str, list[str]]:
    """A table of letters: what is written, and the ways to write it."""
    rows = {}
    for line in table.split("\n"):
        if line:
            native, *ways = line.split(" ")
            rows[native] = ["" if way == "-" else way for way in ways]
    return rows


@cache
def familiar(language: str) -> Mapping[str, str]:
    """Latin spellings of words that everyone spells alike, to the folded native word."""
    found: dict[str, str] = {}
    for native, ways in _rows(WORDS.get(language, "")).items():
        for way in ways:
            found.setdefault(way, fold(native))
    return MappingProxyType(found)


def _pick(ways: list[str], random: Random) -> str:
    """One of the ways, the first ones more often."""
    return random.choices(ways, [1 / (place + 1) for place in range(len(ways))])[0]


@dataclass(frozen=True, slots=True)
class _Hand:
    """One writer's habits: one way for each letter."""

    letters: Mapping[str, str]
    long: Mapping[str, str]
    words: Mapping[str, str]
    pattern: re.Pattern[str]
    article: str
    assimilates: bool
    doubles: bool
    final_he: str


@lru_cache(256)
def _hand(language: str, style: int) -> _Hand:
    """The habits of a style: seeded, hence the same at every call."""
    random = Random(f"{language} {style}")  # noqa: S311

    def chosen(table: str) -> dict[str, str]:
        rows = _rows(table)
        return {native: ways[0] if style == 0 else _pick(ways, random) for native, ways in rows.items()}

    letters = chosen(CYRILLIC.get(language) or ABJAD[language])
    glide = "y" if style == 0 else random.choice(_GLIDES)
    letters = {native: way.replace("J", glide) for native, way in letters.items()}
    keys = sorted(letters, key=len, reverse=True)
    return _Hand(
        letters=MappingProxyType(letters),
        long=MappingProxyType(chosen(LONG.get(language, ""))),
        words=MappingProxyType(chosen(WORDS.get(language, ""))),
        pattern=re.compile("|".join(re.escape(key) for key in keys)),
        article=ARTICLE[0] if style == 0 else random.choice(ARTICLE),
        assimilates=style != 0 and random.random() < 0.3,
        doubles=random.random() < 0.5,
        final_he=_pick(list(FINAL_HE[language]), random) if language in FINAL_HE else "",
    )


def _cyrillic(word: str, hand: _Hand) -> str:
    """A word of Cyrillic letters, cluster by cluster, the longest first."""
    out, at, marked = [], 1, f"^{word}$"
    while at < len(marked) - 1:
        for size in (3, 2, 1):
            piece = marked[at : at + size]
            before = "^" if at == 1 else "+" if marked[at - 1] in VOWELS else ""
            ending = at + size == len(marked) - 1
            keys = [piece + "$"] * ending + [before + piece] * bool(before) + [piece]
            found = next((key for key in keys if key in hand.letters), None)
            if found is not None:
                out.append(hand.letters[found])
                at += size
                break
        else:
            out.append(marked[at])
            at += 1
    return "".join(out)


def _weak_is_vowel(word: str, at: int) -> bool:
    """True where و or ی is a long vowel: after a consonant and before none of the vowels."""
    if at == 0 or word[at - 1] in "اآأإ" or (word[at - 1] in _WEAK and _weak_is_vowel(word, at - 1)):
        return False
    return at + 1 == len(word) or word[at + 1] not in "اآأإة"


def _sounds(word: str, language: str, hand: _Hand) -> list[tuple[str, bool]]:
    """Latin pieces of a word of the Arabic script with whether each is a vowel; no short vowels yet."""
    pieces: list[tuple[str, bool]] = []
    for at, letter in enumerate(word):
        last = at + 1 == len(word)
        if letter == "ى" or (letter in _WEAK and _weak_is_vowel(word, at)):
            pieces.append(("a" if letter == "ى" and language == "ar" else hand.long[letter], True))
        elif letter == "ا" and at == 0 and not last and word[1] not in _WEAK:
            pieces.append(("^", True))
        elif letter == "ه" and last and at and word[at - 1] not in "اوی":
            pieces.append((hand.final_he, True))
        else:
            way = hand.letters.get(letter, letter)
            pieces.append((way, letter in "اآأإةۀ"))
    return pieces


def _voiced(pieces: list[tuple[str, bool]], language: str, random: Random) -> str:
    """The pieces with short vowels where a cluster could not be said."""
    out, cluster = [], 1
    for at, (way, vowel) in enumerate(pieces):
        if vowel:
            cluster = 0
            out.append(random.choice(SHORT[language]) if way == "^" else way)
            continue
        if at and not pieces[at - 1][1]:
            final = at + 1 == len(pieces)
            if cluster >= 2 or at == 1 or random.random() < (0.7 if final else 0.45):
                out.append(random.choice(SHORT[language]))
                cluster = 0
        out.append(way)
        cluster += 1
    return "".join(out)


def _abjad(word: str, language: str, style: int, hand: _Hand) -> str:
    """A word of the Arabic script with guessed vowels: the same guess at every call."""
    if word in hand.words:
        return hand.words[word]
    random = Random(crc32(f"{style} {word}".encode()))  # noqa: S311
    article = ""
    if language == "ar" and word.startswith("ال") and len(word) > 4:
        article, word = hand.article, word[2:]
        if hand.assimilates and word[0] in "تثدذرزسشصضطظن":
            article = article.replace("l", hand.letters[word[0]])
    return article + _voiced(_sounds(word, language, hand), language, random)


@cache
def _han_words() -> object:
    """The segmenter of pypinyin for Chinese words; loaded at build time only."""
    from pypinyin.seg.mmseg import seg

    return seg


def syllables(run: str) -> list[str]:
    """The toneless pinyin of each character of a run of Han characters; ü is v."""
    from pypinyin import Style, lazy_pinyin

    return [syllable.lower() for syllable in lazy_pinyin(run, style=Style.NORMAL, errors="ignore", v_to_u=False)]


def _pinyin(run: str, style: int) -> str:
    """Pinyin without tones: 0 joined by words, 1 a space at every syllable, 2 all joined; from 3 on u for ü."""
    way = style % 3
    if way == 0:
        parts = ["".join(syllables(word)) for word in _han_words().cut(run)]  # type: ignore[attr-defined]
        written = " ".join(parts)
    else:
        written = (" " if way == 1 else "").join(syllables(run))
    return written.replace("v", "u") if style % 6 >= 3 else written


def forward(text: str, language: str, style: int = 0) -> str:
    """`text` in lower-case Latin letters as a writer of `style` types it; other scripts in it stay as they are."""
    text = unicodedata.normalize("NFC", text).lower()
    if language in CYRILLIC:
        hand = _hand(language, style)
        return _CYRILLIC_WORD.sub(lambda match: _cyrillic(match[0], hand), text)
    text = text.translate(_PUNCTUATION)
    if language in ABJAD:
        hand = _hand(language, style)
        text = "".join(" " if c == "\u200c" else c for c in text if unicodedata.category(c) != "Mn")
        return _ARABIC_WORD.sub(lambda match: _abjad(match[0], language, style, hand), text)
    if language == "zh":
        return " ".join(_HAN_RUN.sub(lambda match: f" {_pinyin(match[0], style)} ", text).split())
    raise ValueError(f"no way to write {language!r} in Latin letters is known; known are {', '.join(LANGUAGES)}")
