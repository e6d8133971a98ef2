"""The script of a message's own words."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Script(IntEnum):
    """Scripts that the languages are told apart by; OTHER is a script that none of them uses."""

    NONE = 0
    LATIN = 1
    CYRILLIC = 2
    ARABIC = 3
    HAN = 4
    OTHER = 5


LATIN, CYRILLIC, ARABIC, HAN, OTHER = Script.LATIN, Script.CYRILLIC, Script.ARABIC, Script.HAN, Script.OTHER

# First code point of each run of letters (or of what is no letter) up to the next one.
_RUNS = (
    (0x00, 0), (0x41, 1), (0x5B, 0), (0x61, 1), (0x7B, 0), (0xAA, 1), (0xAB, 0), (0xC0, 1), (0xD7, 0), (0xD8, 1),
    (0xF7, 0), (0xF8, 1), (0x250, 0), (0x370, 5), (0x400, 2), (0x482, 0), (0x48A, 2), (0x530, 5), (0x600, 0),
    (0x620, 3), (0x64B, 0), (0x66E, 3), (0x6D4, 0), (0x6D5, 3), (0x6D6, 0), (0x6EE, 3), (0x6F0, 0), (0x6FA, 3),
    (0x700, 5), (0x750, 3), (0x780, 5), (0x8A0, 3), (0x8D3, 5), (0x1E00, 1), (0x1F00, 5), (0x2000, 0), (0x2C00, 5),
    (0x2E80, 0), (0x3040, 5), (0x3200, 0), (0x3400, 4), (0xA000, 5), (0xD7FC, 0), (0xF900, 4), (0xFB00, 1),
    (0xFB07, 5), (0xFB50, 3), (0xFE00, 0), (0xFE70, 3), (0xFEFF, 0), (0xFF21, 1), (0xFF3B, 0), (0xFF41, 1),
    (0xFF5B, 0), (0xFF66, 5), (0xFFE0, 0), (0x10000, 5), (0x1F000, 0), (0x20000, 4), (0x323B0, 0),
)  # fmt: skip
_FIRST = np.array([first for first, _ in _RUNS], np.uint32)
_SCRIPT = np.array([script for _, script in _RUNS], np.uint8)


def counts(text: str) -> list[int]:
    """Letters of each `Script`, by its number."""
    if text.isascii():
        letters = sum(map(str.isalpha, text))
        return [len(text) - letters, letters, 0, 0, 0, 0]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    found: list[int] = np.bincount(_SCRIPT[np.searchsorted(_FIRST, codes, "right") - 1], minlength=6).tolist()
    return found


def script(text: str) -> Script:
    """The script of the message's own words: Finnish terms stand in Latin letters inside other scripts."""
    found = counts(text)
    own = max(Script(number) for number in (2, 3, 4, 5) if found[number] == max(found[2:]))
    if found[own] == 0:
        return LATIN if found[LATIN] else Script.NONE
    # Kana or Hangul beside Chinese characters: another language's mixture.
    if own is HAN and found[OTHER] > 1:
        return OTHER
    weight = found[own] * (4 if own is HAN else 1)
    return own if not found[LATIN] or (found[own] >= 2 and weight * 6 >= found[LATIN]) else LATIN
