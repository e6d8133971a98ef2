"""Who reads a screen and when: the catalogue, the interface's language and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.dated import Texts, in_language
from bot.guidance.hours import HELSINKI
from bot.locales import Translator

_RTL = frozenset({"ar", "fa"})


@dataclass(frozen=True, slots=True)
class Reader:
    """One resident's eyes; `at` is timezone-aware."""

    catalogue: Catalogue
    tr: Translator
    at: datetime

    @property
    def language(self) -> str:
        """Code of the interface language."""
        return self.tr.language

    @property
    def rtl(self) -> bool:
        """True when the language is written from right to left."""
        known = self.catalogue.languages.get(self.language)
        return known.direction == "rtl" if known else self.language in _RTL

    @property
    def today(self) -> date:
        """The day in Helsinki."""
        return self.at.astimezone(HELSINKI).date()

    def text(self, texts: Texts) -> str:
        """The text in the resident's language, else in English: who reads neither fi nor sv is rarely helped by fi."""
        return in_language(texts, self.language, "en")

    def city(self, city: str) -> str:
        """A city's name, its id when the catalogue does not know it."""
        known = self.catalogue.cities.get(city)
        return self.text(known.names) if known else city
