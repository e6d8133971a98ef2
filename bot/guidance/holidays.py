"""Finnish public holidays and the eves on which offices close early."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_EVES = {
    "Uudenvuodenpäivä": "Uudenvuodenaatto",
    "Vappu": "Vapunaatto",
    "Pitkäperjantai": "Kiirastorstai",
}
"""Eves that the library does not list, by the holiday they precede; it lists Christmas and Midsummer eve itself."""


@lru_cache(maxsize=16)
def _year(year: int) -> dict[date, str]:
    from holidays import country_holidays

    return dict(country_holidays("FI", years=year, language="fi"))


def holiday(day: date) -> str | None:
    """Finnish name of the public holiday or eve on `day`, None on an ordinary one."""
    name = _year(day.year).get(day)
    if name is not None:
        return name
    tomorrow = day + timedelta(days=1)
    return _EVES.get(_year(tomorrow.year).get(tomorrow, ""))
