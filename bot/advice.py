"""Wires the data on disk into a conversation: what every command needs, with or without Telegram."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from shutil import copytree, rmtree
from zoneinfo import ZoneInfo

from bot.catalogue.defaults import DataFolders, data_folders
from bot.catalogue.loader import Loaded, load
from bot.conversation.conversation import Conversation
from bot.conversation.notices import Practice
from bot.domain.catalogue import Catalogue
from bot.guidance.guide import Guide
from bot.matching.artefact import ready
from bot.matching.matcher import Matcher
from bot.matching.settings import MatchSettings
from bot.places.gazetteer import Gazetteer
from bot.settings import Settings

CLEAN = "clean"
"""File in the models' cache with the hashes of data that was found clean."""

LAST_GOOD = "last-good"
"""Folder in the models' cache with a copy of the data that was answered from last."""

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
    """The data as it is on disk now, with its problems."""
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
    """For the running bot: bad data is answered from the last good copy, whose errors are returned as well."""
    try:
        catalogue, faults = quick(settings), []
    except CatalogueError as error:
        copy = settings.neuvoja_cache / LAST_GOOD
        kept = load(
            copy / "intents", copy / "knowledge", today=today(), trusted=_hashes(settings.neuvoja_cache / CLEAN)
        )
        if kept.catalogue is None:
            raise
        catalogue, faults = kept.catalogue, error.problems
    else:
        keep(settings, catalogue)
    return compose(catalogue, matcher(catalogue, settings, progress), settings), faults


def keep(settings: Settings, catalogue: Catalogue) -> None:
    """Copies the data that `catalogue` was read from, to start with when the next edit is bad and the bot restarts."""
    where, copy = folders(settings), settings.neuvoja_cache / LAST_GOOD
    note = copy / "hash"
    if note.is_file() and note.read_text(encoding="ascii") == catalogue.hash:
        return
    with suppress(OSError):  # without room for a copy the bot runs all the same
        fresh = copy.with_name(f".{LAST_GOOD}-{os.getpid()}")
        rmtree(fresh, ignore_errors=True)
        copytree(where.intents, fresh / "intents")
        copytree(where.knowledge, fresh / "knowledge")
        (fresh / "hash").write_text(catalogue.hash, encoding="ascii")
        rmtree(copy, ignore_errors=True)
        fresh.rename(copy)


def quick(settings: Settings) -> Catalogue:
    """The catalogue on disk; data that was found clean before is not checked again, so that a start is fast."""
    where, note = folders(settings), settings.neuvoja_cache / CLEAN
    trusted = [*_hashes(note), *(_hashes(settings.neuvoja_models / CLEAN) if settings.neuvoja_models else [])]
    loaded = load(where.intents, where.knowledge, today=today(), trusted=trusted)
    catalogue = clean(loaded)
    if loaded.hash not in trusted:
        with suppress(OSError):  # a cache that cannot be written makes the next start slower, nothing more
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text("\n".join([loaded.hash, *trusted[:4]]), encoding="ascii")
    return catalogue


def _hashes(note: Path) -> list[str]:
    return note.read_text(encoding="ascii", errors="replace").split() if note.is_file() else []


def matcher(catalogue: Catalogue, settings: Settings, progress: Progress | None = None) -> Matcher:
    """The catalogue's matcher, from the cache or built in a process of its own; MatchingError when it cannot be."""
    urgent = frozenset(intent.id for intent in catalogue.intents.values() if intent.urgent)
    cache, shipped = settings.neuvoja_cache, settings.neuvoja_models
    return ready(catalogue.examples(), urgent, MatchSettings(), cache, progress, shipped=shipped)


def compose(catalogue: Catalogue, model: Matcher, settings: Settings) -> Conversation:
    """A conversation from its parts."""
    places = gazetteer(catalogue)
    return Conversation(Guide(catalogue, model, places), places, Practice(settings.retention_days))


def gazetteer(catalogue: Catalogue) -> Gazetteer:
    """The places of a catalogue."""
    return Gazetteer(catalogue.places, catalogue.cities)
