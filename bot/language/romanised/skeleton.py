"""Keys in which spellings of one word fall together: its consonants, with the vowels between them kept aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from bot.language.romanised.costs import EXTRA, SAME, UNSAID
from bot.language.romanised.sounds import CONSONANTS, LATIN, NATIVE

ABJADS = frozenset(("ar", "fa"))
READINGS = 8
"""Readings of a Latin word that are looked up."""

IMPOSSIBLE = 9.0
_PARTS = re.compile(f"([{CONSONANTS}])")
_DOUBLED = re.compile(f"([{CONSONANTS}])\\1+")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Consonants of a word, and the vowels before, between and after them (`len(key) + 1` strings)."""

    key: str
    vowels: tuple[str, ...]


@cache
def _sounds(language: str, *, native: bool) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """The letters of a table as a pattern, the longest first, and their sounds."""
    rows = {}
    for line in (NATIVE if native else LATIN)[language].split("\n"):
        if line:
            letters, *sounds = line.split(" ")
            rows[letters] = ["" if sound == "-" else sound for sound in sounds]
    return re.compile("|".join(re.escape(key) for key in sorted(rows, key=len, reverse=True))), rows


def _skeleton(sounds: str, *, abjad: bool) -> Skeleton:
    """Sounds parted into consonants and vowels; of doubled consonants one stays."""
    parts = _PARTS.split(sounds if abjad else _DOUBLED.sub(r"\1", sounds))
    key, vowels = parts[1::2], parts[::2]
    if abjad:
        # Short vowels are not written, so that it cannot be told whether equal consonants touch.
        for at in range(len(key) - 1, 0, -1):
            if key[at] == key[at - 1]:
                vowels[at : at + 2] = [f"{vowels[at]}={vowels[at + 1]}"]
                del key[at]
    return Skeleton("".join(key), tuple(vowels))


def native_skeleton(word: str, language: str) -> Skeleton:
    """The skeleton of a folded native word."""
    pattern, rows = _sounds(language, native=True)
    abjad = language in ABJADS
    silent = abjad and len(word) > 1 and word.endswith("ه")
    sounds = "".join([rows[letters][0] for letters in pattern.findall("^" + (word[:-1] if silent else word))])
    return _skeleton(sounds + "ه" * silent, abjad=abjad)


@lru_cache(4_000)
def latin_skeletons(word: str, language: str) -> list[Skeleton]:
    """Skeletons of the readings of a folded Latin word, the likeliest first, at most `READINGS`."""
    pattern, rows = _sounds(language, native=False)
    abjad = language in ABJADS
    silent = abjad and len(word) > 1 and word.endswith("h") and word[-2] in "aeiou"
    choices = [rows[letters] for letters in pattern.findall(word[:-1] if silent else f"{word}$")]
    found = []
    for sounds in islice(_likeliest(choices), READINGS):
        found.append(_skeleton("".join(sounds) + "H" * silent, abjad=abjad))  # noqa: PERF401
    return found


def _likeliest(choices: list[list[str]]) -> list[tuple[str, ...]]:
    """Combinations of choices with few that are not the first."""
    first = tuple(sounds[0] for sounds in choices)
    open_ = [at for at, sounds in enumerate(choices) if len(sounds) > 1]
    if not open_:
        return [first]
    if len(open_) <= 2:
        return list(product(*choices))
    singles = [(*first[:at], other, *first[at + 1 :]) for at in open_ for other in choices[at][1:]]
    return [first, *singles]


def _costs(table: str, separator: str) -> dict[str, float]:
    """A table of costs by its letters."""
    rows = [line.rsplit(" ", 1) for line in table.split(separator) if line]
    return {letters.replace(" ", ""): float(cost) for letters, cost in rows}


@cache
def _tables(language: str) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Costs of a language: read as each other, extra, unsaid."""
    return (
        _costs(SAME[language], "\n"),
        _costs(EXTRA[language], "|"),
        _costs(UNSAID[language], "|"),
    )


@lru_cache(20_000)
def _between(latin: str, native: str, language: str) -> float:
    """The least cost of reading the Latin vowels as the native ones."""
    same, extra, unsaid = _tables(language)
    row = [0.0]
    for letter in native:
        row.append(row[-1] + unsaid.get(letter, 1.0))
    for written in latin:
        before, row = row, [row[0] + extra.get(written, 1.0)]
        for at, letter in enumerate(native):
            pair = written + letter
            cost = 0.0 if written == letter else same.get(pair, IMPOSSIBLE)
            row.append(
                min(
                    before[at] + cost,
                    before[at + 1] + extra.get(written, 1.0),
                    row[at] + unsaid.get(letter, 1.0),
                )
            )
    return row[-1]


def vowels_apart(latin: tuple[str, ...], native: list[str] | tuple[str, ...], language: str) -> float:
    """How far the vowels of a Latin word are from a native word's with the same key; 0 is the same."""
    total = 0.0
    for written, known in zip(latin, native, strict=True):
        if written != known:
            total += _between(written, known, language)
    return total
