"""The place that a location or a message means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.place import CITIES, City, Place, PlaceData
from bot.language.folding import fold
from bot.places.borders import Borders
from bot.places.context import CENTRE, CENTRE_ANSWERS
from bot.places.distance import metres
from bot.places.inflection import Role
from bot.places.mentions import Mention, Mentions
from bot.places.names import Meaning, Names
from bot.places.words import Word, read_words

_CODE = re.compile(r"\d{5}")
_NEIGHBOURHOOD = 1500
"""Metres from a district's point within which a location is called by the district's name."""


class Gazetteer:
    """Knows the places of the region and the larger towns outside it."""

    def __init__(self, places: PlaceData, cities: Mapping[str, City]) -> None:
        self._cities = cities
        self._borders = Borders(places)
        self._districts = places.districts
        self._urls = {town.names[0]: town.url for town in places.towns}
        self._mentions = Mentions(Names(cities, places.districts, places.towns))
        located = {name: district for district in places.districts for name in district.names.values()}
        self._codes: dict[str, Meaning] = {}
        for code in places.postal_codes:
            district = next((located[name] for name in code.names.values() if name in located), None)
            coordinates = district.coordinates if district and district.city == code.city else None
            self._codes[code.code] = Meaning(code.code, (code.city,), coordinates=coordinates)

    def at(self, latitude: float, longitude: float) -> Place:
        """The place of a location in degrees (WGS 84); `outside` when it lies in none of the four cities."""
        here = (latitude, longitude)
        city = self._borders.city_at(latitude, longitude)
        if city is None:
            return Place(None, "", outside=True, coordinates=here)
        near = [
            (metres(here, district.coordinates), district.names)
            for district in self._districts
            if district.coordinates and district.city == city
        ]
        distance, names = min(near, key=lambda item: item[0], default=(float("inf"), {}))
        name = names.get("fi") if distance <= _NEIGHBOURHOOD else None
        return Place(city, name or self._city_name(city), coordinates=here)

    def find(self, text: str) -> Place | None:
        """The place named inside a message of any language; None when it names none."""
        words = read_words(text)
        mentions = [*self._mentions.find(words, text), *self._postal(words)]
        if not mentions:
            mentions = self._mentions.find_misspelt(words)
        return self._chosen(mentions) or (self._centre() if CENTRE.search(fold(text)) else None)

    def locate(self, text: str) -> Place | None:
        """The place that an answer to "where do you live?" means; more lenient than `find`."""
        words = read_words(text)
        mentions = [*self._mentions.find(words, text), *self._postal(words, answer=True)]
        mentions = mentions or self._mentions.find(words, text, lenient=True)
        mentions = mentions or self._mentions.find_misspelt(words, lenient=True)
        if found := self._chosen(mentions, answer=True):
            return found
        folded = fold(text)
        return self._centre() if folded in CENTRE_ANSWERS or CENTRE.search(folded) else None

    def _postal(self, words: list[Word], *, answer: bool = False) -> list[Mention]:
        """Postal codes: the region's, or any that begins with 0; as an answer any five digits."""
        found = []
        for position, word in enumerate(words):
            around = words[max(0, position - 1) : position] + words[position + 1 : position + 2]
            if not _CODE.fullmatch(word.folded) or any(other.folded.isdigit() for other in around):
                continue
            if answer or len(words) == 1 or word.folded.startswith("0"):
                meaning = self._codes.get(word.folded, Meaning(word.folded, ()))
                found.append(Mention((meaning,), word.start, Role.NONE))
        return found

    def _chosen(self, mentions: list[Mention], *, answer: bool = False) -> Place | None:
        """The place to go by: where the writer lives or is, else the first named; a district rather than its city."""
        inside = [mention for mention in mentions if _cities(mention)]
        if not inside:
            outside = [mention for mention in mentions if answer or mention.role is not Role.FROM]
            name = outside[0].meanings[0].name if outside else ""
            return Place(None, name, outside=True, url=self._urls.get(name)) if outside else None
        named = {city for mention in inside if len(cities := _cities(mention)) == 1 for city in cities}
        sure = [mention for mention in inside if _cities(mention) & named] if named else inside
        first = max(sure, key=lambda mention: (mention.weight, len(_cities(mention)) == 1, -mention.start))
        cities = _cities(first) & named or _cities(first)
        if len(cities) > 1:
            name = first.meanings[0].name
            return Place(None, name, ambiguous=tuple(city for city in CITIES if city in cities))
        (city,) = cities
        same = [meaning for mention in sure for meaning in mention.meanings if city in meaning.cities]
        finer = [meaning for meaning in same if not meaning.is_city]
        best = next((meaning for meaning in first.meanings if meaning in finer), finer[0] if finer else same[0])
        return Place(city, best.name, coordinates=best.coordinates)

    def _centre(self) -> Place:
        return Place(None, "keskusta", ambiguous=tuple(city for city in CITIES if city in self._cities))

    def _city_name(self, city: str) -> str:
        known = self._cities.get(city)
        return known.names.get("fi", city) if known else city


def _cities(mention: Mention) -> set[str]:
    return {city for meaning in mention.meanings for city in meaning.cities}
