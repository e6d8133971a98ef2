"""Which desk gets a ticket, and where an expertise is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.conversation import Conversation
from bot.desk import routing
from bot.domain.catalogue import Catalogue
from bot.domain.ticket import Advisor, Desk

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFERED = {"helsinki": "fi sv en", "espoo": "fi sv en ku", "vantaa": "fi sv en so ru", "kauniainen": "fi sv en"}


@pytest.fixture
def catalogue(talk: Conversation) -> Catalogue:
    """The real cities and points; which languages a city offers is fixed here, since that is the cities' own choice."""
    cities = {one.id: replace(one, languages=tuple(OFFERED[one.id].split())) for one in talk.catalogue.cities.values()}
    points = {one.id: replace(one, expertise=()) for one in talk.catalogue.points.values()}
    return replace(talk.catalogue, cities=cities, points=points)


def desks(*cities: str) -> dict[str, Desk]:
    return {city: Desk(city, -number) for number, city in enumerate(cities, 1)}


def routed(
    catalogue: Catalogue, city: str | None, spoken: str, linked: Iterable[str], *advisors: Advisor
) -> tuple[str, str | None] | None:
    found = routing.route(city, spoken.split(), desks(*linked), advisors, catalogue)
    return (found.desk.city, found.language) if found else None


def test_the_residents_own_city_where_it_can(catalogue: Catalogue) -> None:
    every = tuple(OFFERED)
    for city in every:
        assert routed(catalogue, city, "fi", every) == (city, None)
        assert routed(catalogue, city, "", every) == (city, None)
    assert routed(catalogue, "espoo", "ku", every) == ("espoo", None)
    # One language in common is enough, also when it is not the resident's best.
    assert routed(catalogue, "espoo", "so en", every) == ("espoo", None)


def test_another_desk_for_a_language_that_the_own_one_lacks(catalogue: Catalogue) -> None:
    assert routed(catalogue, "espoo", "so", OFFERED) == ("vantaa", "so")
    assert routed(catalogue, "helsinki", "ku", OFFERED) == ("espoo", "ku")
    assert routed(catalogue, "helsinki", "ru ku", OFFERED) == ("vantaa", "ru"), "the resident's best language first"
    assert routed(catalogue, "helsinki", "ar ku", OFFERED) == ("espoo", "ku"), "the next where nobody has the first"
    assert routed(catalogue, "espoo", "so", ["espoo", "helsinki"]) == ("espoo", None), "that desk is not linked"
    assert routed(catalogue, "espoo", "th", OFFERED) == ("espoo", None), "nobody serves it: the own desk"


def test_an_advisor_who_speaks_it_counts_as_the_citys_offer(catalogue: Catalogue) -> None:
    noor = Advisor(12, "kauniainen", "Noor", ("ar", "housing"))
    assert routed(catalogue, "espoo", "ar", OFFERED, noor) == ("kauniainen", "ar")
    at_home = Advisor(13, "espoo", "Sami", ("ar",))
    assert routed(catalogue, "espoo", "ar", OFFERED, noor, at_home) == ("espoo", None)


def test_a_city_without_a_desk_and_a_resident_without_a_city(catalogue: Catalogue) -> None:
    assert routed(catalogue, "kauniainen", "fi", ["vantaa"]) == ("vantaa", None)
    for city in (None, "none"):
        found = routed(catalogue, city, "fi", OFFERED)
        assert found is not None
        assert found[1] is None
    assert routed(catalogue, "espoo", "fi", []) is None


def test_an_expertise_is_found_wherever_it_is(catalogue: Catalogue) -> None:
    linked = desks("espoo", "vantaa", "helsinki")
    noor, sami = Advisor(12, "vantaa", "Noor", ("housing",)), Advisor(13, "espoo", "Sami", ("housing",))

    def city(skill: str, *advisors: Advisor, here: str | None = None) -> str | None:
        desk = routing.expert(skill, linked, advisors, catalogue, here)
        return desk.city if desk else None

    assert city("housing", noor) == "vantaa"
    assert city("housing", sami, noor, here="espoo") == "vantaa", "who asks looks for somebody else"
    assert city("housing", sami, here="espoo") == "espoo", "only here"
    assert city("so", here="espoo") == "vantaa", "a city's offered language"
    assert city("astrology", noor) is None
    assert city("housing", Advisor(14, "kauniainen", "Eva", ("housing",))) is None, "a desk that is not linked"
    point = next(one for one in catalogue.points.values() if one.city == "helsinki")
    known = replace(catalogue, points={**catalogue.points, point.id: replace(point, expertise=("work",))})
    desk = routing.expert("work", linked, (), known)
    assert desk is not None
    assert desk.city == "helsinki"
    assert routing.skills((noor,), known) == ["housing", "work"]


def test_which_desks_are_open_now(catalogue: Catalogue) -> None:
    early, late = Desk("espoo", -1, hours="Mo-Fr 08:00-12:00"), Desk("vantaa", -2, hours="Mo-Fr 12:00-18:00")
    unknown = Desk("porvoo", -3)
    every = (early, late, unknown, Desk("helsinki", -4, hours="24/7"))

    def at(text: str) -> list[str]:
        moment = datetime.fromisoformat(text).replace(tzinfo=HELSINKI)
        return [desk.city for desk in routing.open_now(every, catalogue, moment)]

    assert at("2026-11-23 09:00") == ["espoo", "helsinki"]
    assert at("2026-11-23 15:00") == ["vantaa", "helsinki"]
    assert at("2026-11-22 15:00") == ["helsinki"]


def test_the_cities_own_data_lead_to_a_desk_for_each_language(talk: Conversation) -> None:
    """Whatever the cities offer: who speaks only that gets a desk that offers it."""
    linked = desks(*talk.catalogue.cities)
    offered = {code for city in talk.catalogue.cities.values() for code in city.languages}
    assert len(offered) > 3
    for home in talk.catalogue.cities.values():
        for code in offered:
            found = routing.route(home.id, (code,), linked, (), talk.catalogue)
            assert found is not None
            assert code in talk.catalogue.cities[found.desk.city].languages
            assert found.language == (None if code in home.languages else code)
