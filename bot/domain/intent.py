"""Intents: what residents ask, with the reviewed words that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.dated import ALWAYS, Certainty, Source, Texts, Validity


class Kind(StrEnum):
    """`answer` comes from the catalogue and `knowledge/`; `dialogue` is answered by the bot itself."""

    ANSWER = "answer"
    DIALOGUE = "dialogue"


class InPerson(StrEnum):
    """Whether the matter needs a visit."""

    NO = "no"
    SOMETIMES = "sometimes"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Version:
    """Words that replace the undated ones while `validity` holds; empty fields replace nothing."""

    validity: Validity
    answer: str = ""
    steps: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntentText:
    """One intent in one language. An empty `answer` is a draft: examples without a reviewed text yet.

    `title` is empty in a language that the bot understands and does not write.
    """

    language: str
    title: str
    answer: str = ""
    steps: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    dated: tuple[Version, ...] = ()
    unreviewed: bool = False
    """True for a translation that no person has reviewed."""

    def on(self, day: date) -> Version:
        """The words that hold on `day`: the first dated version that holds, over the undated text."""
        for version in self.dated:
            if version.validity.holds(day):
                return Version(
                    version.validity,
                    version.answer or self.answer,
                    version.steps or self.steps,
                    version.bring or self.bring,
                )
        return Version(ALWAYS, self.answer, self.steps, self.bring)


@dataclass(frozen=True, slots=True, eq=False)
class Intent:
    """A stable id with the facts that no language changes and one text a language; equal only to itself."""

    id: str
    topic: str
    kind: Kind
    urgent: bool
    authority: str | None
    """Id in `knowledge/services.yaml: authorities`."""
    service: str | None
    """Id in `knowledge/services.yaml: services`."""
    in_person: InPerson
    terms: tuple[Texts, ...]
    """Official terms, each at least in fi."""
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    owner: str
    review_after_days: int
    texts: Mapping[str, IntentText] = field(repr=False)
    near: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Intent id -> what sets the two apart, in its editors' words."""

    def title(self, language: str) -> str:
        """The title in `language`, else in Finnish, else the id."""
        for code in (language, "fi", "en"):
            text = self.texts.get(code)
            if text and text.title:
                return text.title
        return self.id


@dataclass(frozen=True, slots=True)
class CityVersion:
    """A city's words that replace its undated ones while `validity` holds."""

    validity: Validity
    text: Texts


@dataclass(frozen=True, slots=True)
class CityPart:
    """A city's own part of an answer; the city in `owner` answers for it."""

    intent: str
    city: str
    owner: str
    text: Texts
    checked: date | None
    certainty: Certainty
    sources: tuple[Source, ...] = ()
    dated: tuple[CityVersion, ...] = ()

    def on(self, day: date) -> Texts:
        """The words per language that hold on `day`."""
        for version in self.dated:
            if version.validity.holds(day):
                return version.text
        return self.text


@dataclass(frozen=True, slots=True)
class Topic:
    """A chapter of the menu; `intents` in the menu's order."""

    id: str
    titles: Texts
    intents: tuple[str, ...]
