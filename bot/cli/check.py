"""`neuvoja check`: validates the data folders."""

from __future__ import annotations

import typer

from bot.advice import folders, read
from bot.cli.common import Intents, Knowledge, near, settings


def command(intents: Intents = None, knowledge: Knowledge = None) -> None:
    """Validate intents/ and knowledge/; exit 1 on an error."""
    chosen = settings(intents, knowledge)
    where = folders(chosen)
    seen = {"neuvoja_intents": near(where.intents), "neuvoja_knowledge": near(where.knowledge)}
    loaded = read(chosen.model_copy(update=seen))
    for problem in loaded.problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    print(f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}")
    raise typer.Exit(1 if errors else 0)


def _counted(number: int, noun: str) -> str:
    """`1 error`, `0 errors`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
