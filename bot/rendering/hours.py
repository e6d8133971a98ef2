"""Opening hours in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.answer import Opening, OpeningStatus
from bot.guidance.hours import HELSINKI
from bot.rendering.holidays import holiday_name
from bot.rendering.html import ltr, safe
from bot.rendering.numbers import clock, named_day, spans
from bot.rendering.reader import Reader


def hours_lines(status: OpeningStatus, reader: Reader) -> list[str]:
    """HTML lines: what holds now, today's hours where they add to it, the holiday where it may matter."""
    tr = reader.tr
    lines = [_now(status, reader)]
    if _adds(status, reader):
        today = ltr(spans(status.today, reader.language), reader.rtl)
        lines.append(tr("Today {hours}", hours=today))
    if status.holiday and status.state is not Opening.ALWAYS:
        lines.append(
            tr(
                "Today is {holiday}: the hours may differ from the usual.",
                holiday=holiday_name(status.holiday, tr),
            )
        )
    return [safe(line) for line in lines]


def _adds(status: OpeningStatus, reader: Reader) -> bool:
    """Whether today's hours say more than the line before: several spans, an opening still to come, appointments."""
    if status.state is Opening.CLOSED:
        opens = status.opens_next
        return bool(status.today) and opens is not None and opens.astimezone(HELSINKI).date() == reader.today
    return len(status.today) > 1 or (bool(status.today) and status.state is Opening.BY_APPOINTMENT)


def _now(status: OpeningStatus, reader: Reader) -> str:
    tr = reader.tr
    if status.state is Opening.ALWAYS:
        return tr("Open day and night")
    if status.state is Opening.OPEN:
        return _open(status.until, reader)
    if status.state is Opening.BY_APPOINTMENT:
        return tr("By appointment only")
    if status.state is Opening.CLOSED:
        return _closed(status.opens_next, reader)
    return tr("Opening hours not known: check before you go")


def _open(until: datetime | None, reader: Reader) -> str:
    tr = reader.tr
    if until is None:
        return tr("Open now")
    local = until.astimezone(HELSINKI)
    when = ltr(clock(local.time(), reader.language), reader.rtl)
    # Just past midnight is still "tonight" to a reader; a whole other day has to be named.
    if local.date() == reader.today or local - reader.at.astimezone(HELSINKI) < timedelta(hours=12):
        return tr("Open now, until {time}", time=when)
    return tr("Open now, until {day} at {time}", day=named_day(local.date(), reader.language), time=when)


def _closed(opens: datetime | None, reader: Reader) -> str:
    tr = reader.tr
    if opens is None:
        return tr("Closed now and for the next two weeks: check before you go")
    local = opens.astimezone(HELSINKI)
    when = ltr(clock(local.time(), reader.language), reader.rtl)
    if local.date() == reader.today:
        return tr("Closed now, opens today at {time}", time=when)
    if local.date() == reader.today + timedelta(days=1):
        return tr("Closed now, opens tomorrow at {time}", time=when)
    return tr("Closed now, opens on {day} at {time}", day=named_day(local.date(), reader.language), time=when)
