"""How well the cities' own outlines agree with the municipal borders, on land.

There is no land mask, so land is approximated: the land side is what lies north of `COAST`, a line of 26 points drawn
by hand along the outermost shores that people live on (Suvisaaristo, Lauttasaari, Suomenlinna, Santahamina, Villinki,
Vuosaari). Bays north of the line count as land, islands south of it do not. The grid has a point every 100 m; a point
is right when the outline gives the city of the reference. Points of the reference in no city and at most 500 m away
from one are the neighbourhood in which a city is wrongly claimed.

The outlines were fitted to the same borders, so the grid measures the fit; the districts' coordinates come from other
sources. Postal codes have no coordinates of their own: a postal area's centre is the point of a district it is named
after, where that district has one.

Usage: python tests/benchmarks/borders.py [--reference borders.geojson]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.catalogue import borders, gazetteer  # noqa: E402
from bot.catalogue.problem import Report  # noqa: E402
from bot.domain.place import CITIES, PlaceData  # noqa: E402
from bot.places.borders import Borders  # noqa: E402

PLACES = ROOT / "knowledge" / "places"
GOAL = 99.3
NEIGHBOURHOOD = 500.0
STEP = (100 / 111_195, 100 / (111_320 * float(np.cos(np.radians(60.25)))))
"""Degrees of latitude and longitude that are 100 m here."""
COAST = (
    (24.40, 60.13), (24.63, 60.125), (24.665, 60.130), (24.69, 60.105), (24.74, 60.110), (24.76, 60.145),
    (24.80, 60.152), (24.83, 60.160), (24.845, 60.165), (24.86, 60.148), (24.885, 60.143), (24.91, 60.148),
    (24.92, 60.143), (24.95, 60.148), (24.975, 60.135), (25.0, 60.135), (25.01, 60.15), (25.035, 60.130),
    (25.07, 60.130), (25.09, 60.150), (25.11, 60.152), (25.14, 60.157), (25.15, 60.178), (25.20, 60.19),
    (25.20, 60.225), (25.35, 60.235),
)  # fmt: skip


def places() -> PlaceData:
    """The project's own places."""
    report = Report()
    found = PlaceData(
        borders.borders((PLACES / "borders.geojson").read_bytes(), "borders.geojson", report) or {},
        gazetteer.postal_codes((PLACES / "postal_codes.csv").read_bytes(), "postal_codes.csv", report) or (),
        gazetteer.districts((PLACES / "districts.csv").read_bytes(), "districts.csv", report) or (),
    )
    for problem in report.problems:
        print(problem)
    return found


def centres(data: PlaceData) -> list[tuple[str, str, tuple[float, float]]]:
    """Name, city and coordinates of districts and of ordinary postal areas named after one."""
    located = {(d.names.get("fi"), d.city): d.coordinates for d in data.districts if d.coordinates}
    found = [(str(name), city, here) for (name, city), here in located.items()]
    for code in data.postal_codes:
        parts = code.names["fi"].split(" - ") if code.kind == "ordinary" else []
        here = next((located[part, code.city] for part in parts if (part, code.city) in located), None)
        found += [(code.code, code.city, here)] if here else []
    return found


def main() -> int:
    """Prints the figures; 1 when they are under the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--reference", type=Path, default=ROOT.parent / "shared" / "facts" / "borders_reference.geojson"
    )
    path = parser.parse_args().reference
    if not path.is_file():
        print(f"There is no reference at {path}: nothing was measured. Give municipal borders with --reference.")
        return 0
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    reference = {f["properties"]["name_fi"].lower(): shapely.geometry.shape(f["geometry"]) for f in features}
    data = places()
    outlines = Borders(data)

    region = shapely.union_all(list(reference.values()))
    west, south, east, north = region.buffer(0.01).bounds
    lon, lat = np.meshgrid(np.arange(west, east, STEP[1]), np.arange(south, north, STEP[0]))
    on_land = lat > np.interp(lon, *zip(*COAST, strict=True))
    lon, lat = lon[on_land], lat[on_land]
    truth = np.full(lon.shape, None, dtype=object)
    for city in CITIES:
        shapely.prepare(reference[city])
        truth[shapely.contains_xy(reference[city], lon, lat)] = city
    found = np.array([outlines.city_at(float(y), float(x)) for x, y in zip(lon, lat, strict=True)], dtype=object)

    inside = np.array([city is not None for city in truth])
    share = 100 * float((found[inside] == truth[inside]).mean())
    print(f"land-side grid: {share:.2f} % of {inside.sum()} points right (goal {GOAL})")
    for city in CITIES:
        own = truth == city
        print(f"  {city:<11}{100 * float((found[own] == city).mean()):.2f} % of {own.sum()}")
    scaled = shapely.transform(region, lambda points: points / (STEP[1], STEP[0]))
    shapely.prepare(scaled)
    outer = ~inside
    away = shapely.distance(scaled, shapely.points(lon[outer] / STEP[1], lat[outer] / STEP[0])) * 100
    near = (away > 0) & (away <= NEIGHBOURHOOD)
    claimed = np.array([city is not None for city in found[outer]])
    print(f"outside, within {NEIGHBOURHOOD:.0f} m: {(claimed & near).sum()} of {near.sum()} points wrongly claimed")
    print(f"outside, farther: {(claimed & (away > NEIGHBOURHOOD)).sum()} points wrongly claimed")

    points = centres(data)
    wrong = [(name, city) for name, city, here in points if outlines.city_at(*here) != city]
    print(f"districts and postal areas: {len(points) - len(wrong)} of {len(points)} centres right {wrong or ''}")
    return int(share < GOAL or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
