"""Finnish holidays' names in the resident's language."""

from __future__ import annotations

from bot.locales import Translator


def holiday_name(finnish: str, tr: Translator) -> str:
    """The holiday that guidance names in Finnish, translated; the Finnish name if it is not one of these."""
    return {
        "Uudenvuodenpäivä": tr("New Year's Day"),
        "Loppiainen": tr("Epiphany"),
        "Kiirastorstai": tr("Maundy Thursday"),
        "Pitkäperjantai": tr("Good Friday"),
        "Pääsiäispäivä": tr("Easter Sunday"),
        "Toinen pääsiäispäivä": tr("Easter Monday"),
        "Vapunaatto": tr("May Day Eve"),
        "Vappu": tr("May Day"),
        "Helatorstai": tr("Ascension Day"),
        "Helluntaipäivä": tr("Pentecost"),
        "Juhannusaatto": tr("Midsummer Eve"),
        "Juhannuspäivä": tr("Midsummer Day"),
        "Pyhäinpäivä": tr("All Saints' Day"),
        "Itsenäisyyspäivä": tr("Independence Day"),
        "Jouluaatto": tr("Christmas Eve"),
        "Joulupäivä": tr("Christmas Day"),
        "Tapaninpäivä": tr("Second Day of Christmas"),
        "Uudenvuodenaatto": tr("New Year's Eve"),
    }.get(finnish, finnish)
