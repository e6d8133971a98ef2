"""Where points are: coordinates in the region and in their own city, postal codes that exist."""

from __future__ import annotations

from bot.catalogue.borders import Rings
from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.gazetteer import in_region
from bot.catalogue.models.point import PointFile
from bot.catalogue.problem import Report, shown
from bot.domain.place import PlaceData
from bot.places.borders import Borders


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    codes = None if draft.postal_codes is None else {code.code for code in draft.postal_codes}
    borders = Borders(PlaceData(_sound_borders(draft, report), (), ()))
    for file in draft.points.values():
        _coordinates(borders, file, report)
        _postal_code(codes, file, report)


def _sound_borders(draft: Draft, report: Report) -> dict[str, Rings]:
    """The borders whose rings do not cross themselves: such a ring has no inside."""
    import shapely

    sound = {}
    for city, rings in (draft.borders or {}).items():
        if all(shapely.Polygon(ring).is_valid for ring in rings):
            sound[city] = rings
        else:
            what = f"a ring of {city} crosses itself"
            report.error(draft.borders_path, 1, what, "draw it anew without the crossing")
    return sound


def _coordinates(borders: Borders, file: Parsed[PointFile], report: Report) -> None:
    """A point lies inside the region, and not inside another city than its own."""
    if file.model.coordinates is None:
        return
    at = file.at(("coordinates",))
    latitude, longitude = file.model.coordinates
    if not in_region(latitude, longitude):
        mend = "compare with a map, or write null"
        if in_region(longitude, latitude):
            mend = f"swap them: latitude first, [{longitude}, {latitude}]"
        report.error(*at, f"the coordinates {latitude}, {longitude} lie outside the region", mend)
        return
    city = file.model.city
    found = borders.city_at(latitude, longitude) if city else None
    if found and found != city:
        report.warn(*at, f"the coordinates lie in {found}, the city is {city}", "compare both with the address")


def _postal_code(known: set[str] | None, file: Parsed[PointFile], report: Report) -> None:
    """Five digits that the gazetteer has."""
    address = file.model.address
    if address is None:
        return
    at = file.at(("address", "postal_code"))
    code = address.postal_code
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        report.error(*at, f"{shown(code)} is not a postal code", 'write five digits in quotes: "00100"')
    elif known is not None and code not in known:
        report.warn(*at, f"the postal code {code} is not in places/postal_codes.csv", "compare it, or add it there")
