"""Opening hours: OpenStreetMap syntax as `opening-hours-py` reads it, with public holidays said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stubs leave it out

from bot.catalogue.draft import Draft
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.hours_slips import APPOINTMENT, as_line, mended

EXAMPLE = as_line("Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off")

WEEKDAYS = "Mo-Fr "
"""Days put before times that name none, to show where days stand."""

_COMMENT = re.compile(r'"([^"]*)"')
_HOLIDAY = re.compile(r"\bPH\b")
_NEVER_OPEN = re.compile(r"\b(?:off|closed|unknown)\b")
_POSITION = re.compile(r"--> \d+:(\d+)")
_CAPITAL = re.compile(r"literal should be capitalized, got '(\w+)'")


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for hours, at in _all(draft):
        _hours(hours, at, report)


def _all(draft: Draft) -> Iterator[tuple[str, tuple[str, int]]]:
    """Every opening hours with its place."""
    for city in draft.cities.values():
        if city.model.desk.hours:
            yield city.model.desk.hours, city.at(("desk", "hours"))
    for point in draft.points.values():
        if point.model.hours:
            yield point.model.hours, point.at(("hours",))


def _hours(hours: str, at: tuple[str, int], report: Report) -> None:
    """Reports hours that cannot be read, appointments residents would not see, and holidays left open."""
    parsed = _parsed(hours)
    if parsed is None:
        report.error(*at, f"the hours {shown(hours)} cannot be read{_from(hours)}", _mend(hours))
        return
    for warning in parsed.warnings:
        letter = _CAPITAL.search(warning)
        said = f"{shown(letter.group(1))} begins with a capital letter" if letter else warning
        better = as_line(_sound(hours) or str(parsed))
        report.warn(*at, f"the hours {shown(hours)}: {said}", f"write {shown(better, 200)}")
    _appointments(hours, at, report)
    if hours.strip() != "24/7" and not _says_holidays(hours):
        what = f"the hours {shown(hours)} say nothing of public holidays"
        report.warn(*at, what, "they would count as open: add `; PH off`, or `PH 10:00-14:00`")


def _parsed(hours: str) -> OpeningHours | None:
    """The hours as understood; None when they are not."""
    try:
        return OpeningHours(hours, country="FI")
    except ParserError:
        return None


def _appointments(hours: str, at: tuple[str, int], report: Report) -> None:
    """A comment about appointments says so in the one word that the bot knows and translates."""
    for rule in re.split(r";|\|\|", hours):
        for comment in _COMMENT.findall(rule):
            if "appointment" in comment.lower() or not APPOINTMENT.search(comment):
                continue
            seen = "that the hours are not known" if "unknown" in rule else "that it is open to everyone"
            what = f"the hours {shown(hours)}: with {shown(comment)} residents read {seen}"
            better = as_line(hours.replace(f'"{comment}"', '"by appointment"'))
            report.warn(*at, what, f'write `unknown "by appointment"`, which the bot translates: {shown(better, 200)}')


def _says_holidays(hours: str) -> bool:
    """True when holidays are named, or when nothing is ever surely open."""
    bare = _COMMENT.sub("", hours)
    rules = [rule for rule in re.split(r";|\|\|", bare) if rule.strip()]
    return _HOLIDAY.search(bare) is not None or all(_NEVER_OPEN.search(rule) for rule in rules)


def _from(hours: str) -> str:
    """Where reading stopped, from the beginning of the word; empty when that is the first one."""
    try:
        OpeningHours(hours, country="FI")
    except ParserError as error:
        position = _POSITION.search(str(error))
        start = hours.rfind(" ", 0, int(position.group(1))) + 1 if position else 0
        if start and hours[start:].strip():
            return f" from {shown(hours[start:], 20)} on"
    return ""


def _mend(hours: str) -> str:
    """The hours as they were probably meant, else a sound example."""
    meant, better = mended(hours) or "", _sound(hours)
    if better is None:
        return f"write days and times such as {shown(EXAMPLE)}, or null"
    line = shown(as_line(better), 200)
    if better.startswith(WEEKDAYS) and not meant.startswith("Mo"):
        return f"name the days too; for Monday to Friday write {line}"
    return f"write {line}" if better == meant else f"write {line} (PH off: closed on public holidays)"


def _sound(hours: str) -> str | None:
    """`hours` without its slips, weekdays put before bare times and holidays closed; None when it stays unreadable."""
    better = mended(hours)
    if better is None:
        return None
    if better != "24/7":
        better = WEEKDAYS + better if better[0].isdigit() or better.startswith("unknown") else better
        better = better if _HOLIDAY.search(better) else f"{better}; PH off"
    parsed = _parsed(better)
    return better if parsed is not None and not parsed.warnings else None
