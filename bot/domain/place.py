"""Cities and places: borders, postal codes, districts, and what a place name was recognised as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.dated import Texts

CITIES = ("helsinki", "espoo", "vantaa", "kauniainen")
"""City ids in the agreement's order."""


@dataclass(frozen=True, slots=True)
class AdviceDesk:
    """A city's advice desk as residents reach it; `hours` in opening_hours syntax, `point` a service point id."""

    hours: str | None
    point: str | None
    phone: str | None
    email: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class City:
    """One of the four cities; `languages` are those its advisors serve in, not those the bot speaks."""

    id: str
    names: Texts
    names_in: Texts
    """"in Espoo" per language: "Espoossa", "i Esbo", "in Espoo"."""
    aliases: tuple[str, ...]
    languages: tuple[str, ...]
    desk: AdviceDesk
    owner: str


@dataclass(frozen=True, slots=True)
class PostalCode:
    """A five-digit code; `kind` is ordinary, po_box, corporate or reply."""

    code: str
    city: str
    names: Texts
    kind: str


@dataclass(frozen=True, slots=True)
class District:
    """A named area; `other_cities` are cities where the same name is also used."""

    names: Texts
    aliases: tuple[str, ...]
    city: str
    other_cities: tuple[str, ...]
    coordinates: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Town:
    """A Finnish municipality outside the four cities; `names` holds fi, sv and other spellings, fi first."""

    names: tuple[str, ...]
    url: str | None = None
    """The municipality's own home page."""


@dataclass(frozen=True, slots=True)
class PlaceData:
    """Everything `knowledge/places/` holds; `borders` are rings of (longitude, latitude), outer ring first."""

    borders: Mapping[str, tuple[tuple[tuple[float, float], ...], ...]]
    postal_codes: tuple[PostalCode, ...]
    districts: tuple[District, ...]
    towns: tuple[Town, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A recognised place. `city` is None when it lies outside the region or is ambiguous."""

    city: str | None
    name: str
    """The place as the gazetteer writes it: "Leppävaara", "02230", "Espoo"."""
    ambiguous: tuple[str, ...] = ()
    """City ids to choose from, when the name is used in several."""
    outside: bool = False
    coordinates: tuple[float, float] | None = None
    url: str | None = None
    """Home page of a municipality outside the region, where known."""
