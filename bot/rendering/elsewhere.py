"""Lines about places that the bot does not serve: another Finnish town, another country."""

from __future__ import annotations

from bot.domain.place import Place
from bot.rendering.html import escape, isolate, link, ltr, mark, safe
from bot.rendering.numbers import locale
from bot.rendering.points import short_url
from bot.rendering.reader import Reader

EMBASSIES = "https://um.fi/ulkovaltojen-edustustot"
"""The Ministry for Foreign Affairs' list of the embassies and consulates of other countries in Finland."""


def town_line(place: Place, reader: Reader) -> str:
    """That a municipality outside the region handles a matter itself, with its page where known; HTML."""
    tr, name = reader.tr, isolate(place.name, reader.rtl)
    if place.url is None:
        text = tr(
            "{place} is outside Helsinki, Espoo, Vantaa and Kauniainen. I know the services of these four cities only. "
            "There, the municipality or the wellbeing services county answers.",
            place=name,
        )
        return f"<i>{escape(text)}</i>"
    text = tr(
        "{place} is outside Helsinki, Espoo, Vantaa and Kauniainen. I know the services of these four cities only. "
        "There, the municipality or the wellbeing services county answers: {link}",
        place=name,
        link=mark(link(place.url, ltr(short_url(place.url), reader.rtl))),
    )
    return f"<i>{safe(text)}</i>"


def country_line(country: str, reader: Reader) -> str:
    """That a question is about another country (ISO 3166 code), and who answers it; HTML."""
    text = reader.tr(
        "This is about another country: {country}. I know the services in Finland only. "
        "Ask the authorities of that country or its embassy. Embassies in Finland: {link}",
        country=isolate(country_name(country, reader.language), reader.rtl),
        link=mark(link(EMBASSIES, ltr(short_url(EMBASSIES), reader.rtl))),
    )
    return safe(text)


def country_name(country: str, language: str) -> str:
    """A country's name in a language, from the CLDR; its code when it has none."""
    return str(locale(language).territories.get(country, country))
