"""How people ask what a word means, in each language of the bot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, product

from bot.language.folding import fold
from bot.language.tokens import tokens

Words = tuple[str, ...]

FILE = "asking.tsv"
"""Columns language, place, way.

A way `around` a word has the word as `_`; `[a|b]` may be left out, `(a|b)` is one of these. What stands `before` or
`after` a question, such as a greeting, is taken off.
"""

LONGEST = 24
"""Words of a message that may be a question about a word; longer ones say more than that."""

_GROUP = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)")
_COURTESIES = 2
"""Greetings and the like that are taken off at either end."""

_COURTESY = 5
"""Words of the longest of them."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The file's ways written out, folded."""

    around: frozenset[tuple[Words, Words]]
    """Words before and after the word asked about."""
    prefixes: frozenset[Words]
    before: frozenset[Words]
    after: frozenset[Words]
    longest_prefix: int
    longest_suffix: int


def word_key(text: str) -> str:
    """The spelling by which words are compared: folded, without spaces and hyphens; '' when it has no letter."""
    return "".join(tokens(fold(text)))


def asked_about(text: str) -> Iterator[tuple[str, bool]]:
    """(key, surely) of each word that `text` may ask about; not surely: it is the whole message, without a question."""
    words = tuple(tokens(fold(text)))
    if not words or len(words) > LONGEST:
        return
    known = ways()
    for bare in _stripped(words, known):
        for start in range(min(known.longest_prefix, len(bare) - 1), -1, -1):
            if bare[:start] not in known.prefixes:
                continue
            for end in range(max(start + 1, len(bare) - known.longest_suffix), len(bare) + 1):
                if (bare[:start], bare[end:]) in known.around:
                    yield "".join(bare[start:end]), True
        yield "".join(bare), False


@cache
def ways() -> Ways:
    """Every way to ask; read at the first use."""
    rows = [line.split("\t") for line in (files("bot.language") / FILE).read_text("utf-8").splitlines()[1:]]
    around = frozenset(chain.from_iterable(_around(way) for _, place, way in rows if place == "around"))
    before, after = (
        frozenset(chain.from_iterable(_written_out(way) for _, kind, way in rows if kind == place))
        for place in ("before", "after")
    )
    return Ways(
        around,
        frozenset(left for left, _ in around),
        before,
        after,
        max(len(left) for left, _ in around),
        max(len(right) for _, right in around),
    )


def _stripped(words: Words, known: Ways) -> list[Words]:
    """The words as they are, and without the courtesies around them; never empty."""
    found = [words]
    for courtesies, front in ((known.before, True), (known.after, False)):
        bare = found[-1]
        for _ in range(_COURTESIES):
            # The longest first: "can you tell me" before "can".
            sizes = range(min(_COURTESY, len(bare) - 1), 0, -1)
            cut = next((n for n in sizes if (bare[:n] if front else bare[-n:]) in courtesies), 0)
            bare = bare[cut:] if front else bare[: len(bare) - cut]
        if bare != found[-1]:
            found.append(bare)
    return found


def _around(way: str) -> Iterator[tuple[Words, Words]]:
    """Of `a [b] _ (c|d)` the four ways a _ c, a _ d, a b _ c and a b _ d."""
    left, right = way.split("_")
    return product(_written_out(left), _written_out(right))


def _written_out(side: str) -> list[Words]:
    """Every way to write out one side."""
    pieces: list[list[Words]] = []
    last = 0
    for group in _GROUP.finditer(side):
        optional, one_of = group.groups()
        alternatives = ["", *optional.split("|")] if optional is not None else one_of.split("|")
        pieces += [[_words(side[last : group.start()])], [*map(_words, alternatives)]]
        last = group.end()
    pieces.append([_words(side[last:])])
    return [tuple(chain.from_iterable(chosen)) for chosen in product(*pieces)]


def _words(text: str) -> Words:
    return tuple(tokens(fold(text)))
