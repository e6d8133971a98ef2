"""Sources, certainty and validity: what makes a fact trustworthy on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Texts = Mapping[str, str]
"""Language code -> text."""


class Certainty(StrEnum):
    """How sure the compiler of a fact was; it never replaces a check."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; `checked` is the day a person compared it with the page, None if nobody did."""

    url: str
    checked: date | None = None
    by: str | None = None
    certainty: Certainty = Certainty.MEDIUM


@dataclass(frozen=True, slots=True)
class Validity:
    """Days on which something holds, both ends included; None is open."""

    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, day: date) -> bool:
        """True when `day` lies between both ends."""
        after = self.valid_from is None or day >= self.valid_from
        before = self.valid_until is None or day <= self.valid_until
        return after and before


ALWAYS = Validity()


def in_language(texts: Texts, *languages: str | None) -> str:
    """The text in the first of `languages` that has one, else in fi, en, sv or whatever there is, else ''."""
    for language in (*languages, "fi", "en", "sv"):
        if language and texts.get(language):
            return texts[language]
    return next(iter(texts.values()), "")
