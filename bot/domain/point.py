"""Service points, services and authorities: who handles a matter, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.dated import ALWAYS, Certainty, Source, Texts, Validity


@dataclass(frozen=True, slots=True)
class Address:
    """A street address; `street` may be empty when only the postal area is known."""

    street: str
    postal_code: str
    town: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is dialled, spaces allowed; `note` says what it is for."""

    number: str
    note: Texts


@dataclass(frozen=True, slots=True)
class Notice:
    """A disturbance ("closed today") shown while `validity` holds."""

    text: Texts
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A desk, office, phone service or e-service. `hours` is OpenStreetMap opening_hours syntax, None if unknown."""

    id: str
    city: str | None
    """City id, None for a state or national point."""
    names: Texts
    operator: str
    address: Address | None
    coordinates: tuple[float, float] | None
    """(latitude, longitude), WGS84 degrees."""
    phones: tuple[Phone, ...]
    email: str | None
    url: str | None
    booking: str | None
    hours: str | None
    languages: tuple[str, ...]
    interpreter: bool
    services: tuple[str, ...]
    expertise: tuple[str, ...]
    in_person: bool
    """True where one can walk in or book a visit; False for phone lines and e-services."""
    notices: tuple[Notice, ...]
    sources: tuple[Source, ...]
    checked: date | None
    certainty: Certainty
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides or handles a matter."""

    id: str
    names: Texts
    url: str | None


@dataclass(frozen=True, slots=True)
class Service:
    """What points serve: ids per city in order of preference; `regional` serve every resident."""

    id: str
    names: Texts
    authority: str | None
    points: Mapping[str, tuple[str, ...]]
    regional: tuple[str, ...]
