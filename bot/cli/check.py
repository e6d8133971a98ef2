"""`neuvoja check`: validates the data folders."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.advice import folders, read
from bot.cli.common import Intents, Knowledge, settings


def command(intents: Intents = None, knowledge: Knowledge = None) -> None:
    """Validate intents/ and knowledge/; exit 1 on an error."""
    chosen = settings(intents, knowledge)
    where = folders(chosen)
    near = {"neuvoja_intents": _near(where.intents), "neuvoja_knowledge": _near(where.knowledge)}
    loaded = read(chosen.model_copy(update=near))
    for problem in loaded.problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    print(f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}")
    raise typer.Exit(1 if errors else 0)


def _near(folder: Path) -> Path:
    """`folder` as seen from the current folder when it lies below it, else unchanged."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _counted(number: int, noun: str) -> str:
    """`1 error`, `0 errors`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
