"""Dates, times and distances in the resident's language, always with Western digits and a 24-hour clock.

Doors, letters and phones in Finland use both, so a resident can compare them sign by sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.units import format_unit

_LOCALES = {"ar": "ar_IQ", "en": "en_GB", "fi": "fi_FI", "sv": "sv_FI", "zh": "zh_Hans"}
"""Iraqis and Syrians, most of the Arabic speakers in Finland, say نيسان and not أبريل."""


@cache
def locale(language: str) -> Locale:
    """The Babel locale of a language code; British English for one that Babel does not know."""
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def clock(moment: time, language: str) -> str:
    """24-hour clock: "9.00" in Finnish, "09:00" elsewhere."""
    return f"{moment.hour}.{moment:%M}" if language == "fi" else f"{moment:%H:%M}"


def span(start: time, end: time, language: str) -> str:
    """From start to end: "09:00–16:00"; an end at midnight is 24:00."""
    midnight = "24.00" if language == "fi" else "24:00"
    return f"{clock(start, language)}–{midnight if end == time() else clock(end, language)}"


def spans(pairs: Iterable[tuple[time, time]], language: str) -> str:
    """Several spans, comma between them."""
    return ", ".join(span(start, end, language) for start, end in pairs)


def weekday(day: date, language: str) -> str:
    """The weekday's full name as it stands alone."""
    return str(format_date(day, "cccc", locale=locale(language)))


def day_and_month(day: date, language: str) -> str:
    """Without the year: "7 April"."""
    return str(format_skeleton("MMMMd", day, locale=locale(language)))


def full_date(day: date, language: str) -> str:
    """With the year: "7 April 2026"."""
    return str(format_date(day, "long", locale=locale(language)))


def named_day(day: date, language: str) -> str:
    """With the weekday: "Tuesday 7 April"."""
    return f"{weekday(day, language)} {day_and_month(day, language)}"


def distance(metres: int, language: str) -> str:
    """A length: "450 m" to the nearest 50, "2.3 km", "12 km"."""
    if metres < 975:
        near = max(50, round(metres / 50) * 50)
        return str(format_unit(near, "length-meter", "short", format="0", locale=locale(language)))
    pattern = "0" if metres >= 9950 else "0.0"
    return str(format_unit(metres / 1000, "length-kilometer", "short", format=pattern, locale=locale(language)))


def language_name(code: str, language: str) -> str | None:
    """The name of language `code` in `language`, None when it is not known."""
    try:
        return Locale.parse(code).get_display_name(locale(language))
    except (UnknownLocaleError, ValueError):
        return None
