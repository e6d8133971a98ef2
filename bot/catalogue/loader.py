"""Reads both data folders into one catalogue, or says everything that keeps it from being used."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.catalogue.draft import Draft
from bot.catalogue.files import DataFile, collect, digest, is_folder
from bot.catalogue.memory import Memory
from bot.catalogue.models.yearly import Goal, Survey
from bot.catalogue.problem import Problem, Report
from bot.catalogue.reading import FIXED, Reading
from bot.catalogue.rules import (
    contacts,
    dates,
    drafts,
    examples,
    fidelity,
    geography,
    glossary,
    hours,
    letters,
    lexicon,
    lodging,
    menu,
    out_of_scope,
    owners,
    promises,
    provenance,
    readability,
    references,
    stems,
    tongue,
    translations,
    wording,
)
from bot.domain.catalogue import Catalogue
from bot.domain.lexicon import Lexicon
from bot.domain.place import PlaceData

RULES = (
    menu.check,
    references.check,
    lodging.check,
    glossary.check,
    translations.check,
    fidelity.check,
    wording.check,
    promises.check,
    readability.check,
    letters.check,
    tongue.check,
    drafts.check,
    examples.check,
    out_of_scope.check,
    hours.check,
    contacts.check,
    geography.check,
    dates.check,
    provenance.check,
    owners.check,
)
"""Every family of cross checks, each over the whole draft."""

OF_WORDS = (lexicon.check, stems.check)
"""Those that take seconds, and tell of nothing but the lexicon: an edited answer changes none of their findings."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One reading of the data; `catalogue` is None when any problem is an error. `hash` covers every file read."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    hash: str
    goals: tuple[Goal, ...] = field(default=(), repr=False)
    surveys: tuple[Survey, ...] = field(default=(), repr=False)


def load(intents: Path, knowledge: Path, *, today: date, memory: Memory | None = None) -> Loaded:
    """Reads and checks everything; never raises on what the files hold. `today` decides what is overdue.

    With the `memory` of an earlier reading, files that have not changed are not understood again.
    """
    report = Report()
    files = collect(intents, knowledge, report)
    key = digest(files)
    draft = Draft(today, memory=memory or Memory())
    # Without one of the folders every reference would be unknown; its absence is told once.
    if is_folder(intents) and is_folder(knowledge):
        _missing(files, {"intents": intents, "knowledge": knowledge}, report)
        Reading(draft, report).read(files)
        for rule in RULES:
            rule(draft, report)
        words = _words(draft)
        for rule in OF_WORDS:
            draft.memory.run(rule, words, draft, report)
    catalogue = None if report.has_errors else _catalogue(draft, key)
    goals = tuple(goal for year, file in draft.goals.items() for goal in file.model.domain(year))
    surveys = tuple(file.model.domain(name) for name, file in draft.surveys.items())
    return Loaded(catalogue, report.problems, key, goals, surveys)


def _missing(files: list[DataFile], roots: dict[str, Path], report: Report) -> None:
    """Files that every catalogue has."""
    there = {(file.folder, "/".join(file.parts)) for file in files}
    for folder, names in FIXED.items():
        for name in names:
            if (folder, name) not in there:
                report.error(str(roots[folder] / name), 1, "the file is missing", "add it: every catalogue has one")
    lexicon = {
        name for folder, name in there if folder == "intents" and name.startswith("lexicon/") and name.count("/") == 1
    }
    if lexicon and "lexicon/concepts.yaml" not in lexicon:
        path = str(roots["intents"] / "lexicon" / "concepts.yaml")
        report.error(path, 1, "the file is missing", "add it: it lists the concepts that the lexicon has words for")
    if not any(file.folder == "intents" and len(file.parts) == 3 for file in files):
        report.error(str(roots["intents"]), 1, "there is no intent", "add <topic>/<intent-id>/intent.yaml")


def _words(draft: Draft) -> Hashable:
    """What the lexicon's checks depend on: the languages, the lexicon's files and all examples."""
    files = [draft.languages, draft.concepts, *draft.lexicon.values()]
    texts = [text.model.examples for intent in draft.intents.values() for text in intent.texts.values()]
    sources = tuple((file.path, file.document.source) for file in files if file)
    return sources, frozenset(draft.word_files), tuple(map(tuple, texts))


def _catalogue(draft: Draft, key: str) -> Catalogue | None:
    """The domain's catalogue; None while a file that everything needs is missing."""
    if not (draft.languages and draft.topics and draft.agreement and draft.services):
        return None
    return Catalogue(
        languages=draft.languages.model.domain(),
        topics=draft.topics.model.domain(),
        intents={
            intent.id: intent.facts.model.domain(
                intent.id,
                intent.topic,
                {language: file.model.domain(language) for language, file in intent.texts.items()},
            )
            for intent in draft.intents.values()
            if intent.facts
        },
        agreement=draft.agreement.model.domain(),
        cities={
            city: draft.cities[city].model.domain(city) for city in draft.agreement.model.cities if city in draft.cities
        },
        city_parts={(city, intent): part.model.domain(intent, city) for (city, intent), part in draft.parts.items()},
        points={point: file.model.domain(point) for point, file in draft.points.items()},
        services=draft.services.model.domain_services(),
        authorities=draft.services.model.domain_authorities(),
        places=PlaceData(draft.borders or {}, draft.postal_codes or (), draft.districts or (), draft.towns or ()),
        hash=key,
        understood=tuple(draft.languages.model.root),
        lexicon=Lexicon(
            draft.concepts.model.domain() if draft.concepts else {},
            {language: file.model.domain() for language, file in draft.lexicon.items()},
        ),
        out_of_scope=tuple(
            outside for language, file in draft.out_of_scope.items() for outside in file.model.domain(language)
        ),
        lodging=draft.lodging.model.domain_lodging() if draft.lodging else {},
        lodging_questions=draft.lodging.model.domain_questions() if draft.lodging else {},
        glossary=draft.glossary.model.domain() if draft.glossary else {},
    )
