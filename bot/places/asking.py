"""Which country a message asks about, where it tells that country apart from those it only mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.folding import fold
from bot.places.countries import Abroad
from bot.places.here import here
from bot.places.inflection import Role
from bot.places.words import visible

_CLAUSE = re.compile(r"[^.!?,;:\n。！？，；،؛؟]+[.!?,;:\n。！？，；،؛؟]*")
_MARKS = " ¿¡-–—("
_ENDS_QUESTION = re.compile(r"[?？؟]")
_ASKS = re.compile(
    r"\b(?:mit[ae]n?|kuinka|missa|mista|mihin|milloin|kuka|kene\w+|paljonko|montako|miksi|mika|mitka|\w+ko|"
    r"hur|vart|nar|vem|vilk\w+|how|what|where|when|who|which|"
    r"kuidas|kus|kust|kuhu|mis|mida|millal|kes|kas|palju|как|какои|какие|какая|где|когда|кто|куда|откуда|сколько|"
    r"можно|нужно|ли|як|який|які|яка|де|коли|хто|куди|звідки|скільки|чи|можна|треба|"
    r"کیف|وین|این|ماذا|متی|هل|کم|شو|ازای|شلون|چطور|چگونه|کجا\w*|چه|ایا|چقدر|چی|"
    r"sidee\w*|xag+ee|halkee|maxa\w+|goorma|yaa|i[mn]+isa|meeqa|nasil|nere\w+|ne|kim|hangi|kac|m[iu]\w*|"
    r"donde|cuando|quien|cual|cuanto\w*|comment|ou|quoi|quand|quel\w*|combien)\b|"
    r"^(?:can|may|could|should|must|does|do|is|are|kan|far|maste|finns|ar|ska|var|vad|что|що|ما|ma|"
    r"como|que|puedo|hay|es|qui|que|puis|peut|est|faut)\b|怎 么|如 何|哪|什 么|吗|多 少|谁|几"
)
"""Folded words that questions turn on anywhere in a clause, and those that do so at its beginning only."""

_SEARCH = 5
"""Words of a message that is a search rather than a sentence: "day care sweden"."""

_SHORTEST = 2
"""Words of a clause below which it belongs to the next one: "In Sweden, how do I ..."."""


def asked_country(text: str, named: Sequence[Abroad]) -> str | None:
    """ISO code of the country that `text` asks about, of those `named` in it; None when it only mentions them.

    The country stands where something is ("in Sweden"), in the clause that asks, or bare in a search; and nothing says
    Finland.
    """
    text = visible(text)
    if not named or any(country.finland for country in named) or here(folded := fold(text)):
        return None
    if len(named) == 1 and named[0].role is Role.NONE:
        return named[0].country if len(folded.split()) <= _SEARCH else None
    places = [country for country in named if country.role is Role.AT]
    spans = _asking(text) if places else []
    return next((place.country for place in places for first, end in spans if first <= place.start < end), None)


def _asking(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses that ask: those of a question that hold a question word, else its last one."""
    clauses = _clauses(text)
    if len(clauses) == 1:
        return clauses
    words = [_ASKS.search(fold(text[first:end].lstrip(_MARKS))) is not None for first, end in clauses]
    asking = [span for span, asks in zip(clauses, words, strict=True) if asks]
    marked = [span for span in clauses if _ENDS_QUESTION.search(text[span[0] : span[1]])]
    return asking or marked[-1:] or clauses[-1:]


def _clauses(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses; a short one is joined with the next."""
    spans: list[tuple[int, int]] = []
    first = 0
    for match in _CLAUSE.finditer(text):
        if len(fold(text[first : match.end()]).split()) > _SHORTEST:
            spans.append((first, match.end()))
            first = match.end()
    if first < len(text) and spans:
        spans[-1] = (spans[-1][0], len(text))
    return spans or [(0, len(text))]
