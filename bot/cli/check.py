"""`neuvoja check`: validates the data folders."""

from __future__ import annotations

import typer

from bot.advice import read
from bot.cli.common import Intents, Knowledge, settings


def command(intents: Intents = None, knowledge: Knowledge = None) -> None:
    """Validate intents/ and knowledge/; exit 1 on an error."""
    loaded = read(settings(intents, knowledge))
    for problem in loaded.problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    print(f"{errors} errors, {warnings} warnings")
    raise typer.Exit(1 if errors else 0)
