"""`knowledge/glossary.yaml`: official terms and what they mean."""

from __future__ import annotations

from pydantic import RootModel

from bot.catalogue.models.base import FileModel, Id, Listed, Text, Texts
from bot.domain.glossary import Term


class TermModel(FileModel):
    """A term as the authorities write it, its further spellings, and what it means in each language."""

    fi: Text
    sv: Text
    forms: Listed[Text]
    explanation: Texts
    intent: Id | None = None
    sources: Listed[Text]

    def domain(self, key: str) -> Term:
        """The domain's term with this id."""
        return Term(key, self.fi, self.sv, tuple(self.forms), self.explanation, self.intent, tuple(self.sources))


class GlossaryFile(RootModel[dict[Id, TermModel]]):
    """Term id -> term."""

    def domain(self) -> dict[str, Term]:
        """Term id -> the domain's term, in the file's order."""
        return {key: model.domain(key) for key, model in self.root.items()}
