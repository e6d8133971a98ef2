"""Questions about another country or another Finnish town, which the bot does not answer for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Catalogue
from bot.domain.intent import Intent, Kind
from bot.domain.place import Place
from bot.places.asking import asked_country
from bot.places.countries import Abroad, countries
from bot.places.inflection import Role

LOCAL = frozenset({"city", "wellbeing-county", "employment-services", "hsl", "hsy"})
"""Authorities that every region or municipality has its own of; the others serve all of Finland."""

NATURAL = 0.03
"""Share of an intent's examples that name another country, from which on naming one says nothing.

Of 1,643 in-scope example messages that name a country, each judged without itself, 1.0 % were then taken for questions
about that country (0.7 % at 0.016, 1.5 % at 0.04); see tests/guidance/measure_elsewhere.py.
"""


class Elsewhere:
    """Tells questions about another country from those that only mention one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._countries = countries()
        self._examples = {
            intent.id: [example for text in intent.texts.values() for example in text.examples]
            for intent in catalogue.intents.values()
        }
        self._natural: dict[str, bool] = {}

    def country(self, text: str, place: Place | None, intents: Sequence[Intent]) -> str | None:
        """ISO code of the country that `text` asks about; `intents` are what it would ask of Finland.

        None when a place in Finland is named, when people name countries in such questions anyway, for urgent matters,
        and for the bot's own acts.
        """
        if place is not None or any(intent.urgent or intent.kind is Kind.DIALOGUE for intent in intents):
            return None
        country = asked_country(text, self._countries.find(text))
        return None if country is None or any(map(self._names_countries, intents)) else country

    def _names_countries(self, intent: Intent) -> bool:
        """Whether people name countries when they ask `intent` of Finland; True with too few examples to tell."""
        # Judged when first asked: a catalogue has 46,000 examples, a message needs the 300 of one intent.
        if intent.id not in self._natural:
            examples = self._examples.get(intent.id, [])
            naming = sum(names_country(self._countries.find(example)) for example in examples)
            self._natural[intent.id] = (naming + 1) / (len(examples) + 1) >= NATURAL
        return self._natural[intent.id]


def names_country(named: Sequence[Abroad]) -> bool:
    """Whether another country is named, but for where somebody comes from or goes, which is told with any question."""
    return any(not each.finland and each.role in {Role.AT, Role.NONE} for each in named)


def other_town(catalogue: Catalogue, intent: Intent, place: Place | None) -> bool:
    """Whether `place` is a municipality outside the region that handles `intent` itself."""
    if place is None or not place.outside or not place.name:
        return False
    service = catalogue.services.get(intent.service or "")
    return (intent.authority or (service.authority if service else None)) in LOCAL
