"""`knowledge/places/borders.geojson`: the cities' borders."""

from __future__ import annotations

import json
from typing import Any

from bot.catalogue.files import LARGEST
from bot.catalogue.gazetteer import in_region
from bot.catalogue.problem import Report, shown
from bot.catalogue.yaml_file import read_text
from bot.domain.place import CITIES

Rings = tuple[tuple[tuple[float, float], ...], ...]

_CITY_KEYS = ("city", "id", "municipality", "name_fi", "name", "nimi")


def borders(raw: bytes, path: str, report: Report) -> dict[str, Rings] | None:
    """City id -> every ring of its (multi)polygon; inside is where an odd number of rings holds the point."""
    text = read_text(raw, path, report, LARGEST)
    if text is None:
        return None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        report.error(path, error.lineno, f"not valid JSON: {error.msg}", "export the file again")
        return None
    except (RecursionError, ValueError):
        report.error(path, 1, "not valid JSON: nested too deeply or a number too long", "export the file again")
        return None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        report.error(path, 1, "no list of `features`", "the file is a GeoJSON FeatureCollection")
        return None
    found: dict[str, Rings] = {}
    for number, feature in enumerate(features, start=1):
        city = _feature_city(feature)
        rings = _rings(feature) if city else None
        if city is None:
            report.error(path, 1, f"feature {number} names no city", 'give it "properties": {"city": "espoo"}')
        elif rings is None:
            what = f"feature {number} ({city}) has no sound rings of [longitude, latitude]"
            report.error(path, 1, what, "give it a Polygon or MultiPolygon in the region, closed")
        else:
            found[city] = (*found.get(city, ()), *rings)
    for city in CITIES:
        if city not in found:
            report.error(path, 1, f"there is no border for {shown(city)}", "add a feature for it")
    return found


def _feature_city(feature: Any) -> str | None:
    """The city id a feature's id or properties name."""
    if not isinstance(feature, dict):
        return None
    properties = feature.get("properties")
    named = [feature.get("id")]
    if isinstance(properties, dict):
        named = [*(properties.get(key) for key in _CITY_KEYS), *named]
    return next((name.lower() for name in named if isinstance(name, str) and name.lower() in CITIES), None)


def _rings(feature: dict[str, Any]) -> Rings | None:
    """The rings of a feature's Polygon or MultiPolygon; None unless all are closed and inside the region."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return None
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = coordinates if shape == "MultiPolygon" else [coordinates] if shape == "Polygon" else None
    if not isinstance(polygons, list) or not polygons or not all(isinstance(polygon, list) for polygon in polygons):
        return None
    rings = [_ring(ring) for polygon in polygons for ring in polygon]
    closed = tuple(ring for ring in rings if ring is not None)
    return closed if closed and len(closed) == len(rings) else None


def _ring(ring: Any) -> tuple[tuple[float, float], ...] | None:
    """One closed ring of (longitude, latitude); None for anything else. `rules.geography` sees if it crosses itself."""
    if not isinstance(ring, list) or len(ring) < 4:
        return None
    points = []
    for point in ring:
        if not isinstance(point, list) or len(point) < 2 or not all(_is_degree(value) for value in point[:2]):
            return None
        points.append((float(point[0]), float(point[1])))
    inside = all(in_region(latitude, longitude) for longitude, latitude in points)
    return tuple(points) if inside and points[0] == points[-1] else None


def _is_degree(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 200
