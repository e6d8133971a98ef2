"""`neuvoja benchmark`: the same matcher on any labelled set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import AsJson, fail
from bot.matching.benchmark import benchmark, read_messages
from bot.matching.errors import MatchingError


def command(
    train: Annotated[Path, typer.Argument(help="Table with text and label.")],
    test: Annotated[Path, typer.Argument(help="Table with text and label; label oos or empty: out of scope.")],
    *,
    valid: Annotated[Path | None, typer.Option(help="Table to choose the out-of-scope threshold on.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the matcher on a labelled set."""
    try:
        sets = read_messages(train), read_messages(test), read_messages(valid) if valid else []
        result = benchmark(*sets)
    except MatchingError as error:
        fail(str(error))
    print(json.dumps(result.as_json(), indent=2) if as_json else result.render())
