"""Where facts come from: answers name a source, and who says they compared facts names the page."""

from __future__ import annotations

from typing import Any

from bot.catalogue.draft import Draft, IntentDraft, Parsed
from bot.catalogue.problem import Report


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for intent in draft.intents.values():
        _sourced(intent, report)
    holders: list[Parsed[Any]] = [*draft.parts.values(), *draft.points.values()]
    for holder in holders:
        if holder.model.checked and holder.model.checked <= draft.today:
            _vouched(holder, report)


def _sourced(intent: IntentDraft, report: Report) -> None:
    """An answer that residents can read rests on a page."""
    file = intent.facts
    if file is None or intent.is_dialogue or file.model.sources:
        return
    if any(text.model.answer for text in intent.texts.values()):
        mend = "add the official page that the answer rests on"
        report.warn(*file.at(("sources",)), "the answer has no `sources`", mend)


def _vouched(file: Parsed[Any], report: Report) -> None:
    """`checked` of a point or a city's part: a source was compared by somebody on that day or later."""
    checked = file.model.checked
    if any(source.by and source.checked and source.checked >= checked for source in file.model.sources):
        return
    what = f"`checked` {checked}, but no source was compared by anybody on that day or later"
    mend = f"write `checked: {checked}` and `by` at the source that was compared, or `checked: null` here"
    report.error(*file.at(("checked",)), what, mend)
