"""Sentences written for this package: everyday questions in the bot's languages, and in others that it refuses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

OWN = "own_languages.tsv"
OTHER = "other_languages.tsv"


@cache
def samples(name: str) -> tuple[tuple[str, str], ...]:
    """(language, text) rows of one of the two files; `-Latn` and `-Cyrl` mark a script that is not the usual one."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return tuple((language, text) for language, text in rows)
