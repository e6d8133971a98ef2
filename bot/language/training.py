"""Builds an `Identifier` from labelled texts: naive Bayes, with counts of classes of very different size."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.language.calibration import calibrate
from bot.language.grams import READ, grams, size, words
from bot.language.identifier import ROMANISED, Identifier, Table
from bot.language.romanised import LANGUAGES, forward
from bot.language.samples import OTHER, OWN, samples
from bot.language.scripts import ARABIC, CYRILLIC, HAN, LATIN, Script, script

BITS = {LATIN: 18, CYRILLIC: 17, ARABIC: 17}
"""Binary digits of a bucket's number."""

SPREAD = 5
"""Languages from which on a Latin word is an official term or a name that tells nothing."""

GRAM_MASS, WORD_MASS = 8000.0, 500.0
"""N-grams and words of the average class that are mixed into each class: a class of few texts may lack what it has."""

# One of that many texts is left out of the counts that the confidence is calibrated with.
_FOLDS = 8
_CHUNK = 4000


@dataclass(frozen=True, slots=True)
class Row:
    """Words of one text; `held` is left out when the confidence is calibrated."""

    name: str
    words: tuple[str, ...]
    held: bool


def train(texts: Iterable[tuple[str, str]]) -> Identifier:
    """An identifier from (language, text) pairs and the sentences of this package; linear in time and memory."""
    given = [(language, text[:READ]) for language, text in (*samples(OWN), *texts)]
    ours = frozenset(language for language, _ in given)
    given += [row for row in samples(OTHER) if row[0] in ours]
    other = [row for row in samples(OTHER) if row[0] not in ours]
    read = [words(text, LATIN) for _, text in given]
    latin = _Latin(given, read)
    rows = _rows(given, read, latin) + _other_rows(other, latin)
    by_script: dict[Script, list[Row]] = {kind: [] for kind in BITS}
    for kind, row in rows:
        by_script[kind].append(row)
    return Identifier({kind: _table(kind, found, ours) for kind, found in by_script.items() if found}, latin.shared)


class _Latin:
    """How often each Latin word is written in each language, also between other letters."""

    def __init__(self, given: Sequence[tuple[str, str]], read: Sequence[Sequence[str]]) -> None:
        self._count: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._size: Counter[str] = Counter()
        for (language, _), message in zip(given, read, strict=True):
            for word in {way for written in message for way in (written, stripped(written))}:
                self._count[word][language] += 1
                self._size[language] += 1
        self.shared = frozenset(word for word, by in self._count.items() if _spread(by))

    def own(self, message: Sequence[str]) -> tuple[str, ...]:
        """The words that are no official terms."""
        return tuple(word for word in message if word not in self.shared)

    def borrowed(self, language: str, message: Sequence[str]) -> bool:
        """True when every word is commoner in Finnish, or in English: a term that was searched for, no sentence."""
        return any(
            source != language and all(self._rate(word, source) > self._rate(word, language) for word in message)
            for source in ("fi", "en")
        )

    def _rate(self, word: str, language: str) -> float:
        return self._count[word][language] / (self._size[language] or 1)


def _spread(by: Counter[str]) -> bool:
    """True for a word that many languages use about equally."""
    most = max(by.values())
    return sum(count * 8 >= most for count in by.values()) >= SPREAD


@lru_cache(1 << 16)
def stripped(text: str) -> str:
    """A Latin word as a keyboard without diacritics writes it."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text.replace("ı", "i"))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _held(text: str, folds: int = _FOLDS) -> bool:
    """A fixed choice of one text in `folds`."""
    return crc32(text.encode("utf-8", "surrogatepass")) % folds == 0


def _rows(given: Sequence[tuple[str, str]], read: Sequence[Sequence[str]], latin: _Latin) -> list[tuple[Script, Row]]:
    """What is counted for the languages of the texts, with copies in the ways that people spell."""
    found: list[tuple[Script, Row]] = []
    for (language, text), message in zip(given, read, strict=True):
        kind, held = script(text), _held(text)
        if kind is LATIN:
            name = language + ROMANISED if language in LANGUAGES else language
            own = latin.own(message) or tuple(message if language == "fi" else ())
            if own and not (language not in {"fi", "en"} and latin.borrowed(language, own)):
                found += [(LATIN, Row(name, way, held)) for way in {own: 0, tuple(map(stripped, own)): 0}]
        elif language in LANGUAGES and kind in {CYRILLIC, ARABIC, HAN}:
            if kind in BITS:
                found += [(kind, Row(language, way, held)) for way in _spellings(language, words(text, kind))]
            typed = text.replace("ى", "ی") if language == "fa" else text
            written = words(forward(typed, language, crc32(text.encode("utf-8", "surrogatepass")) % 16), LATIN)
            if own := latin.own(written):
                found.append((LATIN, Row(language + ROMANISED, own, held)))
    return [(kind, row) for kind, row in found if row.words]


def _spellings(language: str, message: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The words as they are, and as other keyboards write them."""
    text = "\n".join(message)
    ways = [text]
    if language == "ru":
        ways.append(text.replace("ё", "е"))
    elif language == "fa" and _held(text, 3):
        ways.append(text.replace("ی", "ي").replace("ک", "ك"))
    elif language == "ar" and _held(text, 3):
        ways.append(text.replace("ة", "ه").replace("ي", "ى").replace("أ", "ا").replace("إ", "ا"))
    return [tuple(way.split("\n")) for way in dict.fromkeys(ways)]


def _other_rows(other: Sequence[tuple[str, str]], latin: _Latin) -> list[tuple[Script, Row]]:
    """What is counted for languages that are only refused; some of them are unknown to the calibration."""
    found: list[tuple[Script, Row]] = []
    for place, (language, text) in enumerate(other):
        kind = script(text)
        own = latin.own(words(text, kind)) if kind in BITS else ()
        if own:
            held = _held(language, 6) or place % 4 == 0
            found += [(kind, Row(language, way, held)) for way in {own: 0, tuple(map(stripped, own)): 0}]
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each class has each bucket: cells, which are class x buckets + bucket, ascending."""

    cells: NDArray[np.int64]
    times: NDArray[np.float64]

    @classmethod
    def of(cls, parts: Sequence[Counts]) -> Counts:
        """The sum of several."""
        empty: NDArray[np.int64] = np.zeros(0, np.int64)
        every = np.concatenate([empty, *(part.cells for part in parts)])
        cells, place = np.unique(every, return_inverse=True)
        times: NDArray[np.float64] = np.concatenate([np.zeros(0), *(part.times for part in parts)])
        return cls(cells, np.bincount(place, times, len(cells)).astype(np.float64))


def _table(kind: Script, rows: Sequence[Row], ours: frozenset[str]) -> Table:
    """Counts, what they tell, and the weights of the confidence."""
    classes = tuple(sorted({row.name for row in rows}))
    bits = BITS[kind]
    held = [row for row in rows if row.held]
    known = _counted([row for row in rows if not row.held], classes, bits)
    trial = _scored(classes, known, bits, ())
    every = Counts.of([known, _counted(held, classes, bits)])
    return _scored(classes, every, bits, calibrate(trial, [(row.name, row.words) for row in held], ours))


def _counted(rows: Sequence[Row], classes: Sequence[str], bits: int) -> Counts:
    """How often each class has each bucket."""
    number = {name: place for place, name in enumerate(classes)}
    parts = []
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        texts = [" ".join(row.words) + " " for row in chunk]
        found = grams(" " + "".join(texts), bits)
        ends = np.cumsum([len(text) for text in texts])
        owner = np.array([number[row.name] for row in chunk])[np.searchsorted(ends, found.places, "right")]
        cells, times = np.unique(owner * size(bits) + found.buckets, return_counts=True)
        parts.append(Counts(cells, times.astype(np.float64)))
    return Counts.of(parts)


def _scored(classes: tuple[str, ...], counts: Counts, bits: int, weights: tuple[float, ...]) -> Table:
    """Log-likelihoods against the average class; a class of few texts is mixed with it, a large one hardly."""
    owner, bucket = np.divmod(counts.cells, size(bits))
    kind = (bucket >> bits).astype(np.int64)
    total = np.maximum(np.bincount(kind * len(classes) + owner, counts.times, 2 * len(classes)), 1).reshape(2, -1)
    average = np.bincount(bucket, counts.times / (total[kind, owner] * len(classes)), size(bits))
    mass = np.array([GRAM_MASS, WORD_MASS])
    # What a class does not have is mass / (total + mass) of the average, whatever it is: only the rest is kept.
    absent = np.log(mass[:, None] / (total + mass[:, None]))
    gain = np.log1p(counts.times / (mass[kind] * average[bucket]))
    unit = float(gain.max(initial=0)) / 255 or 1.0
    starts = np.zeros(size(bits) + 1, np.uint32)
    np.cumsum(np.bincount(bucket, minlength=size(bits)), out=starts[1:])
    order = np.argsort(bucket, kind="stable")
    gains = np.rint(gain[order] / unit).astype(np.uint8)
    return Table(classes, starts, owner[order].astype(np.uint8), gains, absent, unit, weights)
