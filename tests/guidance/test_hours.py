from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.answer import Opening
from bot.guidance.holidays import holiday
from bot.guidance.hours import status

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = "Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def test_open_now_says_until_when():
    seen = status(OFFICE, at("2026-04-08T12:30"))
    assert seen.state is Opening.OPEN
    assert seen.today == ((time(9), time(16)),)
    assert seen.until == at("2026-04-08T16:00")
    assert seen.opens_next is None
    assert seen.holiday is None


def test_closing_minute_is_closed_and_opening_minute_is_open():
    assert status(OFFICE, at("2026-04-08T16:00")).state is Opening.CLOSED
    assert status(OFFICE, at("2026-04-08T09:00")).state is Opening.OPEN


def test_another_time_zone_is_converted():
    assert status(OFFICE, datetime(2026, 4, 8, 6, 0, tzinfo=UTC)).state is Opening.OPEN
    assert status(OFFICE, datetime(2026, 4, 8, 5, 59, tzinfo=UTC)).opens_next == at("2026-04-08T09:00")


def test_good_friday_is_closed_until_after_easter():
    seen = status(OFFICE, at("2026-04-03T11:00"))
    assert seen.state is Opening.CLOSED
    assert seen.today == ()
    assert seen.opens_next == at("2026-04-07T09:00")
    assert seen.holiday == "Pitkäperjantai"


def test_without_a_rule_for_holidays_the_holiday_is_still_named():
    seen = status("Mo-Fr 09:00-16:00", at("2026-04-03T11:00"))
    assert seen.state is Opening.OPEN
    assert seen.holiday == "Pitkäperjantai"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-12-06", "Itsenäisyyspäivä"),
        ("2026-12-24", "Jouluaatto"),
        ("2026-06-19", "Juhannusaatto"),
        ("2026-06-20", "Juhannuspäivä"),
        ("2027-06-25", "Juhannusaatto"),
        ("2026-04-02", "Kiirastorstai"),
        ("2026-04-30", "Vapunaatto"),
        ("2026-12-31", "Uudenvuodenaatto"),
        ("2026-12-07", None),
    ],
)
def test_holidays_and_eves(day, name):
    assert holiday(at(f"{day}T12:00").date()) == name


def test_christmas_eve_and_midsummer_eve_count_as_public_holidays():
    assert status(OFFICE, at("2026-12-24T11:00")).opens_next == at("2026-12-28T09:00")
    assert status(OFFICE, at("2026-06-19T11:00")).opens_next == at("2026-06-22T09:00")


def test_always_open():
    seen = status("24/7", at("2026-12-24T03:00"))
    assert (seen.state, seen.today, seen.until) == (Opening.ALWAYS, (), None)
    assert seen.holiday == "Jouluaatto"
    assert status("Mo-Su 00:00-24:00", at("2026-04-08T12:00")).state is Opening.ALWAYS


def test_open_for_longer_than_the_horizon_has_no_closing_time():
    seen = status("24/7; Dec 24 off", at("2026-04-08T12:00"))
    assert (seen.state, seen.until, seen.today) == (Opening.OPEN, None, ((time(0), time(0)),))


@pytest.mark.parametrize("moment", ["2026-04-08T12:00", "2026-04-08T22:00", "2026-04-11T12:00", "2026-04-03T12:00"])
def test_by_appointment_at_any_hour(moment):
    for hours in (
        'Mo-Fr unknown "by appointment"',
        'Mo-Fr 09:00-16:00 unknown "by appointment"; PH off',
        '"by appointment"',
    ):
        seen = status(hours, at(moment))
        assert (seen.state, seen.until, seen.opens_next) == (Opening.BY_APPOINTMENT, None, None)


def test_by_appointment_tells_todays_hours_only_when_there_are_some():
    assert status('Mo-Fr 09:00-16:00 unknown "by appointment"', at("2026-04-08T12:00")).today == ((time(9), time(16)),)
    assert status('Mo-Fr unknown "by appointment"', at("2026-04-08T12:00")).today == ()


def test_walk_in_hours_beside_appointments():
    hours = 'Mo 09:00-12:00; Tu unknown "by appointment"'
    assert status(hours, at("2026-04-13T10:00")).state is Opening.OPEN
    assert status(hours, at("2026-04-14T10:00")).state is Opening.BY_APPOINTMENT
    wednesday = status(hours, at("2026-04-15T10:00"))
    assert (wednesday.state, wednesday.opens_next) == (Opening.CLOSED, at("2026-04-20T09:00"))


def test_holiday_of_unknown_hours_is_unknown():
    hours = 'Mo-Fr 13:00-21:00; PH unknown "check before you go"'
    assert status(hours, at("2026-04-03T14:00")).state is Opening.UNKNOWN


def test_two_spans_a_day():
    seen = status("Mo-Fr 08:30-12:00,13:00-15:30", at("2026-04-08T12:30"))
    assert seen.today == ((time(8, 30), time(12)), (time(13), time(15, 30)))
    assert seen.opens_next == at("2026-04-08T13:00")


def test_past_midnight_belongs_to_the_evening_it_began():
    hours = "Fr 20:00-02:00"
    evening = status(hours, at("2026-04-10T21:00"))
    assert evening.today == ((time(20), time(2)),)
    assert evening.until == at("2026-04-11T02:00")
    night = status(hours, at("2026-04-11T01:00"))
    assert (night.state, night.today, night.until) == (Opening.OPEN, (), at("2026-04-11T02:00"))
    assert status(hours, at("2026-04-11T02:00")).state is Opening.CLOSED


def test_spring_clock_change():
    hours = "Sa 22:00-05:00"
    before = status(hours, datetime(2026, 3, 29, 0, 59, tzinfo=UTC))  # 02:59, a minute later it is 04:00
    after = status(hours, datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert before.until == after.until == at("2026-03-29T05:00")
    assert before.until.astimezone(UTC) == datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    assert status(hours, datetime(2026, 3, 29, 2, 0, tzinfo=UTC)).state is Opening.CLOSED


def test_autumn_clock_change():
    hours = "Mo-Su 09:00-16:00"
    sunday = status(hours, datetime(2026, 10, 25, 6, 59, tzinfo=UTC))  # 08:59, winter time since this night
    assert sunday.state is Opening.CLOSED
    assert sunday.opens_next.astimezone(UTC) == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)
    assert status(hours, datetime(2026, 10, 25, 13, 59, tzinfo=UTC)).state is Opening.OPEN
    assert status(hours, datetime(2026, 10, 25, 14, 0, tzinfo=UTC)).state is Opening.CLOSED


def test_opening_is_looked_for_two_weeks_ahead():
    assert status("Jul Mo-Fr 09:00-16:00", at("2026-06-20T12:00")).opens_next == at("2026-07-01T09:00")
    assert status("Jul Mo-Fr 09:00-16:00", at("2026-06-10T12:00")).opens_next is None


@pytest.mark.parametrize("hours", [None, "", "weekdays 9-16", "Mo-Fr 9-16", "Mo 25:00-99:99", "\0"])
def test_bad_or_missing_hours_are_unknown(hours):
    seen = status(hours, at("2026-04-08T12:00"))
    assert (seen.state, seen.today, seen.until, seen.opens_next) == (Opening.UNKNOWN, (), None, None)
