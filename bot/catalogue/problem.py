"""Problems an editor can mend: where, how bad, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

ALIKE = 80
"""Similarity in per cent from which a known value may be suggested."""

SLIPS = 2
"""Letters typed wrong, left out, doubled or swapped at most; any two ids of the data differ in more."""


class Severity(StrEnum):
    """An error keeps the catalogue from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding; `path` is shown as the user gave the data folder, `line` counts from 1."""

    path: str
    line: int
    severity: Severity
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.what}; {self.mend}"


@dataclass(slots=True)
class Report:
    """Collects the problems of one run; the same finding is kept once."""

    found: set[Problem] = field(default_factory=set)

    def error(self, path: str, line: int, what: str, mend: str) -> None:
        """Adds an error."""
        self.found.add(Problem(one_line(path), line, Severity.ERROR, one_line(what), one_line(mend)))

    def warn(self, path: str, line: int, what: str, mend: str) -> None:
        """Adds a warning."""
        self.found.add(Problem(one_line(path), line, Severity.WARNING, one_line(what), one_line(mend)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings by path and line."""
        return tuple(sorted(self.found))

    @property
    def has_errors(self) -> bool:
        """True when anything found is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.found)


def one_line(text: str) -> str:
    """`text` without line breaks and control characters: a problem is one line of output."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def shown(value: object, longest: int = 60) -> str:
    """`value` in backticks as a message quotes it, cut to `longest` characters."""
    text = str(value)
    return f"`{text if len(text) <= longest else text[: longest - 1] + '…'}`"


def nearest(value: str, known: Sequence[str]) -> str | None:
    """The entry of `known` that `value` misspells, None when the nearest may well be another thing."""
    found = process.extractOne(value[:80], known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found and OSA.distance(value, found[0]) <= SLIPS else None


def did_you_mean(value: str, known: Sequence[str], otherwise: str) -> str:
    """Asks whether the nearest known value was meant, else says `otherwise`."""
    guess = nearest(value, known)
    return f"did you mean `{guess}`?" if guess else otherwise
