"""`intents/<topic>/<intent-id>/intent.yaml` and `<lang>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.catalogue.models.base import DatedModel, FileModel, Id, Listed, SourceModel, Text, Texts, sources
from bot.domain.intent import InPerson, Intent, IntentText, Kind, Version


def _no_means_no(value: Any) -> Any:
    """YAML 1.1 reads an unquoted `no` as False."""
    return "no" if value is False else value


def _hash(value: Any) -> Any:
    if not (isinstance(value, str) and re.fullmatch(r"[0-9a-f]{12}", value)):
        raise ValueError("it is 12 digits 0-9 and a-f, which `neuvoja stamp` writes; take the line out, or run that")
    return value


SourceHash = Annotated[str, BeforeValidator(_hash)]
"""`bot.catalogue.source_hash` of the Finnish text at the time of translation."""


class IntentFile(FileModel):
    """Facts that no language changes; `review_after` in days."""

    kind: Literal["answer", "dialogue"] = "answer"
    urgency: Literal["normal", "urgent"] = "normal"
    authority: Id | None = None
    service: Id | None = None
    in_person: Annotated[Literal["no", "sometimes", "always"], BeforeValidator(_no_means_no)] = "no"
    terms: Listed[Texts]
    related: Listed[Id]
    near: dict[Id, Text] = Field(default_factory=dict)
    sources: Listed[SourceModel]
    owner: Id
    review_after: Annotated[int, Field(ge=1, le=3650)] = 180

    def domain(self, intent: str, topic: str, texts: Mapping[str, IntentText]) -> Intent:
        """The domain's intent with its texts."""
        return Intent(
            id=intent,
            topic=topic,
            kind=Kind(self.kind),
            urgent=self.urgency == "urgent",
            authority=self.authority,
            service=self.service,
            in_person=InPerson(self.in_person),
            terms=tuple(self.terms),
            related=tuple(self.related),
            sources=sources(self.sources),
            owner=self.owner,
            review_after_days=self.review_after,
            texts=texts,
            near=self.near,
        )


class VersionModel(DatedModel):
    """Words that replace the undated ones while they hold."""

    answer: Text | None = None
    steps: Listed[Text]
    bring: Listed[Text]

    def domain(self) -> Version:
        """The domain's version."""
        return Version(self.validity(), self.answer or "", tuple(self.steps), tuple(self.bring))


class TextFile(FileModel):
    """One intent in a language that the bot understands; without `answer` it is a draft."""

    title: Text | None = None
    source_hash: SourceHash | None = None
    translation: Literal["unreviewed", "reviewed"] | None = None
    answer: Text | None = None
    steps: Listed[Text]
    bring: Listed[Text]
    examples: Listed[Text]
    dated: Listed[VersionModel]

    def domain(self, language: str) -> IntentText:
        """The domain's text."""
        return IntentText(
            language=language,
            title=self.title or "",
            answer=self.answer or "",
            steps=tuple(self.steps),
            bring=tuple(self.bring),
            examples=tuple(self.examples),
            dated=tuple(version.domain() for version in self.dated),
            unreviewed=self.translation == "unreviewed",
        )


class WrittenFile(TextFile):
    """One intent in a language that the bot writes: its menus need the title."""

    title: Text
