"""Which city a location lies in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.domain.place import PlaceData


class Borders:
    """The cities' outlines; shapely is loaded and the outlines are prepared at the first question."""

    def __init__(self, places: PlaceData) -> None:
        self._rings = places.borders

    @cached_property
    def _outlines(self) -> dict[str, Any]:
        """City id -> prepared polygon, the smallest first; inside is where an odd number of rings holds a point."""
        import shapely

        outlines: dict[str, Any] = {}
        for city, rings in self._rings.items():
            for ring in rings:
                so_far = outlines.get(city, shapely.Polygon())
                outlines[city] = so_far.symmetric_difference(shapely.Polygon(ring))
        for outline in outlines.values():
            shapely.prepare(outline)
        return dict(sorted(outlines.items(), key=lambda item: float(item[1].area)))

    def city_at(self, latitude: float, longitude: float) -> str | None:
        """The city id of a location in degrees (WGS 84), None outside the four cities; a border belongs to one city."""
        import shapely

        point = shapely.Point(longitude, latitude)
        return next((city for city, outline in self._outlines.items() if outline.covers(point)), None)
