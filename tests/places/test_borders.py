import json
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from bot.domain.place import CITIES, PlaceData
from bot.places.borders import Borders
from bot.places.distance import metres

ROOT = Path(__file__).parents[2]
SQUARE = ((24.0, 60.0), (25.0, 60.0), (25.0, 61.0), (24.0, 61.0), (24.0, 60.0))
HOLE = ((24.4, 60.4), (24.6, 60.4), (24.6, 60.6), (24.4, 60.6), (24.4, 60.4))
ISLAND = ((26.0, 60.0), (26.1, 60.0), (26.1, 60.1), (26.0, 60.1), (26.0, 60.0))


@pytest.mark.parametrize(
    ("here", "city"),
    [
        ((60.1699, 24.9384), "helsinki"),
        ((60.2055, 24.6559), "espoo"),
        ((60.2934, 25.0378), "vantaa"),
        ((60.2110, 24.7290), "kauniainen"),
        ((60.3172, 24.9633), "vantaa"),
        ((60.2590, 25.1980), "helsinki"),
        ((60.4518, 22.2666), None),
        ((60.4031, 25.1010), None),
        ((59.4370, 24.7536), None),
        ((0.0, 0.0), None),
    ],
)
def test_city_of_a_location(places, here, city):
    assert Borders(places).city_at(*here) == city


def test_every_district_lies_in_its_city(places):
    borders = Borders(places)
    located = [district for district in places.districts if district.coordinates]
    assert len(located) > 100
    assert [d.names for d in located if borders.city_at(*d.coordinates) != d.city] == []


def test_hole_belongs_to_the_enclave_and_islands_to_their_city():
    places = PlaceData({"espoo": (SQUARE, HOLE, ISLAND), "kauniainen": (HOLE,)}, (), ())
    borders = Borders(places)
    assert borders.city_at(60.5, 24.5) == "kauniainen"
    assert borders.city_at(60.2, 24.2) == "espoo"
    assert borders.city_at(60.05, 26.05) == "espoo"
    assert borders.city_at(60.4, 24.5) == "kauniainen"
    assert borders.city_at(60.5, 25.5) is None


def test_outlines_share_their_edges(places):
    outlines = {city: shapely.Polygon(rings[0], rings[1:]) for city, rings in places.borders.items()}
    assert set(outlines) == set(CITIES)
    assert all(outline.is_valid for outline in outlines.values())
    assert shapely.coverage_is_valid(list(outlines.values()))
    assert not shapely.union_all(list(outlines.values())).interiors


def test_outline_names_its_source_and_licence():
    data = json.loads((ROOT / "knowledge/places/borders.geojson").read_text(encoding="utf-8"))
    assert "CC BY 4.0" in data["licence"]
    assert "HSY" in data["attribution"]
    assert "lattice" in data["method"]


def test_accuracy_is_not_measured_without_a_reference(tmp_path):
    command = [sys.executable, "tests/benchmarks/borders.py", "--reference", str(tmp_path / "none.geojson")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "nothing was measured" in done.stdout


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((60.17, 24.94), (60.17, 24.94), 0),
        ((60.0, 25.0), (61.0, 25.0), 111_195),
        ((60.1699, 24.9384), (60.2055, 24.6559), 16_120),
        ((0.0, 0.0), (0.0, 180.0), 20_015_115),
    ],
)
def test_metres(a, b, expected):
    assert metres(a, b) == pytest.approx(expected, abs=30)
    assert metres(b, a) == pytest.approx(metres(a, b))
