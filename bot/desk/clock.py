"""A desk's own calendar: whether it is open, when it opens, and waiting times in its business minutes."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.answer import OpeningStatus
from bot.domain.catalogue import Catalogue
from bot.domain.ticket import Desk
from bot.guidance.hours import open_minutes, status

OFFICE_HOURS = "Mo-Fr 09:00-16:00; PH off"
"""What waiting is counted in where a desk's hours are not known; never shown as a desk's hours."""


def hours_of(desk: Desk, catalogue: Catalogue) -> str | None:
    """A desk's hours: its own, else its city's published ones, else its advice point's, else None."""
    city = catalogue.cities.get(desk.city)
    point = catalogue.points.get(city.desk.point or "") if city else None
    return desk.hours or (city.desk.hours if city else None) or (point.hours if point else None)


def opening(desk: Desk, catalogue: Catalogue, at: datetime) -> OpeningStatus:
    """Whether the desk is open at `at`; unknown where nobody published its hours."""
    return status(hours_of(desk, catalogue), at)


def waited(desk: Desk, catalogue: Catalogue, since: float, now: float) -> int:
    """Business minutes of the desk between two Unix times."""
    hours = hours_of(desk, catalogue) or OFFICE_HOURS
    return int(open_minutes(hours, datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(now, UTC)))
