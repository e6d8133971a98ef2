from pathlib import Path

import pytest

from bot.catalogue import borders, gazetteer
from bot.catalogue.problem import Report
from bot.domain.place import CITIES, AdviceDesk, City, PlaceData, Town
from bot.places.gazetteer import Gazetteer

PLACES = Path(__file__).parents[2] / "knowledge" / "places"
NAMES = {
    "helsinki": (
        ("Helsinki", "Helsingfors"),
        ("Stadi", "Hesa", "Hki", "Хельсинки", "Гельсінкі", "هلسنكي", "هلسینکی", "赫尔辛基"),
    ),
    "espoo": (("Espoo", "Esbo"), ("Espo", "Эспоо", "Еспоо", "إسبو", "اسپو", "埃斯波")),
    "vantaa": (("Vantaa", "Vanda"), ("Вантаа", "فانتا", "وانتا", "万塔")),
    "kauniainen": (("Kauniainen", "Grankulla"), ("Grani", "Кауниайнен", "كاونياينن", "کاونیاینن", "考尼艾宁")),
}  # fmt: skip
NO_DESK = AdviceDesk(None, None, None, None, None)


def read(name, reader):
    report = Report()
    found = reader((PLACES / name).read_bytes(), name, report)
    assert not report.problems
    return found


@pytest.fixture(scope="session")
def places() -> PlaceData:
    return PlaceData(
        read("borders.geojson", borders.borders),
        read("postal_codes.csv", gazetteer.postal_codes),
        read("districts.csv", gazetteer.districts),
        read("towns.csv", gazetteer.towns),
    )


@pytest.fixture(scope="session")
def towns(places) -> tuple[Town, ...]:
    return places.towns


@pytest.fixture(scope="session")
def cities() -> dict[str, City]:
    return {
        city: City(city, {"fi": NAMES[city][0][0], "sv": NAMES[city][0][1]}, {}, NAMES[city][1], (), NO_DESK, "")
        for city in CITIES
    }


@pytest.fixture(scope="session")
def gazetteer_(places, cities) -> Gazetteer:
    return Gazetteer(places, cities)
