"""Days: checks that somebody made, reviews that are due, versions that do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.base import DatedModel
from bot.catalogue.models.intent import TextFile
from bot.catalogue.problem import Report
from bot.catalogue.rules.walk import sources
from bot.catalogue.yaml_file import KeyPath

REVIEW_POINT_AFTER = 180
"""Days after which a service point's facts are looked at again."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for file, keys, checked in _checks(draft):
        if checked > draft.today:
            what = f"`checked` {checked} lies in the future"
            report.error(*file.at((*keys, "checked")), what, "write the day on which a person compared it")
    for file, keys, source in sources(draft):
        if source.checked and not source.by:
            at = file.at((*keys, "checked"))
            report.error(*at, "`checked` without `by`", "write who compared it with the page, or `checked: null`")
    _reviews(draft, report)
    for file, keys, versions in _versions(draft):
        _orders(file, keys, versions, report)
    for intent in draft.intents.values():
        for language in intent.texts.values():
            _wordless(language, report)
    for point in draft.points.values():
        _order(point, (), point.model, report)
        for number, notice in enumerate(point.model.notices):
            _order(point, ("notices", number), notice, report)


def _checks(draft: Draft) -> Iterator[tuple[Parsed[Any], KeyPath, date]]:
    """Every `checked` day that is given."""
    for file, keys, source in sources(draft):
        if source.checked:
            yield file, keys, source.checked
    holders: list[Parsed[Any]] = [*draft.parts.values(), *draft.points.values()]
    for holder in holders:
        if holder.model.checked:
            yield holder, (), holder.model.checked


def _reviews(draft: Draft, report: Report) -> None:
    """What was checked longer ago than its `review_after`."""
    days: dict[int, int] = {id(point): REVIEW_POINT_AFTER for point in draft.points.values()}
    for intent in draft.intents.values():
        if intent.facts:
            days[id(intent.facts)] = intent.facts.model.review_after
    for (_, key), part in draft.parts.items():
        intent_of_part = draft.intents.get(key)
        if intent_of_part and intent_of_part.facts:
            days[id(part)] = intent_of_part.facts.model.review_after
    for file, keys, checked in _checks(draft):
        if id(file) not in days:
            continue
        due = date.fromordinal(min(checked.toordinal() + days[id(file)], date.max.toordinal()))
        if due < draft.today:
            what = f"the review was due on {due}: checked {checked}, {days[id(file)]} days"
            report.warn(*file.at((*keys, "checked")), what, "compare it again and write the new day and `by`")


def _versions(draft: Draft) -> Iterator[tuple[Parsed[Any], KeyPath, Sequence[DatedModel]]]:
    """Every list of dated versions."""
    for intent in draft.intents.values():
        for language in intent.texts.values():
            yield language, ("dated",), language.model.dated
    for part in draft.parts.values():
        yield part, ("dated",), part.model.dated


def _order(file: Parsed[Any], keys: KeyPath, dated: DatedModel, report: Report) -> bool:
    """True when the days are in order."""
    first, last = dated.valid_from, dated.valid_until
    if first and last and last < first:
        at = file.at((*keys, "valid_until"))
        report.error(*at, f"`valid_until` {last} lies before `valid_from` {first}", "swap them, or mend one")
        return False
    return True


def _orders(file: Parsed[Any], keys: KeyPath, versions: Sequence[DatedModel], report: Report) -> None:
    """Each version has its own days, and no day has two versions."""
    sound = []
    for number, version in enumerate(versions):
        if version.valid_from is None and version.valid_until is None:
            report.error(*file.at((*keys, number)), "a dated version without a day", "write `valid_from`, or undate it")
        elif _order(file, (*keys, number), version, report):
            sound.append((version.valid_from or date.min, version.valid_until or date.max, number))
    sound.sort()
    for earlier, later in pairwise(sound):
        if later[0] <= earlier[1]:
            what = f"entry {later[2] + 1} begins on {later[0]}, while entry {earlier[2] + 1} still holds"
            report.error(*file.at((*keys, later[2])), what, "end the one before the other begins")


def _wordless(file: Parsed[TextFile], report: Report) -> None:
    """A version that would replace nothing."""
    for number, version in enumerate(file.model.dated):
        if not (version.answer or version.steps or version.bring):
            at = file.at(("dated", number))
            report.error(*at, "a dated version without words", "write its answer, steps or bring")
