"""What can go wrong around a matcher."""

from __future__ import annotations


class MatchingError(Exception):
    """Any failure of the matching package."""


class BuildError(MatchingError):
    """A matcher could not be built; the message says why."""


class ArtefactError(MatchingError):
    """A stored matcher is missing, damaged or of another engine version."""


class TableError(MatchingError):
    """A table of questions cannot be read; the message begins with `file:line:`."""
