"""`knowledge/places/`: postal codes, districts, towns outside, and the region."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from bot.catalogue.files import LARGEST
from bot.catalogue.problem import Report, did_you_mean, shown
from bot.catalogue.yaml_file import read_text
from bot.domain.place import CITIES, District, PostalCode, Town

REGION = (59.90, 60.42, 24.40, 25.30)
"""South, north, west and east of the four cities with their sea, WGS84 degrees."""

KINDS = ("ordinary", "po_box", "corporate", "reply", "pickup_point")

_POSTAL_COLUMNS = ("code", "name_fi", "name_sv", "municipality", "type")
_DISTRICT_COLUMNS = (
    "name_fi",
    "name_sv",
    "aliases",
    "municipality",
    "name_in_two_cities",
    "other_cities",
    "lat",
    "lon",
)
_TOWN_COLUMNS = ("name_fi", "name_sv", "aliases")
_REMARK = re.compile(r"\([^)]*\)")


def in_region(latitude: float, longitude: float) -> bool:
    """True inside the region's bounding box."""
    south, north, west, east = REGION
    return south <= latitude <= north and west <= longitude <= east


def postal_codes(raw: bytes, path: str, report: Report) -> tuple[PostalCode, ...] | None:
    """All postal codes; None when the file cannot be read at all."""
    rows = _rows(raw, path, _POSTAL_COLUMNS, report)
    if rows is None:
        return None
    found: dict[str, PostalCode] = {}
    for line, row in rows:
        code = row["code"]
        if not (len(code) == 5 and code.isascii() and code.isdigit()):
            report.error(path, line, f"{shown(code)} is no postal code", "write five digits")
        if row["type"] not in KINDS:
            what = f"{shown(row['type'])} is no type of postal code"
            report.error(path, line, what, did_you_mean(row["type"], KINDS, f"write one of {', '.join(KINDS)}"))
        city = _city(row["municipality"], path, line, report)
        known = found.setdefault(code, PostalCode(code, city, _names(row), row["type"]))
        if known.city != city:
            report.error(path, line, f"{shown(code)} stands in two cities, {known.city} and {city}", "keep one row")
    return tuple(found.values())


def districts(raw: bytes, path: str, report: Report) -> tuple[District, ...] | None:
    """All districts; None when the file cannot be read at all."""
    rows = _rows(raw, path, _DISTRICT_COLUMNS, report)
    if rows is None:
        return None
    found = []
    for line, row in rows:
        city = _city(row["municipality"], path, line, report)
        others = [_REMARK.sub("", name).strip() for name in row["other_cities"].split(";")]
        other_cities = tuple(_city(name, path, line, report) for name in others if name)
        if bool(row["name_in_two_cities"]) != bool(other_cities):
            what = f"{shown(row['name_fi'])}: name_in_two_cities and other_cities do not agree"
            report.warn(path, line, what, "fill in both or neither")
        if not row["name_fi"] and not row["name_sv"]:
            report.error(path, line, "the district has no name", "fill in name_fi or name_sv")
        aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
        coordinates = _coordinates(row, path, line, report)
        found.append(District(_names(row), aliases, city, other_cities, coordinates))
    return tuple(found)


def towns(raw: bytes, path: str, report: Report) -> tuple[Town, ...] | None:
    """Towns outside the region; None when the file or any of its rows cannot be read."""
    before = len(report.found)
    found = []
    for line, row in _rows(raw, path, _TOWN_COLUMNS, report) or ():
        if not row["name_fi"]:
            report.error(path, line, "the town has no name", "fill in name_fi")
        names = (row["name_fi"], row["name_sv"], *row["aliases"].split(";"))
        url = row.get("url") or None
        if url and not url.startswith("https://"):
            report.error(path, line, f"{shown(url)} is not a link", "write https://..., or leave it empty")
        found.append(Town(tuple(name.strip() for name in names if name.strip()), url))
    return tuple(found) if len(report.found) == before else None


def _names(row: dict[str, str]) -> dict[str, str]:
    """The Finnish and Swedish name, as far as they are given."""
    return {language: row[f"name_{language}"] for language in ("fi", "sv") if row[f"name_{language}"]}


def _city(name: str, path: str, line: int, report: Report) -> str:
    """A municipality's city id: its name in lower case."""
    city = name.lower()
    if city not in CITIES:
        mend = did_you_mean(city, CITIES, f"write one of {', '.join(CITIES)}")
        report.error(path, line, f"{shown(name)} is not a city of the agreement", mend)
    return city


def _coordinates(row: dict[str, str], path: str, line: int, report: Report) -> tuple[float, float] | None:
    """(latitude, longitude), None where the row has none."""
    if not row["lat"] and not row["lon"]:
        return None
    try:
        latitude, longitude = float(row["lat"]), float(row["lon"])
    except ValueError:
        report.error(path, line, f"{shown(row['lat'])}, {shown(row['lon'])} are no coordinates", "write degrees: 60.17")
        return None
    if not in_region(latitude, longitude):
        mend = "swap lat and lon" if in_region(longitude, latitude) else "compare with a map, or leave both empty"
        report.error(path, line, f"{latitude}, {longitude} lies outside the region", mend)
    return latitude, longitude


def _rows(
    raw: bytes, path: str, columns: tuple[str, ...], report: Report
) -> Iterator[tuple[int, dict[str, str]]] | None:
    """Rows with their last line; None when the header or the encoding is wrong. Other columns are ignored."""
    text = read_text(raw, path, report, LARGEST)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        report.error(path, 1, f"not valid CSV: {error}", "look at the quotes of this line")
        return None
    missing = [name for name in columns if name not in header]
    if missing:
        report.error(path, 1, f"the columns {', '.join(missing)} are missing", "the first line names the columns")
        return None
    return _cells(reader, header, path, report)


def _cells(reader: Any, header: list[str], path: str, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as column -> cell; rows of another length are reported and left out."""
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            report.error(path, reader.line_num, f"not valid CSV: {error}", "look at the quotes of this line")
            return
        if cells is None:
            return
        if len(cells) == len(header):
            yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        elif cells:
            what = f"the row has {len(cells)} cells, the header has {len(header)}"
            report.error(path, reader.line_num, what, 'put a cell with a comma in quotes: "a, b"')
