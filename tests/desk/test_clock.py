"""Waiting is counted in the desk's own business minutes."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.conversation import Conversation
from bot.desk.clock import OFFICE_HOURS, hours_of, opening, waited
from bot.domain.answer import Opening
from bot.domain.ticket import Desk

HELSINKI = ZoneInfo("Europe/Helsinki")


def moment(text: str) -> float:
    """Unix time of a Helsinki wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).timestamp()


@pytest.mark.parametrize(
    ("hours", "since", "now", "minutes"),
    [
        ("Mo-Fr 09:00-16:00; PH off", "2026-11-23 09:10", "2026-11-23 09:40", 30),
        # before it opens and after it closes nobody waits
        ("Mo-Fr 09:00-16:00; PH off", "2026-11-23 06:00", "2026-11-23 09:05", 5),
        ("Mo-Fr 09:00-16:00; PH off", "2026-11-23 15:50", "2026-11-23 23:59", 10),
        # Friday to Monday
        ("Mo-Fr 09:00-16:00; PH off", "2026-11-20 15:30", "2026-11-23 09:30", 60),
        ("Mo-Fr 09:00-16:00; PH off", "2026-11-21 12:00", "2026-11-22 12:00", 0),
        # Christmas 2026: Friday the 25th is a holiday, and the calendar counts Thursday the 24th as one
        ("Mo-Fr 09:00-16:00; PH off; Dec 24 off", "2026-12-23 15:00", "2026-12-28 10:00", 120),
        ("Mo-Fr 09:00-16:00; PH off", "2026-12-24 10:00", "2026-12-28 10:00", 60),
        # Epiphany (a Tuesday) and Ascension Day (a Thursday)
        ("Mo-Fr 09:00-16:00; PH off", "2026-01-05 15:00", "2026-01-07 10:00", 120),
        ("Mo-Fr 09:00-16:00; PH off", "2026-05-14 09:00", "2026-05-14 16:00", 0),
        # a lunch break
        ("Mo-Fr 09:00-12:00,13:00-16:00", "2026-11-23 11:50", "2026-11-23 13:10", 20),
        # the night of 29 March has an hour less, that of 25 October an hour more
        ("24/7", "2026-03-29 00:00", "2026-03-29 06:00", 300),
        ("24/7", "2026-10-25 00:00", "2026-10-25 06:00", 420),
        ("Mo-Su 02:00-05:00", "2026-03-29 00:00", "2026-03-29 12:00", 120),
        ("Mo-Su 02:00-05:00", "2026-10-25 00:00", "2026-10-25 12:00", 240),
        ("Mo-Fr 09:00-16:00", "2026-10-23 15:00", "2026-10-26 10:00", 120),
        # a clock that was set back
        ("24/7", "2026-11-23 12:00", "2026-11-23 11:00", 0),
    ],
)
def test_business_minutes(talk: Conversation, hours: str, since: str, now: str, minutes: int) -> None:
    desk = Desk("espoo", -1, hours=hours)
    assert waited(desk, talk.catalogue, moment(since), moment(now)) == minutes


def test_a_desks_hours_are_its_own_else_its_citys_else_its_points(talk: Conversation) -> None:
    catalogue = talk.catalogue
    city = catalogue.cities["espoo"]
    point = replace(catalogue.points[city.desk.point or ""], hours="Mo 10:00-11:00")
    catalogue = replace(
        catalogue,
        cities={"espoo": replace(city, desk=replace(city.desk, hours=None))},
        points={point.id: point},
    )
    assert hours_of(Desk("espoo", -1), catalogue) == "Mo 10:00-11:00"
    published = replace(city, desk=replace(city.desk, hours="Tu 10:00-11:00"))
    catalogue = replace(catalogue, cities={"espoo": published})
    assert hours_of(Desk("espoo", -1), catalogue) == "Tu 10:00-11:00"
    assert hours_of(Desk("espoo", -1, hours="We 10:00-11:00"), catalogue) == "We 10:00-11:00"


def test_unknown_hours_are_not_shown_as_known_ones(talk: Conversation) -> None:
    nowhere = Desk("porvoo", -1)
    at = datetime(2026, 11, 23, 12, tzinfo=HELSINKI)
    assert hours_of(nowhere, talk.catalogue) is None
    assert opening(nowhere, talk.catalogue, at).state is Opening.UNKNOWN
    office = Desk("porvoo", -1, hours=OFFICE_HOURS)
    since, now = moment("2026-11-20 12:00"), moment("2026-11-24 12:00")
    assert waited(nowhere, talk.catalogue, since, now) == waited(office, talk.catalogue, since, now) == 840
