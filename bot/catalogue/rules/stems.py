"""What the lexicon's stems and single characters catch in the catalogue's own examples besides what they mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.lexicon import LexiconFile
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.lexicon import STEM, Entry, entries
from bot.language.folding import is_han
from bot.language.words import FUNCTION_WORDS

SEEN = 3
"""Uses in examples below which a stem is not judged."""

MOSTLY = 0.5
"""Share of a stem's uses that may be words which another concept names more exactly."""

COMMON = 1 / 15
"""Share of a language's examples from which a Chinese character is too common to mean one thing."""

_WORD = 1_000
"""Exactness of a whole word; a stem's is its length."""

Pair = tuple[str, str]


@dataclass(slots=True)
class Uses:
    """A stem's uses in the examples: all, and word -> (uses, concepts that name the word more exactly)."""

    total: int = 0
    rivals: dict[str, tuple[int, list[str]]] = field(default_factory=dict)


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    found = {
        language: [entry for entry in entries(draft, file) if entry.key] for language, file in draft.lexicon.items()
    }
    words = {language: Counter(word for key in _keys(draft, language) for word in key.split()) for language in found}
    overlaps: dict[Pair, set[str]] = defaultdict(set)
    uses = {language: _uses(language, found[language], words[language], overlaps) for language in found}
    small = {language: _small_words(language) for language in found}
    everyday = _everyday(found, small)
    for language, file in draft.lexicon.items():
        for entry in found[language]:
            if entry.is_stem and " " not in entry.key:
                word = small[language].get(entry.key)
                if word and not everyday[entry.concept] - {language}:
                    _too_small(entry, word, file, report)
                stolen = _rivals(language, entry.concept, uses[language][entry.concept, entry.key], overlaps)
                if stolen:
                    _stolen(entry, stolen, file, report)
        _characters(_keys(draft, language), found[language], file, report)


def _keys(draft: Draft, language: str) -> list[str]:
    """The folded examples of a language."""
    files = [intent.texts[language] for intent in draft.intents.values() if language in intent.texts]
    return [draft.key(example) for file in files for example in file.model.examples]


def _uses(
    language: str, found: list[Entry], words: Counter[str], overlaps: dict[Pair, set[str]]
) -> dict[tuple[str, str], Uses]:
    """(concept, stem) -> its uses; adds the concepts that share a word in `language` to `overlaps`."""
    exact: dict[str, set[str]] = defaultdict(set)
    stems: dict[str, set[str]] = defaultdict(set)
    for entry in found:
        if " " not in entry.key:
            (stems if entry.is_stem else exact)[entry.key].add(entry.concept)
    longest = max(map(len, stems), default=0)
    result: dict[tuple[str, str], Uses] = defaultdict(Uses)
    for word, count in words.items():
        by_stem: dict[str, int] = {}
        for length in range(1, min(len(word), longest) + 1):
            if beginning := stems.get(word[:length]):
                by_stem.update(dict.fromkeys(beginning, length))
        named = by_stem | dict.fromkeys(exact.get(word, ()), _WORD)
        concepts = sorted(named)
        for position, concept in enumerate(concepts):
            for other in concepts[position + 1 :]:
                overlaps[concept, other].add(language)
        for concept, length in by_stem.items():
            stem = result[concept, word[:length]]
            stem.total += count
            if named[concept] != _WORD:
                stem.rivals[word] = (count, [other for other in concepts if named[other] > length])
    return result


def _rivals(language: str, concept: str, uses: Uses, overlaps: dict[Pair, set[str]]) -> str | None:
    """The concept that most of a stem's uses belong to, with such words; None when the stem's own has enough.

    Only strangers count: `apply` and `application` share words in many languages, `tax` and `tax-card` by their ids.
    """
    strange: Counter[str] = Counter()
    taken: list[str] = []
    lost = 0
    for word, (count, others) in uses.rivals.items():
        strangers = [other for other in others if not _related(concept, other, language, overlaps)]
        if strangers:
            lost += count
            taken.append(word)
            strange.update(dict.fromkeys(strangers, count))
    if uses.total < SEEN or lost <= MOSTLY * uses.total:
        return None
    return f"{shown(strange.most_common(1)[0][0])} ({', '.join(taken[:3])})"


def _stolen(entry: Entry, whose: str, file: Parsed[LexiconFile], report: Report) -> None:
    """A stem that mostly catches words of another concept."""
    what = f"the stem {shown(entry.text)} under {shown(entry.concept)} mostly begins words of {whose}"
    mend = f"make it longer, or write whole words without `{STEM}`"
    report.warn(*file.at((entry.concept, entry.number)), what, mend)


def _related(one: str, other: str, language: str, overlaps: dict[Pair, set[str]]) -> bool:
    """True for concepts that share a word of their ids, or a word of another language."""
    pair = (one, other) if one < other else (other, one)
    return bool(overlaps.get(pair, set()) - {language}) or not set(one.split("-")).isdisjoint(other.split("-"))


def _small_words(language: str) -> dict[str, str]:
    """Beginning -> the first small word of the language that has it."""
    words = sorted(FUNCTION_WORDS.get(language, ()), reverse=True)
    return {word[:length]: word for word in words for length in range(1, len(word) + 1)}


def _everyday(found: dict[str, list[Entry]], small: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Concept -> languages that say it with small words: `need` and `who` mean such words in every language."""
    result: dict[str, set[str]] = defaultdict(set)
    for language, listed in found.items():
        words = FUNCTION_WORDS.get(language, frozenset())
        for entry in listed:
            if entry.key in (small[language] if entry.is_stem else words):
                result[entry.concept].add(language)
    return result


def _too_small(entry: Entry, word: str, file: Parsed[LexiconFile], report: Report) -> None:
    """A stem that begins one of the language's small words, of a concept that no other language says with such."""
    what = f"the stem {shown(entry.text)} under {shown(entry.concept)} also begins the small word {shown(word)}"
    mend = f"make it longer, or write whole words without `{STEM}`"
    report.warn(*file.at((entry.concept, entry.number)), what, mend)


def _characters(keys: list[str], found: list[Entry], file: Parsed[LexiconFile], report: Report) -> None:
    """A Chinese entry of one character that stands in a great many examples, whatever they are about."""
    single = [entry for entry in found if len(entry.key) == 1 and is_han(ord(entry.key))]
    shares = Counter(character for key in keys for character in set(key)) if single else Counter()
    for entry in single:
        if shares[entry.key] > COMMON * len(keys):
            share = round(100 * shares[entry.key] / len(keys))
            what = f"{shown(entry.text)} under {shown(entry.concept)} stands in {share} per cent of all examples"
            report.warn(*file.at((entry.concept, entry.number)), what, "write the words of two characters or more")
