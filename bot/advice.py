"""Wires the data on disk into a conversation: what every command needs, with or without Telegram."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.catalogue.defaults import DataFolders, data_folders
from bot.catalogue.files import collect, digest
from bot.catalogue.kept import keep, kept, newest
from bot.catalogue.problem import Report
from bot.conversation.conversation import Conversation
from bot.conversation.notices import Practice
from bot.domain.catalogue import Catalogue
from bot.guidance.guide import Guide
from bot.matching.artefact import ready
from bot.matching.matcher import Matcher
from bot.matching.settings import MatchSettings
from bot.places.gazetteer import Gazetteer
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.catalogue.loader import Loaded

LIKENESS_GAIN = 0.002
"""With a lexicon the comparison with examples sets hardly anything right and takes a third of a query's time."""

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is ready, 0 to 1."""


class CatalogueError(Exception):
    """The data has errors; `problems` are their lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} errors in the data")
        self.problems = problems


def folders(settings: Settings) -> DataFolders:
    """Where the data is."""
    return data_folders(settings.neuvoja_intents, settings.neuvoja_knowledge, environment=os.environ)


def read(settings: Settings) -> Loaded:
    """The data as it is on disk now, checked, with its problems."""
    from bot.catalogue.loader import load  # a start from a kept catalogue needs neither YAML nor the checks

    where = folders(settings)
    return load(where.intents, where.knowledge, today=today())


def today() -> date:
    """The day in Helsinki."""
    return datetime.now(ZoneInfo("Europe/Helsinki")).date()


def errors(loaded: Loaded) -> list[str]:
    """The lines of what keeps the data from being used."""
    return [str(problem) for problem in loaded.problems if problem.severity == "error"]


def clean(loaded: Loaded) -> Catalogue:
    """The catalogue of a clean reading; CatalogueError with the errors otherwise."""
    if loaded.catalogue is None:
        raise CatalogueError(errors(loaded))
    return loaded.catalogue


def converse(settings: Settings, progress: Progress | None = None) -> Conversation:
    """The conversation from the data on disk, its model built if it is not cached; CatalogueError on bad data."""
    catalogue = quick(settings)
    return compose(catalogue, matcher(catalogue, settings, progress), settings)


def converse_anyway(settings: Settings, progress: Progress | None = None) -> tuple[Conversation, list[str]]:
    """For the running bot: bad data is answered from the last good data, and its errors are returned as well."""
    faults: list[str] = []
    try:
        catalogue = quick(settings)
    except CatalogueError as error:
        last = next(filter(None, map(newest, caches(settings))), None)
        if last is None:
            raise
        catalogue, faults = last, error.problems
    return compose(catalogue, matcher(catalogue, settings, progress), settings), faults


def quick(settings: Settings) -> Catalogue:
    """The catalogue on disk; data that was found clean before is neither parsed nor checked again."""
    where = folders(settings)
    data = digest(collect(where.intents, where.knowledge, Report()))
    found = next(filter(None, (kept(cache, data) for cache in caches(settings))), None)
    catalogue = found or clean(read(settings))
    keep(settings.neuvoja_cache, catalogue)
    return catalogue


def caches(settings: Settings) -> list[Path]:
    """Folders with models and kept catalogues: the one that came with the installation, and the bot's own."""
    return [folder for folder in (settings.neuvoja_models, settings.neuvoja_cache) if folder]


def matcher(catalogue: Catalogue, settings: Settings, progress: Progress | None = None) -> Matcher:
    """The catalogue's matcher, from the cache or built in a process of its own; MatchingError when it cannot be."""
    urgent = frozenset(intent.id for intent in catalogue.intents.values() if intent.urgent)
    cache, shipped = settings.neuvoja_cache, settings.neuvoja_models
    oos = [(one.language, one.text) for one in catalogue.out_of_scope]
    return ready(
        catalogue.examples(),
        urgent,
        MatchSettings(precision=settings.match_precision, likeness_gain=LIKENESS_GAIN),
        cache,
        progress,
        oos=oos,
        lexicon=catalogue.lexicon,
        shipped=shipped,
    )


def compose(catalogue: Catalogue, model: Matcher, settings: Settings) -> Conversation:
    """A conversation from its parts."""
    places = gazetteer(catalogue)
    return Conversation(Guide(catalogue, model, places), places, Practice(settings.retention_days), model.detect)


def gazetteer(catalogue: Catalogue) -> Gazetteer:
    """The places of a catalogue."""
    return Gazetteer(catalogue.places, catalogue.cities)
