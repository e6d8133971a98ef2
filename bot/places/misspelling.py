"""Names that a word nearly is."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.inflection import FULL_CASES, Role
from bot.places.names import Names, Reading
from bot.places.ordinary import NO_PLACES
from bot.places.transliteration import latin_key

LONG_WORD = 9
"""Letters of a word in which two may be wrong, and which a preposition is enough to mark as a place."""
_SHORTEST = 6
_SHORTEST_EXACT = 5
"""Letters of a key that may only be the same: "Vanntaa"."""


def nearest(folded: str, names: Names, letters_off: int, *, short: bool = False) -> Reading | None:
    """The name nearest to a folded word, its first letter right; `short` admits names of five letters."""
    if folded in NO_PLACES or not folded.isalpha():
        return None
    best: tuple[int, str, str] | None = None
    for ending in ("", *(ending for ending in FULL_CASES if folded.endswith(ending))):
        key = latin_key(folded[: len(folded) - len(ending)])
        if short and _SHORTEST > len(key) >= _SHORTEST_EXACT and names.meanings(key):
            return Reading(key, names.meanings(key), Role.NONE)
        if len(key) < _SHORTEST:
            continue
        match = process.extractOne(key, names.choices.get(key[0], ()), scorer=OSA.distance, score_cutoff=letters_off)
        if match and (best is None or match[1] < best[0]):
            best = (int(match[1]), match[0], ending)
    if best is None:
        return None
    _, key, ending = best
    return Reading(key, names.meanings(key), Role.AT if ending else Role.NONE, full_case=bool(ending))
