"""Every text in the draft with its place, so that a rule about texts is written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.catalogue.draft import Draft, IntentDraft, Parsed
from bot.catalogue.models.base import SourceModel
from bot.catalogue.yaml_file import KeyPath


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language; `role` is title, answer, steps, bring, examples or words (everything else)."""

    file: Parsed[Any]
    keys: KeyPath
    language: str
    role: str
    text: str

    @property
    def at(self) -> tuple[str, int]:
        """Path and line."""
        return self.file.at(self.keys)

    def found(self, phrase: str) -> tuple[str, int]:
        """Path and line of `phrase` inside the text."""
        return self.file.path, self.file.document.line_of(phrase, *self.keys)


@dataclass(frozen=True, slots=True)
class Translations:
    """A text in several languages."""

    file: Parsed[Any]
    keys: KeyPath
    texts: dict[str, str]


def texts(intent: IntentDraft) -> Iterator[Wording]:
    """Title, answer, steps, bring and their dated versions of an intent in every language; not the examples."""
    for language, file in intent.texts.items():
        model = file.model
        if model.title:
            yield Wording(file, ("title",), language, "title", model.title)
        if model.answer:
            yield Wording(file, ("answer",), language, "answer", model.answer)
        yield from _lists(file, (), language, model)
        for number, version in enumerate(model.dated):
            if version.answer:
                yield Wording(file, ("dated", number, "answer"), language, "answer", version.answer)
            yield from _lists(file, ("dated", number), language, version)


def _lists(file: Parsed[Any], above: KeyPath, language: str, model: Any) -> Iterator[Wording]:
    """Steps and things to bring."""
    for role in ("steps", "bring"):
        for number, text in enumerate(getattr(model, role)):
            yield Wording(file, (*above, role, number), language, role, text)


def translations(draft: Draft) -> Iterator[Translations]:
    """Every mapping of languages to texts, the intents' official terms excepted."""
    if draft.agreement:
        yield Translations(draft.agreement, ("promise",), draft.agreement.model.promise)
    yield from _names(draft)
    yield from _lodging(draft)
    for glossary in filter(None, [draft.glossary]):
        for key, term in glossary.model.root.items():
            yield Translations(glossary, (key, "explanation"), term.explanation)
    yield from city_words(draft)
    for point in draft.points.values():
        for number, phone in enumerate(point.model.phones):
            if phone.note:
                yield Translations(point, ("phones", number, "note"), phone.note)
        for number, notice in enumerate(point.model.notices):
            yield Translations(point, ("notices", number, "text"), notice.text)
    for survey in draft.surveys.values():
        for number, question in enumerate(survey.model.questions):
            yield Translations(survey, ("questions", number, "text"), question.text)


def _names(draft: Draft) -> Iterator[Translations]:
    """Names of topics, cities, points, authorities, services and indicators."""
    for topics in filter(None, [draft.topics]):
        for topic, model in topics.model.root.items():
            yield Translations(topics, (topic, "titles"), model.titles)
    for services in filter(None, [draft.services]):
        for authority, named in services.model.authorities.items():
            yield Translations(services, ("authorities", authority, "names"), named.names)
        for service, serving in services.model.services.items():
            yield Translations(services, ("services", service, "names"), serving.names)
    for city in draft.cities.values():
        yield Translations(city, ("names",), city.model.names)
        yield Translations(city, ("names_in",), city.model.names_in)
    for point in draft.points.values():
        yield Translations(point, ("names",), point.model.names)
    for goals in draft.goals.values():
        for key, goal in goals.model.root.items():
            yield Translations(goals, (key, "names"), goal.names)


def _lodging(draft: Draft) -> Iterator[Translations]:
    """Questions, their options, and what is done online and in person when a matter is started."""
    for file in filter(None, [draft.lodging]):
        for key, question in file.model.questions.items():
            yield Translations(file, ("questions", key, "text"), question.text)
            for option, label in question.options.items():
                yield Translations(file, ("questions", key, "options", option), label)
        for intent, matter in file.model.matters.items():
            yield Translations(file, ("matters", intent, "online"), matter.online)
            yield Translations(file, ("matters", intent, "in_person"), matter.in_person)


def city_words(draft: Draft) -> Iterator[Translations]:
    """The cities' own parts of answers, dated ones too."""
    for part in draft.parts.values():
        yield Translations(part, ("text",), part.model.text)
        for number, version in enumerate(part.model.dated):
            yield Translations(part, ("dated", number, "text"), version.text)


def words(draft: Draft) -> Iterator[Wording]:
    """Every text of every language that residents can read, examples excepted."""
    for intent in draft.intents.values():
        yield from texts(intent)
    for entry in translations(draft):
        for language, text in entry.texts.items():
            yield Wording(entry.file, (*entry.keys, language), language, "words", text)


def sources(draft: Draft) -> Iterator[tuple[Parsed[Any], KeyPath, SourceModel]]:
    """Every source with its file and place."""
    holders: list[Parsed[Any]] = [intent.facts for intent in draft.intents.values() if intent.facts]
    for file in [*holders, *draft.parts.values(), *draft.points.values()]:
        for number, source in enumerate(file.model.sources):
            yield file, ("sources", number), source
