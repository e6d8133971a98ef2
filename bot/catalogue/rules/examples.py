"""Example messages: enough of them, all different, and none that two intents claim."""

from __future__ import annotations

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.intent import TextFile
from bot.catalogue.problem import Report, shown

ENOUGH = 24
"""Different examples an intent and language: what the measured accuracy needs."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    seen: dict[str, list[tuple[str, str, str, int]]] = {}
    for intent in draft.intents.values():
        for language, file in intent.texts.items():
            for key, number in _within(draft, language, file, report).items():
                path, line = file.at(("examples", number))
                _claimed(seen.setdefault(key, []), (intent.id, language, path, line), report)


def _within(draft: Draft, language: str, file: Parsed[TextFile], report: Report) -> dict[str, int]:
    """Folded example -> its position in the file; repeated and too few ones are reported."""
    first: dict[str, int] = {}
    for number, example in enumerate(file.model.examples):
        key = draft.key(example)
        if not key:
            report.warn(*file.at(("examples", number)), f"the example {shown(example)} has no word", "take it out")
        elif key in first:
            line = file.line("examples", first[key])
            what = f"the example {shown(example)} is the same as on line {line}"
            report.warn(*file.at(("examples", number)), what, "write a different one")
        else:
            first[key] = number
    if len(first) < ENOUGH:
        what = f"{len(first)} different examples in {language}"
        report.warn(*file.at(("examples",)), what, f"write at least {ENOUGH}")
    return first


def _claimed(others: list[tuple[str, str, str, int]], new: tuple[str, str, str, int], report: Report) -> None:
    """The same example under two intents: an error in one language, a warning across languages."""
    intent, language, path, line = new
    for other, other_language, other_path, other_line in others:
        if other == intent:
            continue
        what = f"the same example stands under {shown(other)} ({other_path}:{other_line})"
        if other_language == language:
            report.error(path, line, what, "keep it where a resident would mean it")
        else:
            report.warn(path, line, what, "the model reads all languages together: make one of them clearer")
        break
    others.append(new)
