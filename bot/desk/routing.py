"""Which desk gets a ticket: the resident's city's, or another one that serves the language or has the expertise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.clock import opening
from bot.domain.answer import Opening
from bot.domain.catalogue import Catalogue
from bot.domain.point import ServicePoint
from bot.domain.ticket import Advisor, Desk
from bot.guidance.hours import status

ADVICE = "advice"
"""The service whose points tell which city advises the residents of one without a desk."""


OPEN = frozenset({Opening.OPEN, Opening.ALWAYS})


@dataclass(frozen=True, slots=True)
class Route:
    """A desk, and the language that decided it when it is not the resident's own city's."""

    desk: Desk
    language: str | None = None


def serves(city: str, skill: str, catalogue: Catalogue, advisors: Iterable[Advisor]) -> bool:
    """True when the city offers the language, or one of its advisors has the skill."""
    offered = city in catalogue.cities and skill in catalogue.cities[city].languages
    return offered or any(one.city == city and skill in one.skills for one in advisors)


def route(
    city: str | None,
    languages: Sequence[str],
    desks: Mapping[str, Desk],
    advisors: Sequence[Advisor],
    catalogue: Catalogue,
) -> Route | None:
    """The desk for a resident of `city` who speaks `languages`, the best one first; None when no desk is linked."""
    order = neighbours(city, desks, catalogue)
    if not order:
        return None
    own = order[0]
    if not languages or any(serves(own.city, code, catalogue, advisors) for code in languages):
        return Route(own)
    for code in languages:
        for desk in order[1:]:
            if serves(desk.city, code, catalogue, advisors):
                return Route(desk, code)
    return Route(own)


def neighbours(city: str | None, desks: Mapping[str, Desk], catalogue: Catalogue) -> list[Desk]:
    """All desks: the city's own first, then those whose points advise its residents, then in the agreement's order."""
    advice = catalogue.services.get(ADVICE)
    listed = advice.points.get(city or "", ()) if advice else ()
    near = [catalogue.points[point].city for point in listed if point in catalogue.points]
    order = dict.fromkeys([city, *near, *catalogue.agreement.cities, *desks])
    return [desks[one] for one in order if one is not None and one in desks]


def expert(
    skill: str, desks: Mapping[str, Desk], advisors: Sequence[Advisor], catalogue: Catalogue, here: str | None = None
) -> Desk | None:
    """The desk with an advisor of that skill, else with a point of that expertise, else that offers the language.

    A desk other than city `here`'s goes first; None where nobody has it.
    """
    people = [one.city for one in advisors if skill in one.skills]
    points = [point.city for point in catalogue.points.values() if skill in point.expertise and point.city]
    offering = [city.id for city in catalogue.cities.values() if skill in city.languages]
    found = [city for city in dict.fromkeys([*people, *points, *offering]) if city in desks]
    return next((desks[city] for city in found if city != here), desks[found[0]] if found else None)


def skills(advisors: Iterable[Advisor], catalogue: Catalogue) -> list[str]:
    """Every expertise that can be asked for, sorted."""
    own = {skill for one in advisors for skill in one.skills}
    return sorted(own | {skill for point in catalogue.points.values() if point.city for skill in point.expertise})


def open_now(desks: Iterable[Desk], catalogue: Catalogue, at: datetime) -> list[Desk]:
    """The desks that are known to be open at `at`."""
    return [desk for desk in desks if opening(desk, catalogue, at).state in OPEN]


def point_now(city: str | None, catalogue: Catalogue, at: datetime) -> ServicePoint | None:
    """An advice point that is known to be open at `at`, the city's own first; None when there is none."""
    advice = catalogue.services.get(ADVICE)
    listed = (
        [point for one in (city, *catalogue.agreement.cities) for point in advice.points.get(one or "", ())]
        if advice
        else []
    )
    points = [catalogue.points[one] for one in listed if one in catalogue.points]
    return next((point for point in points if status(point.hours, at).state in OPEN), None)
