"""Messages out of scope: enough of them, all different, and none that an intent claims."""

from __future__ import annotations

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.intent import TextFile
from bot.catalogue.models.lexicon import OutOfScopeFile
from bot.catalogue.problem import Report, did_you_mean, shown

ENOUGH = 60
"""Different messages of a language, far and near together, that the calibration needs."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    codes = draft.language_codes()
    claimed = _claimed(draft) if draft.out_of_scope else {}
    for language, file in draft.out_of_scope.items():
        if codes is not None and language not in codes:
            what = f"the language {shown(language)} is not in languages.yaml"
            report.error(file.path, 1, what, did_you_mean(language, codes, "add it there or delete this file"))
        _file(draft, language, file, claimed, report)
    for code in codes or () if draft.out_of_scope else ():
        if ("out-of-scope", code) not in draft.word_files and draft.languages:
            what = f"there are no messages out of scope in {shown(code)}"
            report.warn(*draft.languages.at((code,)), what, f"write out-of-scope/{code}.yaml")


Claimed = dict[str, dict[str, tuple[Parsed[TextFile], int]]]
"""Folded example -> language -> its file and its position there."""


def _claimed(draft: Draft) -> Claimed:
    """All examples."""
    found: Claimed = {}
    for intent in draft.intents.values():
        for language, file in intent.texts.items():
            for number, example in enumerate(file.model.examples):
                found.setdefault(draft.key(example), {}).setdefault(language, (file, number))
    return found


def _file(draft: Draft, language: str, file: Parsed[OutOfScopeFile], claimed: Claimed, report: Report) -> None:
    """One language's messages."""
    lines: dict[str, int] = {}
    for kind, number, text in file.model.rows():
        path, line = file.at((kind, number))
        key = draft.key(text)
        where = claimed.get(key, {})
        if not key:
            report.warn(path, line, f"the message {shown(text)} has no word", "take it out")
        elif key in lines:
            what = f"the message {shown(text)} is the same as on line {lines[key]}"
            report.warn(path, line, what, "write a different one")
        elif language in where:
            what = f"the message {shown(text)} is an example ({_place(*where[language])})"
            report.error(path, line, what, "keep it where it belongs")
        elif where:
            other, place = next(iter(where.items()))
            what = f"the message {shown(text)} is an example in {other} ({_place(*place)})"
            report.warn(path, line, what, "the model reads all languages together: make one of them clearer")
        lines.setdefault(key, line)
    count = len(lines.keys() - {""})
    if count < ENOUGH:
        what = f"{count} different messages out of scope in {language}"
        report.warn(file.path, 1, what, f"write at least {ENOUGH}, far and near")


def _place(file: Parsed[TextFile], number: int) -> str:
    """path:line of an example."""
    path, line = file.at(("examples", number))
    return f"{path}:{line}"
