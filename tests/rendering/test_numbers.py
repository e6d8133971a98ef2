import re
from datetime import date, time

import pytest

from bot.rendering.numbers import clock, distance, full_date, language_name, locale, named_day, span, spans, weekday

LANGUAGES = ("fi", "sv", "en", "so", "ar", "ru", "et", "fa", "es", "fr", "zh", "tr", "uk")
DAY = date(2026, 4, 7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_words_and_western_digits(language):
    texts = (full_date(DAY, language), named_day(DAY, language), distance(2312, language), clock(time(9, 5), language))
    assert locale(language).language == language
    assert not re.search("[٠-٩۰-۹]", "".join(texts))
    assert "7" in texts[0]
    assert "2026" in texts[0]
    assert len(weekday(DAY, language)) > 1


def test_dates():
    assert full_date(DAY, "fi") == "7. huhtikuuta 2026"
    assert full_date(DAY, "en") == "7 April 2026"
    assert named_day(DAY, "sv") == "tisdag 7 april"
    assert full_date(DAY, "xx") == "7 April 2026"


def test_times_are_24_hours_everywhere():
    assert clock(time(9), "fi") == "9.00"
    assert [clock(time(16, 30), language) for language in ("en", "ar", "so")] == ["16:30"] * 3
    assert span(time(20), time(0), "en") == "20:00–24:00"
    assert spans(((time(9), time(11)), (time(12), time(15))), "fi") == "9.00–11.00, 12.00–15.00"


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "50 m"),
        (449, "450 m"),
        (974, "950 m"),
        (975, "1.0 km"),
        (2312, "2.3 km"),
        (9949, "9.9 km"),
        (12_400, "12 km"),
    ],
)
def test_distances(metres, text):
    assert distance(metres, "en") == text


def test_decimal_comma_and_other_units():
    assert distance(2312, "fi") == "2,3 km"
    assert distance(2312, "ru") == "2,3 км"
    assert distance(2312, "ar") == "2.3 كم"


def test_names_of_languages():
    assert language_name("fi", "en") == "Finnish"
    assert language_name("so", "fi") == "somali"
    assert language_name("not a code", "fi") is None
