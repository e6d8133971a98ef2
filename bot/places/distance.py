"""Distances between points of the region."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

_EARTH = 6_371_008.8
"""Mean radius of the Earth in metres."""


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in metres of two (latitude, longitude) points in degrees."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, half)))
