"""Why a message was matched as it was: the model's own numbers, taken apart by what each came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, process

from bot.domain.lexicon import NO_LEXICON, Lexicon
from bot.domain.match import Decision, Match
from bot.language.detected import Detected
from bot.matching.concepts import LONGEST_ENTRY, Found, entry_key
from bot.matching.decision import Calibration, Signals
from bot.matching.evidence import Lead, Weighed, weighed
from bot.matching.features import word_hashes, words_of
from bot.matching.hearing import Heard, heard
from bot.matching.matcher import Matcher, Reading
from bot.matching.model import Model
from bot.matching.parts import cuts

ALIKE = 3
"""Examples of a candidate that are given."""

Examples = Sequence[tuple[str, str, str]]
"""(language, text, intent), as of `Catalogue.examples()`."""


class Rule(StrEnum):
    """Which rule decided."""

    NOTHING_KNOWN = "nothing-known"
    TOO_LOW = "too-low"
    URGENT = "urgent"
    HIGH_ENOUGH = "high-enough"
    URGENT_BEHIND = "urgent-behind"
    """The best candidate was good enough, but an urgent one among the next must not be hidden."""
    BETWEEN = "between"
    TWO_QUESTIONS = "two-questions"


@dataclass(frozen=True, slots=True)
class Named:
    """A concept, and the message's words that name it: one text a place."""

    concept: str
    words: tuple[str, ...]
    languages: tuple[str, ...]
    """Whose lexicons have these words: another language than the message's may have lent a wrong meaning."""


@dataclass(frozen=True, slots=True)
class Read:
    """How a message was read."""

    words: tuple[str, ...]
    """Folded, as written."""
    native: tuple[str, ...] | None
    """What a romanised message was turned into and read as; None when it was read as written."""
    corrected: Mapping[str, str]
    unknown: tuple[str, ...]
    """Words that neither an example nor the lexicon has; numbers below 100 are not among them."""
    known: float
    """Share of known words, 0 to 1; a corrected word counts half."""
    language: Detected
    understood: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """An example; its `likeness` to the message is 0 to 100."""

    language: str
    text: str
    intent: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one message, or one of two questions in it, was matched as it was."""

    text: str
    read: Read
    match: Match
    rule: Rule
    calibration: Calibration
    urgent: frozenset[str]
    """Intents among the candidates of `match` that are urgent."""
    signals: Signals | None
    """What the best candidate's score was computed from; None where nothing was known."""
    candidates: tuple[Weighed, ...]
    lead: Lead | None
    alike: tuple[Alike, ...]
    """Of the first candidate, then of the second, the likest first."""
    parts: tuple[Explanation, ...] = ()
    """Both questions of a message that asks two."""


def explain(matcher: Matcher, text: str, examples: Examples, lexicon: Lexicon = NO_LEXICON) -> Explanation:
    """Why `matcher` decided as it does about `text`; `examples` and `lexicon` are those that it was built from."""
    match = matcher.match(text)
    whole = _single(matcher, text, match, examples, lexicon)
    parts = _two(matcher, text, match)
    if not parts:
        return whole
    single = tuple(_single(matcher, part, matcher.match(part), examples, lexicon) for part in parts)
    return replace(whole, rule=Rule.TWO_QUESTIONS, parts=single)


def _single(matcher: Matcher, text: str, match: Match, examples: Examples, lexicon: Lexicon) -> Explanation:
    """The explanation of a message as one question."""
    model = matcher.model
    reading = matcher.understand(text)
    taken = _words_taken(matcher, text, reading)
    message = heard(model, taken)
    read = Read(
        tuple(words_of(text)),
        None if taken == words_of(text) else tuple(taken),
        dict(_corrected(message)),
        tuple(_unknown(model, taken, message)),
        reading.known,
        matcher.detect(text, {row[0] for row in examples}),
        tuple(_understood(model, message.words, lexicon)),
    )
    rule = _rule(match, model, known=reading.any_known)
    urgent = model.urgent & {one.intent for one in match.ranked}
    if not reading.any_known or not match.ranked:
        return Explanation(text, read, match, rule, model.calibration, urgent, None, (), None, ())
    candidates, lead = weighed(model, reading, match, message)
    nearest = [one.intent for one in candidates[:2]]
    return Explanation(
        text,
        read,
        match,
        rule,
        model.calibration,
        urgent,
        reading.signals(model.calibration.likeness_weight)[2],
        candidates,
        lead,
        tuple(one for intent in nearest for one in _alike(message.words, intent, examples)),
    )


def _words_taken(matcher: Matcher, text: str, reading: Reading) -> list[str]:
    """The folded words that `reading` was read from: those written, or a romanised message's native ones."""
    words, tongues = words_of(text), matcher.model.tongues
    if tongues is None or _same(matcher.read(words), reading):
        return words
    return tongues.native(text) or words


def _same(one: Reading, other: Reading) -> bool:
    return np.array_equal(one.classes, other.classes) and np.array_equal(one.margins, other.margins)


def _corrected(message: Heard) -> Iterator[tuple[str, str]]:
    """Words that were taken for others, and the likeliest of those: one word, or two that were written together."""
    for word, found in message.guessed.items():
        if found[0].words != (word,):
            yield word, " ".join(part for part in found[0].words if part != word)


def _unknown(model: Model, taken: list[str], message: Heard) -> Iterator[str]:
    """Different words that no example and no lexicon has, and that were not taken for others either."""
    named = {word for one in model.concepts.find(taken) for word in taken[one.first : one.last + 1]}
    kept = list(dict.fromkeys(word for word in taken if word not in message.guessed))
    rows = model.vocabulary.rows(word_hashes(kept)).tolist()
    for word, row in zip(kept, rows, strict=True):
        if row < 0 and word not in named and not (word.isdigit() and len(word) <= 2):
            yield word


def _understood(model: Model, words: list[str], lexicon: Lexicon) -> Iterator[Named]:
    """The concepts named, in the order of the words that name them."""
    places: dict[int, list[Found]] = {}
    for one in sorted(model.concepts.find(words), key=lambda found: (found.first, found.last)):
        places.setdefault(one.concept, []).append(one)
    for number, found in places.items():
        concept = model.concept_names[number]
        texts = dict.fromkeys((" ".join(words[one.first : one.last + 1]), one.letters) for one in found)
        lenders = tuple(
            language
            for language, entries in lexicon.entries.items()
            if any(_names(entry, text, letters) for entry in entries.get(concept, ()) for text, letters in texts)
        )
        yield Named(concept, tuple(dict.fromkeys(text for text, _ in texts)), lenders)


def _names(entry: str, text: str, letters: int) -> bool:
    """Whether an entry is the one that matched so many letters of `text`, particles before its word left out."""
    key = entry_key(entry)[:LONGEST_ENTRY]
    return len(key) == letters and key in f"{text} "


def _alike(words: Sequence[str], intent: str, examples: Examples) -> list[Alike]:
    """The intent's examples that are likest to the message, compared as the model compares: by their sorted words."""
    own = [(language, text) for language, text, meant in examples if meant == intent]
    folded = [" ".join(sorted(words_of(text))) for _, text in own]
    best = process.extract(" ".join(sorted(words)), folded, scorer=fuzz.ratio, limit=ALIKE)
    return [Alike(*own[at], intent, likeness) for _, likeness, at in best]


def _rule(match: Match, model: Model, *, known: bool) -> Rule:
    """The rule of `decision.decide` that gave `match`."""
    if not known or not match.ranked:
        return Rule.NOTHING_KNOWN
    best = match.ranked[0]
    if match.decision is Decision.HANDOFF:
        return Rule.TOO_LOW
    if match.decision is Decision.ANSWER:
        urgent = best.intent in model.urgent and best.score < model.calibration.answer
        return Rule.URGENT if urgent else Rule.HIGH_ENOUGH
    return Rule.URGENT_BEHIND if best.score >= model.calibration.answer else Rule.BETWEEN


def _two(matcher: Matcher, text: str, match: Match) -> tuple[str, str] | None:
    """The two questions that `match` answers, None when it is about one."""
    if match.decision is not Decision.ANSWER or len(match.intents) < 2:
        return None
    tops = ((pair, tuple(matcher.rank(part)[:1] for part in pair)) for pair in cuts(text))
    return next((pair for pair, (left, right) in tops if left + right == match.intents), None)
