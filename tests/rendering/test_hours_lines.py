from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.guidance.hours import status
from bot.rendering.hours import hours_lines
from bot.rendering.reader import Reader

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = "Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off"


@pytest.mark.parametrize(
    ("hours", "moment", "lines"),
    [
        (OFFICE, "2026-04-08T12:30", ["Open now, until 16:00"]),
        (OFFICE, "2026-04-08T07:00", ["Closed now, opens today at 09:00", "Today 09:00–16:00"]),
        (OFFICE, "2026-04-08T17:00", ["Closed now, opens tomorrow at 09:00"]),
        (OFFICE, "2026-04-10T15:00", ["Closed now, opens on Monday 13 April at 09:00"]),
        (
            OFFICE,
            "2026-04-03T11:00",
            [
                "Closed now, opens on Tuesday 7 April at 09:00",
                "Today is Good Friday: the hours may differ from the usual.",
            ],
        ),
        ("24/7", "2026-12-24T11:00", ["Open day and night"]),
        (
            "Mo-Fr 08:30-12:00,13:00-15:30",
            "2026-04-08T09:00",
            ["Open now, until 12:00", "Today 08:30–12:00, 13:00–15:30"],
        ),
        ("Fr 20:00-02:00", "2026-04-10T21:00", ["Open now, until 02:00"]),
        ("Mo-Fr 00:00-24:00", "2026-04-07T12:00", ["Open now, until Saturday 11 April at 00:00"]),
        ("24/7; Dec 24 off", "2026-04-08T12:00", ["Open now"]),
        ('Mo-Fr unknown "by appointment"', "2026-04-08T12:30", ["By appointment only"]),
        (
            'Mo-Fr 09:00-16:00 unknown "by appointment"',
            "2026-04-08T12:30",
            ["By appointment only", "Today 09:00–16:00"],
        ),
        ("Jul Mo-Fr 09:00-16:00", "2026-04-08T12:30", ["Closed now and for the next two weeks: check before you go"]),
        (None, "2026-04-08T12:30", ["Opening hours not known: check before you go"]),
    ],
)
def test_hours_in_words(catalogue, english, hours, moment, lines):
    at = datetime.fromisoformat(moment).replace(tzinfo=HELSINKI)
    assert hours_lines(status(hours, at), Reader(catalogue, english, at)) == lines


def test_finnish_clock(catalogue, finnish, at):
    assert hours_lines(status(OFFICE, at), Reader(catalogue, finnish, at)) == ["Auki nyt, kello 16.00 asti"]
