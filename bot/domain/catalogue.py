"""The whole curated content at one moment, as one immutable value that is swapped atomically."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.domain.dated import Texts
from bot.domain.glossary import Term
from bot.domain.intent import CityPart, Intent, Topic
from bot.domain.lexicon import Lexicon, OutOfScope
from bot.domain.lodging import Lodging, LodgingQuestion
from bot.domain.place import City, PlaceData
from bot.domain.point import Authority, Service, ServicePoint


@dataclass(frozen=True, slots=True)
class LanguageInfo:
    """A language the bot writes; `tier` is required or offered."""

    code: str
    name: str
    """The language's own name in its own script."""
    direction: str
    """ltr or rtl."""
    tier: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The cities' agreement; cost shares in per cent, together 100."""

    cities: tuple[str, ...]
    required_languages: tuple[str, ...]
    cost_shares: Mapping[str, Decimal]
    promise: Texts


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Intents and knowledge, read from `hash`'s files; equal only to itself."""

    languages: Mapping[str, LanguageInfo]
    """The languages the bot writes."""
    topics: tuple[Topic, ...]
    intents: Mapping[str, Intent]
    agreement: Agreement
    cities: Mapping[str, City]
    city_parts: Mapping[tuple[str, str], CityPart]
    """(city id, intent id) -> the city's own part."""
    points: Mapping[str, ServicePoint]
    services: Mapping[str, Service]
    authorities: Mapping[str, Authority]
    places: PlaceData = field(repr=False)
    hash: str
    """Hex digest over every file read; changes with any byte."""
    understood: tuple[str, ...] = ()
    """Codes of all languages whose messages are understood: those the bot writes, and those it does not write yet."""
    lexicon: Lexicon = field(default=Lexicon({}, {}), repr=False)
    out_of_scope: tuple[OutOfScope, ...] = field(default=(), repr=False)
    """Messages that no intent answers, for calibration; in the files' order."""
    lodging: Mapping[str, Lodging] = field(default_factory=dict)
    """Intent id -> how its matter is started with an advisor."""
    lodging_questions: Mapping[str, LodgingQuestion] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict, repr=False)
    """Term id -> official term with its explanation."""

    def examples(self) -> list[tuple[str, str, str]]:
        """(language, text, intent id) of every example of every understood language, in the files' order."""
        return [
            (language, example, intent.id)
            for intent in self.intents.values()
            for language, text in intent.texts.items()
            for example in text.examples
        ]
