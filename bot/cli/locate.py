"""`neuvoja locate`: the city of a location, postal code or district."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.advice import CatalogueError, gazetteer, quick
from bot.cli.common import AsJson, Intents, Knowledge, fail, settings
from bot.domain.place import Place


def command(
    where: Annotated[list[str], typer.Argument(help="LAT LON in degrees, or a text such as Leppävaara or 02600.")],
    as_json: AsJson = False,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Find the city of a place."""
    try:
        places = gazetteer(quick(settings(intents, knowledge)))
    except CatalogueError as error:
        fail("\n".join([*error.problems, str(error)]), 1)
    numbers = _numbers(where)
    if numbers and not (-90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180):
        fail(f"{' '.join(where)}: not a latitude and longitude; write for example 60.2178 24.8110")
    place = places.at(*numbers) if numbers else places.locate(" ".join(where))
    found = place or Place(None, "")
    answer = {"city": found.city, "place": found.name or None, "ambiguous": list(found.ambiguous)}
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    elif found.city:
        print(f"{found.city}: {found.name}")
    elif found.ambiguous:
        print(f"{found.name} is in several cities: {', '.join(found.ambiguous)}")
    else:
        print("outside the region" if found.outside else "not known as a place")


def _numbers(where: list[str]) -> tuple[float, float] | None:
    parts = [part.strip(",") for part in where]
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return None
    return latitude, longitude
