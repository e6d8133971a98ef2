"""The lexicon's form: concepts that exist, entries that the matcher can look up, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.lexicon import LexiconFile
from bot.catalogue.problem import Report, did_you_mean, shown

STEM = "*"
"""Ends an entry that begins words."""

SHORTEST = {"Latin": 3, "Cyrillic": 2, "Arabic": 2}
"""Letters of a stem at least, folded; the shortest good ones have 4, 3 and 3."""

MOST_CONCEPTS = 3
"""An entry under more concepts tells none of them."""

LISTED = 40
"""Concepts a message names at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a concept at `number`; `key` is its folded words, without the star of a stem."""

    concept: str
    number: int
    text: str
    key: str
    is_stem: bool


def entries(draft: Draft, file: Parsed[LexiconFile]) -> Iterator[Entry]:
    """Every entry of a language's file."""
    for concept, texts in file.model.root.items():
        for number, text in enumerate(texts):
            yield Entry(concept, number, text, draft.key(text.rstrip(STEM)), text.endswith(STEM))


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    _concepts(draft, report)
    known = draft.concepts.model.domain() if draft.concepts else None
    codes = draft.language_codes()
    for language, file in draft.lexicon.items():
        if codes is not None and language not in codes:
            what = f"the language {shown(language)} is not in languages.yaml"
            report.error(file.path, 1, what, did_you_mean(language, codes, "add it there or delete this file"))
        if known is not None:
            _coverage(list(known), file, report)
        found = list(entries(draft, file))
        for entry in found:
            _form(entry, file, report)
        _repeated(found, file, report)
        _shared(found, file, report)
    for code in codes or () if draft.lexicon else ():
        if ("lexicon", code) not in draft.word_files and draft.languages:
            what = f"the lexicon has no words of {shown(code)}"
            report.warn(*draft.languages.at((code,)), what, f"write lexicon/{code}.yaml")


def _concepts(draft: Draft, report: Report) -> None:
    """Every concept stands in one field."""
    if draft.concepts is None:
        return
    lines: dict[str, int] = {}
    for field, concepts in draft.concepts.model.root.items():
        for number, concept in enumerate(concepts):
            path, line = draft.concepts.at((field, number))
            if concept in lines:
                what = f"the concept {shown(concept)} is also on line {lines[concept]}"
                report.error(path, line, what, "keep one of the two")
            lines.setdefault(concept, line)


def _coverage(known: list[str], file: Parsed[LexiconFile], report: Report) -> None:
    """Concepts of the file that do not exist, and those it has no words for."""
    for concept in file.model.root:
        if concept not in known:
            mend = did_you_mean(concept, known, "add it to concepts.yaml or take it out")
            report.error(*file.at((concept,)), f"there is no concept {shown(concept)}", mend)
    missing = [concept for concept in known if not file.model.root.get(concept)]
    if missing:
        named = ", ".join(missing[:LISTED]) + (", …" if len(missing) > LISTED else "")
        what = f"no words for {len(missing)} of {len(known)} concepts: {named}"
        report.warn(file.path, 1, what, "write what residents say")


def _form(entry: Entry, file: Parsed[LexiconFile], report: Report) -> None:
    """An entry has words, its star at the end, and a stem long enough to begin few other words."""
    if STEM in entry.text[:-1]:
        wrong, mend = f"has a `{STEM}` inside", f"write `{STEM}` at the end of a stem, nowhere else"
    elif not entry.key:
        wrong, mend = "has no letter or digit", "write a word, or take it out"
    elif entry.is_stem and len(entry.key.replace(" ", "")) < _shortest(entry.key):
        wrong = "begins too many words"
        mend = f"write at least {_shortest(entry.key)} letters, or whole words without `{STEM}`"
    else:
        return
    what = f"{shown(entry.text)} under {shown(entry.concept)} {wrong}"
    report.error(*file.at((entry.concept, entry.number)), what, mend)


def _shortest(key: str) -> int:
    """Letters that a stem of this script has at least."""
    letter = key[0]
    if "\u0400" <= letter <= "\u052f":
        return SHORTEST["Cyrillic"]
    return SHORTEST["Arabic"] if "\u0600" <= letter <= "\u06ff" else SHORTEST["Latin"]


def _repeated(found: list[Entry], file: Parsed[LexiconFile], report: Report) -> None:
    """The same entry twice in a concept: told one by one when written alike, in one line when only folded alike."""
    first: dict[tuple[str, str, bool], Entry] = {}
    alike: list[Entry] = []
    for entry in found:
        other = first.setdefault((entry.concept, entry.key, entry.is_stem), entry)
        if other is entry or not entry.key:
            continue
        if other.text == entry.text:
            what = f"{shown(entry.text)} stands twice under {shown(entry.concept)}"
            report.warn(*file.at((entry.concept, entry.number)), what, "keep one")
        else:
            alike.append(entry)
    if alike:
        named = ", ".join(f"{shown(entry.text)} under {shown(entry.concept)}" for entry in alike[:3])
        what = f"entries that are read like another of their concept: {len(alike)}, such as {named}"
        mend = "take them out: case, diacritics, hyphens and variants of a letter make no difference"
        report.warn(*file.at((alike[0].concept, alike[0].number)), what, mend)


def _shared(found: list[Entry], file: Parsed[LexiconFile], report: Report) -> None:
    """Entries under too many concepts, told where the last one stands."""
    places = {(entry.key, entry.is_stem, entry.concept): entry for entry in found if entry.key}
    counts = Counter((key, is_stem) for key, is_stem, _ in places)
    many: dict[tuple[str, bool], list[Entry]] = {each: [] for each, count in counts.items() if count > MOST_CONCEPTS}
    for (key, is_stem, _), entry in places.items():
        if (key, is_stem) in many:
            many[key, is_stem].append(entry)
    for entries_of in many.values():
        last = entries_of[-1]
        concepts = ", ".join(entry.concept for entry in entries_of)
        what = f"{shown(last.text)} stands under {len(entries_of)} concepts: {concepts}"
        report.warn(*file.at((last.concept, last.number)), what, f"keep it under at most {MOST_CONCEPTS}")
