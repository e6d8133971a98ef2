"""Writes `cldr.csv`, the names of countries and large cities in every language, from Babel's copy of the CLDR.

Run `python -m bot.places.cldr` after an update of Babel. The table is kept because reading thirteen locales at every
start costs 0.1 s and 18 MB.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.places.ordinary import listed

TABLE = Path(__file__).with_name("cldr.csv")
LANGUAGES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "tr", "es", "fr", "zh")

_NO_COUNTRIES = listed(
    """
    AC AI AQ AS AW BL BM BQ BV CC CK CP CQ CW CX DG EA EH EU EZ FK GF GG GP GS GU HM IC IM IO JE KY MF MO MP MQ MS NC NF
    NU PF PM PN PR QO RE SH SJ SX TA TC TF TK UM UN VG VI WF XA XB YT ZZ
    """
)
"""Codes of unions, tests, and territories that residents name seldom and ordinary words resemble."""

_CITIES = listed(
    """
    Africa/Addis_Ababa Africa/Cairo Africa/Casablanca Africa/Dar_es_Salaam Africa/Johannesburg Africa/Kampala
    Africa/Khartoum Africa/Kinshasa Africa/Lagos Africa/Mogadishu Africa/Nairobi America/Chicago America/Los_Angeles
    America/New_York America/Toronto America/Vancouver Asia/Baghdad Asia/Baku Asia/Bangkok Asia/Beirut Asia/Calcutta
    Asia/Damascus Asia/Dhaka Asia/Dubai Asia/Jakarta Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Katmandu Asia/Manila
    Asia/Riyadh Asia/Saigon Asia/Seoul Asia/Shanghai Asia/Taipei Asia/Tashkent Asia/Tbilisi Asia/Tehran Asia/Tokyo
    Asia/Yerevan Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Brussels
    Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Istanbul Europe/Kiev Europe/Lisbon
    Europe/London Europe/Madrid Europe/Minsk Europe/Moscow Europe/Oslo Europe/Paris Europe/Prague Europe/Riga
    Europe/Rome Europe/Sarajevo Europe/Stockholm Europe/Tallinn Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zurich
    """
)
"""Time zones of large cities; Dublin is left out: asylum seekers ask about the Dublin procedure."""


def rows() -> Iterator[tuple[str, ...]]:
    """(country code, names in the order of `LANGUAGES`): the countries, then the cities."""
    from babel import Locale
    from babel.core import get_global

    locales = [Locale.parse(language) for language in LANGUAGES]
    for code in sorted(locales[2].territories):
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
            yield code, *(str(locale.territories[code]) for locale in locales)
    countries, renamed = get_global("zone_territories"), get_global("zone_aliases")
    for zone in sorted(_CITIES):
        # A locale lists a zone under its old id, and only where the city has another name than in the id.
        in_id = zone.rsplit("/", 1)[-1].replace("_", " ")
        names = (str(locale.time_zones.get(zone, {}).get("city", in_id)) for locale in locales)
        yield str(countries[renamed.get(zone, zone)]), *names


def write(out: TextIO) -> None:
    """The table with its header."""
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("country", *LANGUAGES))
    table.writerows(rows())


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        write(file)
    sys.stdout.write(f"{TABLE.name} written\n")
