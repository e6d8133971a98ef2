"""Ids that name something elsewhere: each must exist, and what names each other must agree."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.intent import IntentFile
from bot.catalogue.models.point import PointFile, ServicesFile
from bot.catalogue.problem import Report, did_you_mean, shown
from bot.catalogue.yaml_file import KeyPath

STATE = "state"
"""Folder of the points that belong to no city."""

SHARED = "shared"
"""Owner of what all four cities answer for together."""


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    _intents(draft, report)
    _cities(draft, report)
    for point, file in draft.points.items():
        _point_city(draft, file, report)
        _point_services(draft, point, file, report)
    if draft.services:
        _services(draft, draft.services, report)


def _known(place: tuple[str, int], kind: str, value: str, known: Collection[str], report: Report) -> bool:
    """Reports `value` unless it is known."""
    if value in known:
        return True
    mend = did_you_mean(value, list(known), f"add the {kind} or take the id out")
    report.error(*place, f"there is no {kind} {shown(value)}", mend)
    return False


def _intents(draft: Draft, report: Report) -> None:
    """Related intents, service, authority and owner of every intent."""
    owners = [SHARED, *draft.agreed_cities()]
    for intent in draft.intents.values():
        file = intent.facts
        if file is None:
            if not intent.has_file:
                report.error(intent.path, 1, "the file is missing", "add it: every intent's folder has one")
            continue
        _related(draft, intent.id, file, report)
        owner = file.model.owner
        if owner not in owners:
            mend = did_you_mean(owner, owners, f"write {', '.join(owners)}")
            report.error(*file.at(("owner",)), f"there is no owner {shown(owner)}", mend)
        if draft.services:
            services = draft.services.model
            if file.model.authority:
                _known(file.at(("authority",)), "authority", file.model.authority, services.authorities, report)
            if file.model.service:
                _known(file.at(("service",)), "service", file.model.service, services.services, report)


def _related(draft: Draft, intent: str, file: Parsed[IntentFile], report: Report) -> None:
    """Each related intent exists, once, and is another one; so is each that it is set apart from."""
    related = file.model.related
    for number, other in enumerate(related):
        at = file.at(("related", number))
        if other == intent:
            report.error(*at, "the intent is related to itself", "take it out")
        elif other in related[:number]:
            report.warn(*at, f"{shown(other)} is named twice", "keep one")
        else:
            _known(at, "intent", other, draft.intents, report)
    for other in file.model.near:
        _known(file.at(("near", other)), "intent", other, draft.intents, report)


def _cities(draft: Draft, report: Report) -> None:
    """The desks' points, and the intents and cities of the city parts."""
    for file in draft.cities.values():
        if file.model.desk.point:
            _known(file.at(("desk", "point")), "point", file.model.desk.point, draft.point_paths, report)
    cities = draft.agreed_cities()
    for (city, intent), part in draft.parts.items():
        _known(part.at(()), "intent", intent, draft.intents, report)
        _known(part.at(()), "city", city, cities, report)


def _point_city(draft: Draft, file: Parsed[PointFile], report: Report) -> None:
    """A point's city is its folder's."""
    folder = PurePath(file.path).parent.name
    cities = draft.agreed_cities()
    if folder != STATE and folder not in cities:
        mend = did_you_mean(folder, [STATE, *cities], f"use {', '.join(cities)} or {STATE}")
        report.error(file.path, 1, f"the folder {shown(folder)} is no city", mend)
    elif file.model.city != (None if folder == STATE else folder):
        wanted = "null" if folder == STATE else folder
        what = f"the city is {shown(file.model.city or 'null')} in the folder {folder}/"
        report.error(*file.at(("city",)), what, f"write {wanted}, or move the file")


def _point_services(draft: Draft, point: str, file: Parsed[PointFile], report: Report) -> None:
    """A point's services exist and list it."""
    if draft.services is None:
        return
    known, given = draft.services.model.services, file.model.services
    for number, service in enumerate(given):
        at = file.at(("services", number))
        if service in given[:number]:
            report.warn(*at, f"{shown(service)} is named twice", "keep one")
        elif _known(at, "service", service, known, report):
            listed = known[service]
            if point not in listed.regional and not any(point in points for points in listed.points.values()):
                what = f"services.yaml does not list {shown(point)} under {shown(service)}"
                report.warn(*at, what, "add it there, or take the service out here")


def _services(draft: Draft, file: Parsed[ServicesFile], report: Report) -> None:
    """Authorities, cities and points that services name; a point must name the service too."""
    cities = draft.agreed_cities()
    for service, model in file.model.services.items():
        above: KeyPath = ("services", service)
        if model.authority:
            _known(file.at((*above, "authority")), "authority", model.authority, file.model.authorities, report)
        for city, points in model.points.items():
            keys = (*above, "points", city)
            _known(file.at(keys), "city", city, cities, report)
            _listed(draft, file, keys, points, report)
        _listed(draft, file, (*above, "regional"), model.regional, report)


def _listed(draft: Draft, file: Parsed[ServicesFile], keys: KeyPath, points: list[str], report: Report) -> None:
    """The points of one list of a service."""
    service = str(keys[1])
    for number, point in enumerate(points):
        at = file.at((*keys, number))
        if point in points[:number]:
            report.error(*at, f"the point {shown(point)} is listed twice", "keep one")
        elif _known(at, "point", point, draft.point_paths, report):
            found = draft.points.get(point)
            if found and service not in found.model.services:
                what = f"the point {shown(point)} does not name the service {shown(service)}"
                report.error(*at, what, f"add it to `services` in {found.path}")
