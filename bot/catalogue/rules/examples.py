"""Example messages: enough of them, all different, and none that two intents claim."""

from __future__ import annotations

from typing import NamedTuple

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.intent import TextFile
from bot.catalogue.problem import Report, shown

ENOUGH = 24
"""Different examples an intent and language: what the measured accuracy needs."""


class Claim(NamedTuple):
    """An example at its position in an intent's file."""

    intent: str
    language: str
    file: Parsed[TextFile]
    number: int

    @property
    def at(self) -> tuple[str, int]:
        """Path and line."""
        return self.file.at(("examples", self.number))


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    seen: dict[str, list[Claim]] = {}
    for intent in draft.intents.values():
        for language, file in intent.texts.items():
            for key, number in _within(draft, language, file, report).items():
                _claimed(seen.setdefault(key, []), Claim(intent.id, language, file, number), report)


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


def _claimed(others: list[Claim], new: Claim, report: Report) -> None:
    """The same example under two intents: an error in one language, a warning across languages."""
    other = next((claim for claim in others if claim.intent != new.intent), None)
    others.append(new)
    if other is None:
        return
    path, line = other.at
    what = f"the same example stands under {shown(other.intent)} ({path}:{line})"
    if other.language == new.language:
        report.error(*new.at, what, "keep it where a resident would mean it")
    else:
        report.warn(*new.at, what, "the model reads all languages together: make one of them clearer")
