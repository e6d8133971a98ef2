"""The concept lexicon as one sorted array: which concepts the words of a message name, in any language.

An entry is a key: a stem as it is, a word or a phrase with the space after it. Every beginning of the message at a word
start, up to the longest entry, is looked up in one vectorised search; so a Chinese entry, whose characters are words,
is found anywhere. The message's language need not be known: all lexicons are looked up together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.domain.lexicon import Lexicon
from bot.language.folding import fold
from bot.language.tokens import tokens
from bot.language.words import FUNCTION_WORDS
from bot.matching.hashing import Hashes, Joined, mixed, together
from bot.matching.linear import ranges

LONGEST_ENTRY = 40
"""Characters of a folded entry that are compared; Han characters have a space after each."""

SHORTEST_STEM = 2

_BITS = 20

_ARABIC = re.compile(r"[\u0620-\u06ff]")
_ARTICLE = re.compile(r"ال(?=..)")
_PERSIAN = FUNCTION_WORDS["fa"] - FUNCTION_WORDS["ar"]
"""Words by which a message is Persian, whose words have no such particles."""

_CLITICS = re.compile(r"[وف]?(?:[بک]?ال|لل)(?=..)|[وفبکل](?=...)")
"""Arabic particles written together with the next word: and, in, like, to, the."""


Columns = tuple[NDArray[np.int64], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A concept named by the message's words `first` to `last`, of which `letters` characters matched."""

    concept: int
    first: int
    last: int
    letters: int


@lru_cache(maxsize=1 << 18)
def entry_tokens(entry: str) -> tuple[str, ...]:
    """The folded words of an entry; remembered, because a build asks for them three times."""
    return tuple(tokens(fold(entry)))


def entry_key(entry: str) -> str:
    """The text whose beginning of a message an entry matches; '' when nothing is left of it."""
    words = [_ARTICLE.sub("", word, count=1) if word.startswith("ال") else word for word in entry_tokens(entry)]
    text = " ".join(words)
    return text if not text or entry.endswith("*") else text + " "


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    """An Arabic word without the particles before it."""
    return _CLITICS.sub("", word, count=1) if _CLITICS.match(word) else word


@dataclass(frozen=True, slots=True)
class Concepts:
    """Sorted keys of all entries; key i names the concepts `owners[pointers[i]:pointers[i+1]]`."""

    keys: Hashes
    pointers: NDArray[np.int64]
    owners: NDArray[np.uint16]
    _begun: NDArray[np.bool_] = field(init=False, repr=False)
    """Whether some key begins with these bits: most beginnings of a message are no entry, and end here."""

    def __post_init__(self) -> None:
        begun = np.zeros(1 << _BITS, bool)
        begun[self.keys >> np.uint64(64 - _BITS)] = True
        object.__setattr__(self, "_begun", begun)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Concepts:
        """An index over every language's entries; a concept's number is its place in `lexicon.concepts`."""
        number = {concept: i for i, concept in enumerate(lexicon.concepts)}
        pairs: set[tuple[int, int]] = set()
        for entries in lexicon.entries.values():
            for concept, listed in entries.items():
                for entry in listed:
                    key = entry_key(entry)[:LONGEST_ENTRY]
                    if len(key.strip()) >= 1 and concept in number:
                        pairs.add((_hash(key), number[concept]))
        table = np.array(sorted(pairs), np.uint64).reshape(-1, 2)
        keys, first = np.unique(table[:, 0], return_index=True)
        return cls(keys, np.append(first, len(table)).astype(np.int64), table[:, 1].astype(np.uint16))

    @classmethod
    def none(cls) -> Concepts:
        """Of a catalogue without a lexicon."""
        return cls(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.uint16))

    def find(self, words: Sequence[str], joined: Joined | None = None) -> list[Found]:
        """Every concept named, with where; the same one as often as it is named."""
        columns = [column.tolist() for column in self._hits([words], joined)]
        return [Found(concept, first, last, letters) for _, concept, first, last, letters in zip(*columns, strict=True)]

    def numbers(self, messages: Sequence[Sequence[str]]) -> list[list[int]]:
        """For each message the different concepts that it names, in the order in which they are first named."""
        found: list[list[int]] = []
        for part in together(messages):
            owners, concepts, first, *_ = self._hits(messages[part])
            order = np.lexsort((first, owners))
            owners, concepts = owners[order], concepts[order]
            bounds = np.searchsorted(owners, np.arange(part.stop - part.start + 1)).tolist()
            named = concepts.tolist()
            found += [list(dict.fromkeys(named[a:b])) for a, b in pairwise(bounds)]
        return found

    def _hits(self, messages: Sequence[Sequence[str]], joined: Joined | None = None) -> Columns:
        """Message, concept, first and last word (counted in its message) and matched characters of every hit."""
        if not len(self.keys):
            return (np.zeros(0, np.int64),) * 5
        found = self._beginnings(joined or Joined(messages))
        bare = [
            [_bare(word) for word in words] if any(map(_ARABIC.match, words)) and _PERSIAN.isdisjoint(words) else []
            for words in messages
        ]
        if any(bare):
            found = tuple(map(np.concatenate, zip(found, self._beginnings(Joined(bare)), strict=True)))
        return found

    def _beginnings(self, joined: Joined) -> Columns:
        """The hits of entries at word starts."""
        room = np.maximum(np.minimum(LONGEST_ENTRY, len(joined.codes) - joined.starts) - SHORTEST_STEM + 1, 0)
        begins = np.repeat(joined.starts, room)
        ends = ranges(joined.starts + SHORTEST_STEM, room)
        keys = mixed(joined.raw(begins, ends))
        likely = self._begun[keys >> np.uint64(64 - _BITS)]
        keys, begins, ends = keys[likely], begins[likely], ends[likely]
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        hit = np.flatnonzero(self.keys[at] == keys)
        at, begins, ends = at[hit], begins[hit], ends[hit]
        sizes = self.pointers[at + 1] - self.pointers[at]
        concepts = self.owners[ranges(self.pointers[at], sizes)].astype(np.int64)
        first = np.searchsorted(joined.starts, begins)
        last = np.searchsorted(joined.ends, ends - 1)
        owners = joined.owners[first]
        heads = np.searchsorted(joined.owners, owners)
        return (
            np.repeat(owners, sizes),
            concepts,
            np.repeat(first - heads, sizes),
            np.repeat(last - heads, sizes),
            np.repeat(ends - begins, sizes),
        )


def _hash(key: str) -> int:
    """Hash of a whole key, as of the beginning of a message."""
    joined = Joined([[key]])
    return int(mixed(joined.raw(np.ones(1, np.intp), np.full(1, 1 + len(key))))[0])


def entry_words(lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """(language, single folded word) of the entries, stems among them: what a misspelt word may have been."""
    for language, entries in lexicon.entries.items():
        for listed in entries.values():
            for entry in listed:
                words = entry_tokens(entry)
                if len(words) == 1:
                    yield language, words[0]
