"""What editors know about words beside the examples: concepts with their words, and messages nobody here answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts that no language changes, and each language's words, stems (`vaimo*`) and phrases for them."""

    concepts: Mapping[str, str]
    """Concept -> the heading of its field, in the file's order."""
    entries: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Language -> concept -> entries as the file has them, not folded; Chinese ones match inside a text."""


NO_LEXICON = Lexicon({}, {})
"""Of a catalogue whose editors wrote none."""


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """A message that the catalogue does not answer; `kind` is far (nothing to do with it) or near (its words)."""

    language: str
    kind: str
    text: str
