"""From examples to a model: vocabulary, linear weights, speller and postings. `machines` trains the weights."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.lexicon import Lexicon
from bot.matching.concepts import Concepts, entry_words
from bot.matching.decision import Calibration
from bot.matching.features import BLOCK_SHIFT, CHARS, PAIRS, WORDS, Features, features_of, words_of
from bot.matching.hashing import Hashes
from bot.matching.machines import Report, Rows, trained
from bot.matching.model import Model
from bot.matching.neighbours import Neighbours
from bot.matching.settings import MatchSettings
from bot.matching.speller import Speller
from bot.matching.texts import Texts
from bot.matching.vocabulary import Vocabulary

STRANGER = ""
"""The intent of written out-of-scope messages: a class that is never answered; its score is a signal."""

_SORTED = 1 << 18
"""Features that are sorted together before they are looked up, so that the search stays in the cache."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the lexicon gives a model: its index, the names of its concepts, and its single words for the speller."""

    concepts: Concepts
    names: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]
    """(language, word) pairs."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Words:
        """From the catalogue's lexicon."""
        return cls(Concepts.of(lexicon), tuple(lexicon.concepts), tuple(sorted(set(entry_words(lexicon)))))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Examples with their features, computed once for all rounds."""

    features: Sequence[Features]
    languages: Sequence[str]
    intents: Sequence[str]
    """Of each example; `STRANGER` where it is out of scope."""

    def subset(self, chosen: NDArray[np.intp]) -> Prepared:
        """The examples at these places."""
        return Prepared(
            [self.features[i] for i in chosen],
            [self.languages[i] for i in chosen],
            [self.intents[i] for i in chosen],
        )

    def __add__(self, other: Prepared) -> Prepared:
        return Prepared(
            [*self.features, *other.features],
            [*self.languages, *other.languages],
            [*self.intents, *other.intents],
        )

    def __len__(self) -> int:
        return len(self.features)


def prepare(texts: Sequence[str], languages: Sequence[str], intents: Sequence[str], concepts: Concepts) -> Prepared:
    """Features of every text."""
    words = [words_of(text) for text in texts]
    return Prepared(list(features_of(words, concepts.numbers(words))), languages, intents)


@dataclass(frozen=True, slots=True)
class Trainer:
    """What every model of one build has in common."""

    lexicon: Words
    urgent: frozenset[str]
    settings: MatchSettings

    def train(self, data: Prepared, calibration: Calibration, report: Report) -> Model:
        """A model of all of `data`; `report` hears the share that is done."""
        from scipy.sparse import csr_matrix

        intents = tuple(sorted(set(data.intents) - {STRANGER}))
        number = {intent: i for i, intent in enumerate((*intents, STRANGER))}
        classes = np.array([number[intent] for intent in data.intents], np.uint16)
        hashes, counts, owners = _listed(data)
        vocabulary = _vocabulary(hashes, len(data), self.settings.min_count)
        rows, values, owners = vocabulary.vectors(hashes, counts, owners, len(data))
        report(0.1)
        matrix = csr_matrix((values.astype(np.float64), (owners, rows)), shape=(len(data), len(vocabulary.hashes)))
        linear = trained(Rows(matrix, classes, vocabulary.hashes >> BLOCK_SHIFT), self.settings, report)
        ours = classes < len(intents)
        inside = ours[owners]
        neighbours = _neighbours(data, rows[inside], owners[inside], vocabulary.first(WORDS + 1), classes)
        bits = np.array([1 << place for place in _tongues(data, self.lexicon)], np.uint32)
        by_row = np.zeros(vocabulary.first(WORDS + 1), np.uint32)
        wordy = inside & (rows < len(by_row))
        np.bitwise_or.at(by_row, rows[wordy], bits[owners[wordy]])
        report(1.0)
        return Model(
            intents,
            self.urgent & set(intents),
            self.settings.choices,
            self.settings.top,
            vocabulary,
            linear,
            self.lexicon.concepts,
            self.lexicon.names,
            _speller(data, ours, self.lexicon, by_row),
            neighbours,
            calibration,
        )


def _languages(data: Prepared, lexicon: Words) -> dict[str, int]:
    """A number below 32 for each language of examples and lexicon; those beyond share the last one."""
    found = sorted({*data.languages, *(language for language, _ in lexicon.entries)})
    return {language: min(place, 31) for place, language in enumerate(found)}


def _tongues(data: Prepared, lexicon: Words) -> list[int]:
    """The number of each example's language."""
    number = _languages(data, lexicon)
    return [number[language] for language in data.languages]


def _speller(data: Prepared, ours: NDArray[np.bool_], lexicon: Words, by_row: NDArray[np.uint32]) -> Speller:
    """Words of the examples, commonest first, then the lexicon's other ones."""
    number = _languages(data, lexicon)
    frequency: Counter[str] = Counter()
    tongues: dict[str, int] = defaultdict(int)
    for message, language, own in zip(data.features, data.languages, ours, strict=True):
        for word in set(message.words) if own else ():
            frequency[word] += 1
            tongues[word] |= 1 << number[language]
    for language, word in lexicon.entries:
        tongues[word] |= 1 << number[language]
    seen = sorted(frequency, key=lambda word: (-frequency[word], word))
    others = [word for word in tongues if word not in frequency]
    return Speller.of([(word, tongues[word]) for word in (*seen, *others)], by_row)


def _listed(data: Prepared) -> tuple[Hashes, NDArray[np.float32], NDArray[np.int64]]:
    """Hashes, counts and message numbers of all features, in an order in which they are looked up fast."""
    hashes = np.concatenate([message.hashes for message in data.features])
    counts = np.concatenate([message.counts for message in data.features])
    owners = np.repeat(np.arange(len(data)), [len(message.hashes) for message in data.features])
    for first in range(0, len(hashes), _SORTED):
        part = slice(first, first + _SORTED)
        order = np.argsort(hashes[part])
        for column in (hashes, counts, owners):
            column[part] = column[part][order]
    return hashes, counts, owners


def _vocabulary(hashes: NDArray[np.uint64], messages: int, min_count: int) -> Vocabulary:
    """All words, and what else occurs in at least `min_count` messages."""
    known, frequency = np.unique(hashes, return_counts=True)
    is_word = (known >> BLOCK_SHIFT) == WORDS
    kept = is_word | (frequency >= min_count)
    # Small catalogues have no two messages that share a pair; their characters must do.
    if messages < 200:
        kept |= (known >> BLOCK_SHIFT) == CHARS
        kept |= (known >> BLOCK_SHIFT) == PAIRS
    idf = np.log((1 + messages) / (1 + frequency[kept])) + 1
    return Vocabulary(known[kept], idf.astype(np.float32))


def _neighbours(
    data: Prepared,
    rows: NDArray[np.int64],
    owners: NDArray[np.int64],
    words: int,
    classes: NDArray[np.uint16],
) -> Neighbours:
    """Examples with their words sorted, and which of them hold each word."""
    wordy = rows < words
    order = np.argsort(rows[wordy], kind="stable")
    pointers = np.zeros(words + 1, np.int64)
    pointers[1:] = np.cumsum(np.bincount(rows[wordy], minlength=words))
    texts = Texts.of(" ".join(sorted(message.words)) for message in data.features)
    return Neighbours(texts, classes, pointers, owners[wordy][order].astype(np.uint32))
