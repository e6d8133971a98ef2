"""A point's hours at one moment: OpenStreetMap `opening_hours` read for Finland, Europe/Helsinki."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

from bot.domain.answer import Opening, OpeningStatus
from bot.guidance.holidays import holiday

HELSINKI = ZoneInfo("Europe/Helsinki")
HORIZON = timedelta(days=14)
"""How far ahead the next opening is looked for."""

_WHOLE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Span:
    """One run of the same kind; `end` is None when it never ends."""

    start: datetime
    end: datetime | None
    kind: Opening


@lru_cache(maxsize=2048)
def _parsed(hours: str) -> OpeningHours | None:
    return OpeningHours(hours, timezone=HELSINKI, country="FI") if validate(hours) else None


def status(hours: str | None, at: datetime) -> OpeningStatus:
    """`hours` at the timezone-aware `at`; None or bad syntax gives UNKNOWN, never an exception."""
    # Nothing changes within a minute, so the questions of a minute share one evaluation.
    return _status(hours, at.astimezone(HELSINKI).replace(second=0, microsecond=0))


def valid(hours: str) -> bool:
    """True when `hours` is opening_hours syntax."""
    return _parsed(hours) is not None


def open_minutes(hours: str, start: datetime, end: datetime) -> float:
    """Minutes between two timezone-aware moments during which `hours` are open; bad syntax gives all of them."""
    if end <= start:
        return 0.0
    expression = _parsed(hours)
    if expression is None:
        return (end - start).total_seconds() / 60
    first, last = start.astimezone(HELSINKI), end.astimezone(HELSINKI)
    total = 0.0
    for opened, closed, state, _ in expression.intervals(first, last):
        if state is State.OPEN:
            until = min(closed.timestamp(), last.timestamp()) if closed else last.timestamp()
            total += max(0.0, until - max(opened.timestamp(), first.timestamp()))
    return total / 60


@lru_cache(maxsize=2048)
def _status(hours: str | None, here: datetime) -> OpeningStatus:
    today = holiday(here.date())
    expression = _parsed(hours) if hours else None
    if expression is None:
        return OpeningStatus(Opening.UNKNOWN, holiday=today)
    if expression.next_change(here) is None and expression.is_open(here):
        kind = _kind(*expression.state(here))
        return OpeningStatus(Opening.ALWAYS if kind is Opening.OPEN else kind, holiday=today)
    spans = _spans(expression, here)
    state = _state(spans, here)
    wanted = Opening.BY_APPOINTMENT if state is Opening.BY_APPOINTMENT else Opening.OPEN
    return OpeningStatus(
        state,
        today=_today([span for span in spans if span.kind is wanted], here),
        until=_until(spans, here) if state is Opening.OPEN else None,
        opens_next=_opens_next(spans, here) if state is Opening.CLOSED else None,
        holiday=today,
    )


def _kind(state: State, comment: str) -> Opening:
    # A rule that is only a comment (`"by appointment"`) is parsed as open.
    if state is not State.CLOSED and "appointment" in comment.lower():
        return Opening.BY_APPOINTMENT
    return {State.OPEN: Opening.OPEN, State.CLOSED: Opening.CLOSED, State.UNKNOWN: Opening.UNKNOWN}[state]


def _spans(expression: OpeningHours, here: datetime) -> list[_Span]:
    """Runs from yesterday's midnight, so that a span begun last night is seen whole, to the horizon."""
    yesterday = datetime.combine(here.date() - _WHOLE_DAY, time(), HELSINKI)
    spans: list[_Span] = []
    for start, end, state, comment in expression.intervals(yesterday, here + HORIZON):
        kind = _kind(state, comment)
        if spans and spans[-1].kind is kind and spans[-1].end == start:
            spans[-1] = _Span(spans[-1].start, end, kind)
        else:
            spans.append(_Span(start, end, kind))
    return spans


def _now(spans: Sequence[_Span], here: datetime) -> _Span | None:
    # Timestamps, because wall clocks compare wrongly in the repeated hour of autumn.
    moment = here.timestamp()
    for span in spans:
        if span.start.timestamp() <= moment and (span.end is None or moment < span.end.timestamp()):
            return span
    return None


def _state(spans: Sequence[_Span], here: datetime) -> Opening:
    kinds = {span.kind for span in spans}
    if Opening.OPEN not in kinds and Opening.BY_APPOINTMENT in kinds:
        return Opening.BY_APPOINTMENT
    now = _now(spans, here)
    return now.kind if now else Opening.UNKNOWN


def _until(spans: Sequence[_Span], here: datetime) -> datetime | None:
    now = _now(spans, here)
    if now is None or now.end is None or now.end.timestamp() >= (here + HORIZON).timestamp():
        return None
    return now.end


def _opens_next(spans: Sequence[_Span], here: datetime) -> datetime | None:
    moment = here.timestamp()
    return next((span.start for span in spans if span.kind is Opening.OPEN and span.start.timestamp() > moment), None)


def _today(spans: Sequence[_Span], here: datetime) -> tuple[tuple[time, time], ...]:
    """Spans that begin today; one of a day or more is cut to today, and a whole day of appointments says nothing."""
    midnight = datetime.combine(here.date(), time(), HELSINKI)
    tomorrow = datetime.combine(here.date() + _WHOLE_DAY, time(), HELSINKI)
    found = []
    for span in spans:
        start, end = span.start, span.end
        if end is None or end - start >= _WHOLE_DAY:
            start, end = max(start, midnight), min(end or tomorrow, tomorrow)
            if span.kind is Opening.BY_APPOINTMENT and (start, end) == (midnight, tomorrow):
                continue
        if midnight <= start < tomorrow and start < end:
            found.append((start.time(), end.time()))
    return tuple(found)
