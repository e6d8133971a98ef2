"""What the commands share: options, settings, and faults told in words instead of tracebacks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.advice import CatalogueError, Progress, converse, converse_anyway, folders, today
from bot.catalogue.defaults import DataFolders
from bot.conversation.conversation import Conversation
from bot.domain.place import CITIES
from bot.matching.errors import MatchingError
from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from bot.catalogue.draft import Draft

Intents = Annotated[Path | None, typer.Option("--intents", help="Folder of the intents.", show_default=False)]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="Folder of the knowledge.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Made = TypeVar("Made")
HELSINKI = ZoneInfo("Europe/Helsinki")
YEARS = (2000, 2100)
"""Years that calendars and opening hours are known for; the end is not included."""


def fail(message: str, code: int = 2) -> NoReturn:
    """Prints `message` to stderr and exits."""
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def settings(intents: Path | None, knowledge: Path | None, *, need_token: bool = False) -> Settings:
    """Settings with the folders of the command line; exits 2 naming every wrong variable."""
    given: dict[str, Any] = {"neuvoja_intents": intents, "neuvoja_knowledge": knowledge}
    try:
        return read_settings(need_token=need_token, **{key: value for key, value in given.items() if value})
    except SettingsError as error:
        fail(str(error))


def near(folder: Path) -> Path:
    """`folder` as seen from the current folder when it lies below it, else unchanged."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def data(intents: Path | None, knowledge: Path | None) -> DataFolders:
    """Both data folders as messages show them."""
    where = folders(settings(intents, knowledge))
    return DataFolders(near(where.intents), near(where.knowledge))


def draft(where: DataFolders) -> Draft:
    """What the files say, for commands that need no cross checks; exits 1 when a file cannot be understood."""
    from bot.catalogue.reading import read_draft  # the running bot starts without YAML and pydantic's models

    found, report = read_draft(where.intents, where.knowledge, today=today())
    if report.has_errors or found.languages is None or found.topics is None:
        errors = [str(problem) for problem in report.problems if problem.severity == "error"]
        fail("\n".join([*errors, "The data has errors; mend them first. All problems: neuvoja check"]), 1)
    return found


def conversation(chosen: Settings) -> Conversation:
    """The conversation of the data on disk; exits 1 when the data has errors."""
    return _made(lambda progress: converse(chosen, progress))


def conversation_anyway(chosen: Settings) -> tuple[Conversation, list[str]]:
    """The same for the running bot, which goes on with the last good data; the errors come along."""
    return _made(lambda progress: converse_anyway(chosen, progress))


def _made(make: Callable[[Progress], Made]) -> Made:
    try:
        with progress_bar() as progress:
            return make(progress)
    except CatalogueError as error:
        fail("\n".join([*error.problems, f"{error}; nothing was started. All problems: neuvoja check"]), 1)
    except MatchingError as error:
        fail(f"The matching model could not be built: {error}", 1)


def moment(text: str | None) -> datetime:
    """An ISO time as given, in Helsinki's zone when it names none; now without one."""
    if text is None:
        return datetime.now(HELSINKI)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--at {text}: not an ISO time; write for example 2027-01-01T12:00")
    if not YEARS[0] <= at.year < YEARS[1]:
        fail(f"--at {text}: give a year from {YEARS[0]} to {YEARS[1] - 1}")
    return at if at.tzinfo else at.replace(tzinfo=HELSINKI)


def city_id(text: str | None) -> str | None:
    """A city id from the command line; exits 2 for anything else."""
    if text is not None and text.casefold() not in CITIES:
        fail(f"--city {text}: not one of {', '.join(CITIES)}")
    return text.casefold() if text else None


def language_code(text: str | None, known: Conversation) -> str | None:
    """A language that the catalogue understands from the command line; exits 2 for anything else."""
    languages = tuple(dict.fromkeys((*known.catalogue.languages, *known.catalogue.understood)))
    if text is not None and text not in languages:
        fail(f"--lang {text}: not one of {', '.join(languages)}")
    return text


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on stderr that appears only when something takes time."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    bar = Bar(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("", total=1.0, visible=False)

    def show(what: str, share: float) -> None:
        bar.start()
        bar.update(task, description=what, completed=share, visible=True)

    try:
        yield show
    finally:
        bar.stop()
