"""Opening hours: OpenStreetMap syntax as `opening-hours-py` reads it, with public holidays said."""

from __future__ import annotations

import re

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stubs leave it out

from bot.catalogue.draft import Draft
from bot.catalogue.problem import Report, shown

EXAMPLE = '"Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off"'

_COMMENT = re.compile(r'"[^"]*"')
_HOLIDAY = re.compile(r"\bPH\b")
_NEVER_OPEN = re.compile(r"\b(?:off|closed|unknown)\b")
_POSITION = re.compile(r"--> \d+:(\d+)")
_EXPECTED = re.compile(r"= (expected .+)")


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for city in draft.cities.values():
        if city.model.desk.hours:
            _hours(city.model.desk.hours, city.at(("desk", "hours")), report)
    for point in draft.points.values():
        if point.model.hours:
            _hours(point.model.hours, point.at(("hours",)), report)


def _hours(hours: str, at: tuple[str, int], report: Report) -> None:
    """Reports hours that cannot be read, and those that leave public holidays open."""
    try:
        parsed = OpeningHours(hours, country="FI")
    except ParserError as error:
        report.error(*at, f"the hours {shown(hours)} cannot be read: {_said(str(error), hours)}", f"write {EXAMPLE}")
        return
    for warning in parsed.warnings:
        report.warn(*at, f"the hours {shown(hours)}: {warning}", f"write {shown(str(parsed), 200)}")
    if hours.strip() != "24/7" and not _says_holidays(hours):
        what = f"the hours {shown(hours)} say nothing of public holidays"
        report.warn(*at, what, "they would count as open: add `; PH off`, or `PH 10:00-14:00`")


def _says_holidays(hours: str) -> bool:
    """True when holidays are named, or when nothing is ever surely open."""
    bare = _COMMENT.sub("", hours)
    rules = [rule for rule in re.split(r";|\|\|", bare) if rule.strip()]
    return _HOLIDAY.search(bare) is not None or all(_NEVER_OPEN.search(rule) for rule in rules)


def _said(message: str, hours: str) -> str:
    """The parser's finding in one line: where, and what it expected."""
    position, expected = _POSITION.search(message), _EXPECTED.search(message)
    if not position or not expected:
        return " ".join(message.split())[:200]
    column = int(position.group(1))
    rest = hours[column - 1 : column + 11]
    return f"at column {column}, {shown(rest) if rest else 'the end'}: {expected.group(1)}"
