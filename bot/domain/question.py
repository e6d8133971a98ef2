"""A resident's question as guidance receives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A masked message with the resident's settings; `at` is timezone-aware.

    `language` is the language to answer in; `city` the stored city id, None if not asked yet.
    `coordinates` (latitude, longitude) only while a shared location is being answered: used and forgotten.
    """

    text: str
    language: str
    city: str | None
    at: datetime
    coordinates: tuple[float, float] | None = None
