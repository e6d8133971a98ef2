"""The language a text is really in, against the language its place says."""

from __future__ import annotations

from functools import lru_cache

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.intent import TextFile
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import translations
from bot.language import Detected, detect
from bot.language.words import FUNCTION_WORDS

SHORTEST = 80
"""Characters below which a text is not judged; 20 for Chinese."""

JUDGED = 400
"""Characters of a text that are judged: more cost time and tell no more."""

CONFIDENT = 0.9
"""Confidence of another language from which a text is called wrong; all 1,911 example files of the start pass."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    codes = draft.language_codes()
    if codes is None:
        return
    among = tuple(code for code in codes if code in FUNCTION_WORDS)
    for intent in draft.intents.values():
        for language, file in intent.texts.items():
            _file(language, file, among, report)
    for language, outside in draft.out_of_scope.items():
        wrong = _other(language, "\n".join(text for _, _, text in outside.model.rows()), among)
        if wrong:
            what = f"the messages of {language}.yaml read as {wrong}"
            report.error(outside.path, 1, what, f"write them in {language}, or rename the file to {wrong}.yaml")
    for entry in translations(draft):
        for language, text in entry.texts.items():
            wrong = _other(language, text, among)
            if wrong:
                what = f"the text under {shown(language)} reads as {wrong}"
                report.error(*entry.file.at((*entry.keys, language)), what, f"write it in {language}")


def _file(language: str, file: Parsed[TextFile], among: tuple[str, ...], report: Report) -> None:
    """What residents read, and separately title and examples, whose words are more mixed."""
    model = file.model
    wrong = _other(language, "\n".join([model.answer or "", *model.steps]), among)
    if wrong:
        key = "answer" if model.answer else "steps"
        what = f"answer and steps of {language}.yaml read as {wrong}"
        report.error(*file.at((key,)), what, f"write them in {language}, or rename the file to {wrong}.yaml")
    wrong = _other(language, "\n".join([model.title or "", *model.examples]), among)
    if wrong:
        what = f"title and examples of {language}.yaml read as {wrong}"
        report.error(
            *file.at(("title",) if model.title else ("examples",)),
            what,
            f"write them in {language}, or rename the file to {wrong}.yaml",
        )


def _other(language: str, text: str, among: tuple[str, ...]) -> str | None:
    """The language a text is confidently in when that is not `language`."""
    if language not in among or len(text.strip()) < (SHORTEST // 4 if language == "zh" else SHORTEST):
        return None
    found = _detect(text[:JUDGED], among)
    if found.language in {None, language} or found.confidence < CONFIDENT:
        return None
    return found.language


@lru_cache(maxsize=50_000)
def _detect(text: str, among: tuple[str, ...]) -> Detected:
    """Remembered, because a reload reads the same texts again (0.7 ms each)."""
    return detect(text, among)
