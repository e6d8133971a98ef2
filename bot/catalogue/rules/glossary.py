"""The glossary: intents that exist, every spelling under one term, explanations short enough to be read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.glossary import GlossaryFile, TermModel
from bot.catalogue.problem import Report, did_you_mean, shown
from bot.catalogue.rules.wording import bounds, word_count
from bot.catalogue.yaml_file import KeyPath
from bot.language.meaning import word_key

WORDS = (10, 50)
"""Of an explanation."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    file = draft.glossary
    if file is None:
        return
    taken: dict[str, tuple[str, KeyPath]] = {}
    for term, model in file.model.root.items():
        _intent(draft, file, term, model, report)
        for keys, word in _spellings(file, term):
            _spelling(file, taken, keys, word, report)
        for language, text in model.explanation.items():
            count, (least, most) = word_count(text), bounds(language, WORDS)
            if not least <= count <= most:
                at = file.at((term, "explanation", language))
                report.warn(*at, f"the {language} explanation has {count} words", f"write {least} to {most}")
        if not model.sources:
            what = f"the term {shown(term)} has no `sources`"
            report.warn(*file.at((term,)), what, "add the official page that the explanation rests on")


def _intent(draft: Draft, file: Parsed[GlossaryFile], term: str, model: TermModel, report: Report) -> None:
    """The intent behind the button is there, and is one that is answered."""
    if model.intent is None:
        return
    at, found = file.at((term, "intent")), draft.intents.get(model.intent)
    if found is None:
        mend = did_you_mean(model.intent, list(draft.intents), "write an intent's id, or null")
        report.error(*at, f"there is no intent {shown(model.intent)}", mend)
    elif found.is_dialogue:
        report.error(*at, f"the intent {shown(model.intent)} is a dialogue", "name one with an answer, or write null")


def _spellings(file: Parsed[GlossaryFile], term: str) -> Iterator[tuple[KeyPath, str]]:
    """The names and forms of a term with their places."""
    domain = file.model.root[term].domain(term)
    for name in domain.names:
        yield (term, "fi" if name in domain.fi else "sv"), name
    for number, form in enumerate(domain.forms):
        yield (term, "forms", number), form


def _spelling(
    file: Parsed[GlossaryFile], taken: dict[str, tuple[str, KeyPath]], keys: KeyPath, word: str, report: Report
) -> None:
    """A spelling has letters, and belongs to one term only: capitals, diacritics and spaces make no other word."""
    key, term = word_key(word), str(keys[0])
    if not key:
        report.error(*file.at(keys), f"{shown(word)} has no letter", "write a word, or take it out")
        return
    other, place = taken.setdefault(key, (term, keys))
    if other != term:
        what = f"{shown(word)} is also a spelling of `{other}` (line {file.at(place)[1]})"
        report.error(*file.at(keys), what, "keep it under one term")
