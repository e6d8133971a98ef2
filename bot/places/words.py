"""Words of a message with what case and neighbours say of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.folding import LONGEST, fold

_INVISIBLE = re.compile(r"[\u200b-\u200f\u00ad\ufeff\u2060]")

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_ELIDED = re.compile(r"(?:[ldcjnsmt]|qu|jusqu|lorsqu|puisqu)['’ʼ`´]", re.IGNORECASE)
_PAUSE = re.compile(r"[,.!?:;()\n。，、！？،؛؟–—]")
_ENDS_SENTENCE = re.compile(r"[.!?:;\n。！？؟]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded text, place in the message, and whether its capital letter means anything."""

    folded: str
    written: str
    """The word as it stands, without apostrophes; the whole of it where folding made several words."""
    start: int
    capital: bool
    first: bool
    """True for the first word of a sentence."""
    pause: bool
    """True after a comma or the like."""


def visible(text: str) -> str:
    """`text` cut to `LONGEST`, without characters that nobody sees: what `Word.start` counts in."""
    return _INVISIBLE.sub("", text[:LONGEST])


def read_words(text: str) -> list[Word]:
    """The words of a message in order; an apostrophe joins an ending ("Korso'da") and parts an article ("d'Espoo")."""
    text = visible(text)
    shouting = text.isupper()
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        raw, start = match.group(), match.start()
        if elided := _ELIDED.match(raw):
            raw = raw[elided.end() :]
        capital = raw[:1].isupper() and not shouting
        first = not found or bool(_ENDS_SENTENCE.search(text, end, start))
        pause = first or bool(_PAUSE.search(text, end, start))
        bare = re.sub(r"['’ʼ`´]", "", raw)
        found.extend(Word(part, bare, start, capital, first, pause) for part in fold(bare).split())
        end = match.end()
    return found
