"""`intents/lexicon/concepts.yaml`, `intents/lexicon/<lang>.yaml` and `intents/out-of-scope/<lang>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import RootModel

from bot.catalogue.models.base import Entries, FileModel, Id, Text
from bot.domain.lexicon import OutOfScope

KINDS = ("far", "near")
"""How a message lies outside: nothing to do with the service, or its words in another matter."""


class ConceptsFile(RootModel[dict[Text, Entries[Id]]]):
    """Heading of a field -> its concepts."""

    def domain(self) -> dict[str, str]:
        """Concept -> the heading of its first field."""
        found: dict[str, str] = {}
        for field, concepts in self.root.items():
            for concept in concepts:
                found.setdefault(concept, field)
        return found


class LexiconFile(RootModel[dict[Id, Entries[Text]]]):
    """Concept -> the words, stems and phrases of one language."""

    def domain(self) -> dict[str, tuple[str, ...]]:
        """Concept -> entries in the file's order; concepts without entries are left out."""
        return {concept: tuple(entries) for concept, entries in self.root.items() if entries}


class OutOfScopeFile(FileModel):
    """Messages of one language that no intent answers."""

    far: list[Text]
    near: list[Text]

    def rows(self) -> Iterator[tuple[str, int, str]]:
        """(kind, position, text) of every message."""
        for kind in KINDS:
            for number, text in enumerate(getattr(self, kind)):
                yield kind, number, text

    def domain(self, language: str) -> tuple[OutOfScope, ...]:
        """The domain's messages in the file's order, far ones first."""
        return tuple(OutOfScope(language, kind, text) for kind, _, text in self.rows())
