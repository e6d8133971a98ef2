"""The service points of an answer: the resident's own first, then everybody else's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.answer import Opening, PointView
from bot.domain.catalogue import Catalogue
from bot.domain.dated import in_language
from bot.domain.point import Service, ServicePoint
from bot.guidance.hours import HELSINKI, status
from bot.places.distance import metres

_OPEN = frozenset({Opening.OPEN, Opening.ALWAYS})


@dataclass(frozen=True, slots=True)
class Points:
    """`own` in order of preference; `others` are the other cities', open ones first, then nearest."""

    own: tuple[PointView, ...] = ()
    others: tuple[PointView, ...] = ()


def view(point: ServicePoint, at: datetime, coordinates: tuple[float, float] | None = None) -> PointView:
    """`point` at the moment `at`: hours, active notices only, metres from `coordinates` (latitude, longitude)."""
    day = at.astimezone(HELSINKI).date()
    notices = tuple(notice for notice in point.notices if notice.validity.holds(day))
    distance = round(metres(coordinates, point.coordinates)) if coordinates and point.coordinates else None
    shown = replace(point, notices=notices) if notices != point.notices else point
    return PointView(shown, status(point.hours, at), distance)


def points_for(
    catalogue: Catalogue,
    service: str | None,
    *,
    city: str | None,
    at: datetime,
    language: str = "fi",
    coordinates: tuple[float, float] | None = None,
) -> Points:
    """Points of `service` for a resident of `city`; with no city: those that serve all four, the others as others.

    Points outside their validity are left out; an unknown service has none.
    """
    served = catalogue.services.get(service or "")
    if served is None:
        return Points()
    own_ids = _own(catalogue, served, city)
    listed = [*(point for each in served.points.values() for point in each), *served.regional]
    other_ids = [point for point in listed if point not in own_ids]
    own = _nearest(_views(catalogue, own_ids, at, coordinates))
    others = _views(catalogue, other_ids, at, coordinates)
    return Points(tuple(own), tuple(sorted(others, key=lambda seen: _openness(seen, language))))


def _own(catalogue: Catalogue, service: Service, city: str | None) -> list[str]:
    if city is not None and city in catalogue.cities:
        return [*service.points.get(city, ()), *service.regional]
    lists = [service.points.get(each, ()) for each in catalogue.cities]
    if lists and all(lists):
        # Where to go depends on the city; only what serves all of them can be named.
        common = [point for point in lists[0] if all(point in each for each in lists)]
        return [*common, *service.regional]
    desks = [catalogue.cities[each].desk.point for each in catalogue.cities]
    return [*service.regional, *(desk for desk in desks if desk)]


def _views(
    catalogue: Catalogue, ids: Iterable[str], at: datetime, coordinates: tuple[float, float] | None
) -> list[PointView]:
    day = at.astimezone(HELSINKI).date()
    found = [catalogue.points[each] for each in dict.fromkeys(ids) if each in catalogue.points]
    return [view(point, at, coordinates) for point in found if point.validity.holds(day)]


def _nearest(views: list[PointView]) -> list[PointView]:
    """Points that one can walk to change places so that the nearest comes first; the others keep their place."""
    walked = sorted(
        (seen for seen in views if seen.distance_m is not None and seen.point.in_person),
        key=lambda seen: seen.distance_m or 0,
    )
    ordered = iter(walked)
    return [next(ordered) if seen in walked else seen for seen in views]


def _openness(seen: PointView, language: str) -> tuple[bool, bool, int, str]:
    name = in_language(seen.point.names, language).casefold()
    return (seen.opening.state not in _OPEN, seen.distance_m is None, seen.distance_m or 0, name)
