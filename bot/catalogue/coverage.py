"""What the catalogue covers: intents by language, cities by intent, and what is missing or old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from bot.catalogue.draft import Draft, IntentDraft
from bot.catalogue.models.intent import TextFile
from bot.catalogue.models.menu import UNDERSTOOD
from bot.catalogue.rules.examples import ENOUGH
from bot.catalogue.source_hash import SOURCE, is_outdated


class State(StrEnum):
    """How far an intent is in a language; the first that holds, from `missing` up."""

    COMPLETE = "complete"
    UNREVIEWED = "unreviewed"
    OUTDATED = "outdated"
    DRAFT = "draft"
    MISSING = "missing"


ANSWERED = (State.COMPLETE, State.UNREVIEWED, State.OUTDATED)
"""States in which residents get an answer in the language."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An intent in a language; `path` is its file, there or not; `examples` counts the different ones."""

    intent: str
    topic: str
    language: str
    path: str
    state: State
    examples: int
    unstamped: bool
    """True for a translated answer without `source_hash`: whether it is outdated is not known."""

    @property
    def is_thin(self) -> bool:
        """True when the matcher has too few examples."""
        return self.examples < ENOUGH


@dataclass(frozen=True, slots=True)
class PartGap:
    """A city without its part of an answer that other cities have (`languages` empty), or a part's missing words."""

    intent: str
    city: str
    path: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """All cells by topic, intent and language; `tiers` are those of the languages, in the order of languages.yaml."""

    tiers: Mapping[str, str]
    cities: tuple[str, ...]
    cells: tuple[Cell, ...]
    parts: Mapping[tuple[str, str], tuple[str, ...]]
    """(city, intent) -> languages of the city's part."""
    part_gaps: tuple[PartGap, ...]

    @property
    def written(self) -> tuple[str, ...]:
        """Languages that the bot answers in."""
        return tuple(code for code, tier in self.tiers.items() if tier != UNDERSTOOD)

    def states(self, *, language: str, topic: str | None = None) -> Counter[State]:
        """How many intents are in which state, in one topic or in all."""
        return Counter(cell.state for cell in self.cells if cell.language == language and topic in {None, cell.topic})

    def topics(self) -> list[str]:
        """Topics in the menu's order, then folders that are not in the menu."""
        return list(dict.fromkeys(cell.topic for cell in self.cells))

    def of(self, *languages: str) -> Iterator[Cell]:
        """The cells of some languages."""
        return (cell for cell in self.cells if cell.language in languages)


def coverage(draft: Draft, language: str | None = None) -> Coverage:
    """What the draft covers, in all of its languages or in one."""
    models = draft.languages.model.root if draft.languages else {}
    tiers = {code: model.tier for code, model in models.items() if language in {None, code}}
    cities = tuple(draft.agreed_cities())
    needed = [code for code, tier in tiers.items() if tier != UNDERSTOOD or code == language]
    return Coverage(
        tiers,
        cities,
        tuple(_cell(draft, intent, code) for intent in _in_order(draft) for code in tiers),
        {key: _said(draft, key) for key in draft.parts},
        tuple(_part_gaps(draft, cities, needed)),
    )


def state(text: TextFile | None, source: TextFile | None) -> State:
    """The state of a translation (None: there is no file) of `source`."""
    if text is None:
        return State.MISSING
    if not text.answer:
        return State.DRAFT
    if text is not source and is_outdated(text, source):
        return State.OUTDATED
    return State.UNREVIEWED if text.translation == "unreviewed" else State.COMPLETE


def _cell(draft: Draft, intent: IntentDraft, language: str) -> Cell:
    file, source = intent.texts.get(language), intent.texts.get(SOURCE)
    text = file.model if file else None
    return Cell(
        intent=intent.id,
        topic=intent.topic,
        language=language,
        path=str(PurePath(intent.path).with_name(f"{language}.yaml")),
        state=state(text, source.model if source else None),
        examples=len({key for key in map(draft.key, text.examples if text else ()) if key}),
        unstamped=bool(text and text.answer and not text.source_hash and language != SOURCE),
    )


def _in_order(draft: Draft) -> Iterable[IntentDraft]:
    """The intents in the menu's order, then those that it does not show."""
    topics = draft.topics.model.root if draft.topics else {}
    listed = [intent for model in topics.values() for intent in model.intents]
    order = dict.fromkeys([*listed, *draft.intents])
    return (draft.intents[intent] for intent in order if intent in draft.intents)


def _said(draft: Draft, key: tuple[str, str]) -> tuple[str, ...]:
    """Languages in which a city's part has all its words, the dated ones too."""
    model = draft.parts[key].model
    texts = [model.text, *(version.text for version in model.dated)]
    return tuple(code for code in model.text if all(code in text for text in texts))


def _part_gaps(draft: Draft, cities: tuple[str, ...], needed: list[str]) -> Iterator[PartGap]:
    """Where cities differ, every city has its part, in every language that is needed."""
    for intent in dict.fromkeys(intent for _, intent in draft.parts):
        folders = {city: str(_folder(draft, city, intent)) for city in cities}
        for city in cities:
            if (city, intent) not in draft.parts:
                yield PartGap(intent, city, folders[city])
                continue
            lacks = tuple(code for code in needed if code not in _said(draft, (city, intent)))
            if lacks:
                yield PartGap(intent, city, draft.parts[city, intent].path, lacks)


def _folder(draft: Draft, city: str, intent: str) -> PurePath:
    """Where a city's part belongs, beside the parts of the others."""
    other = next(part.path for (_, key), part in draft.parts.items() if key == intent)
    path = PurePath(other)
    return path.parents[2] / city / "intents" / path.name
