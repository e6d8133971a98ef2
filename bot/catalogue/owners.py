"""Who answers for what: the owner of every intent, city, city part and point, and the teams that keep it for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from bot.catalogue.draft import Draft
from bot.catalogue.models.point import PointFile
from bot.catalogue.problem import did_you_mean, shown

SHARED = "shared"
"""Owner of what all four cities answer for together."""


class Thing(StrEnum):
    """What has an owner."""

    INTENT = "intent"
    CITY = "city"
    PART = "city part"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Owned:
    """Something with its owner. `path` and `line` say where the owner stands, `place` is the path in the repository."""

    thing: Thing
    owner: str
    path: str
    line: int
    place: str
    key: tuple[str, ...]
    """Intent id; city id; city and intent id; point id."""


def owned(draft: Draft) -> Iterator[Owned]:
    """Everything with an owner: intents, cities, their parts of answers, and points."""
    for intent in draft.intents.values():
        if intent.facts:
            owner = intent.facts.model.owner
            place = f"/intents/{intent.topic}/{intent.id}/"
            at = intent.facts.at(("owner",))
            yield Owned(Thing.INTENT, _of_city(draft, owner) or owner, *at, place, (intent.id,))
    for city, file in draft.cities.items():
        yield Owned(Thing.CITY, file.model.owner, *file.at(("owner",)), f"/knowledge/cities/{city}/", (city,))
    for (city, key), part in draft.parts.items():
        place = f"/knowledge/cities/{city}/intents/{key}.yaml"
        yield Owned(Thing.PART, part.model.owner, *part.at(("owner",)), place, (city, key))
    for point, found in draft.points.items():
        folder = PurePath(found.path).parent.name
        place = f"/knowledge/points/{folder}/{point}.yaml"
        owner = _of_point(draft, found.model)
        yield Owned(Thing.POINT, owner, *found.at(("operator",)), place, (point,))


def teams(draft: Draft) -> dict[str, str]:
    """Owner -> teams, as owners.yaml has them; empty without the file."""
    return dict(draft.owners.model.root) if draft.owners else {}


def strangers(draft: Draft) -> Iterator[Owned]:
    """What has an owner that owners.yaml does not know; points take theirs from elsewhere."""
    known = teams(draft)
    return (one for one in owned(draft) if one.thing is not Thing.POINT and one.owner not in known)


def no_team(owner: str, known: Collection[str]) -> tuple[str, str]:
    """What is wrong with an owner that has no team, and how to mend it."""
    mend = did_you_mean(owner, list(known), "add it there, or write an owner that stands there")
    return f"owners.yaml has no team for the owner {shown(owner, 100)}", mend


def _of_city(draft: Draft, owner: str) -> str | None:
    """The owner of the city with this id."""
    city = draft.cities.get(owner)
    return city.model.owner if city else None


def _of_point(draft: Draft, point: PointFile) -> str:
    """A point's operator when it owns something here, else the owner of the point's city, else all four cities.

    A point file names no owner: who runs a desk mostly does not keep its data here.
    """
    if point.operator in teams(draft):
        return point.operator
    return (_of_city(draft, point.city) if point.city else None) or SHARED
