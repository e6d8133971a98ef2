"""`neuvoja overmatch`: every example against all intents, for editors and for pull requests."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.advice import CatalogueError, folders, quick
from bot.cli.common import AsJson, Intents, Knowledge, fail, near, settings
from bot.domain.catalogue import Catalogue
from bot.matching.findings import Located
from bot.matching.findings_text import render, unexplained
from bot.matching.overmatch import Asked, overmatch

SHOWN = 20
"""Lines of a section in the text, unless --limit says otherwise."""

Lang = Annotated[str | None, typer.Option("--lang", help="Only examples in this language.", show_default=False)]
Intent = Annotated[str | None, typer.Option("--intent", help="Only what concerns this intent.", show_default=False)]
Limit = Annotated[
    int | None,
    typer.Option(min=0, help="Entries of each list; 0 = all. 20 in the text, all in JSON.", show_default=False),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Exit 1 when an example quite clearly belongs elsewhere, or intents are often confused without a reason.",
    ),
]


def command(
    lang: Lang = None,
    intent: Intent = None,
    limit: Limit = None,
    *,
    strict: Strict = False,
    as_json: AsJson = False,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Find examples that get in each other's way."""
    chosen = settings(intents, knowledge)
    try:
        catalogue = quick(chosen)
    except CatalogueError as error:
        fail("\n".join([*error.problems, f"{error}; mend them first. All problems: neuvoja check"]), 1)
    languages = catalogue.understood or tuple(catalogue.languages)
    if lang is not None and lang not in languages:
        fail(f"--lang {lang}: not one of {', '.join(languages)}")
    if intent is not None and intent not in catalogue.intents:
        fail(f"--intent {intent}: there is no such intent; its folder's name is its id")
    rows = list(located(catalogue, near(folders(chosen).intents)))
    if sys.stderr.isatty():
        typer.echo(f"Trying {len(rows)} examples; 46,000 take a minute ...", err=True)
    found = overmatch(rows, catalogue.lexicon, asked=Asked(lang, intent))
    known = {
        frozenset({one.id, other}): reason for one in catalogue.intents.values() for other, reason in one.near.items()
    }
    if as_json:
        print(json.dumps(found.as_json(limit or None), ensure_ascii=False, indent=2))
    else:
        print(render(found, (SHOWN if limit is None else limit) or None, strict=strict, reasons=known))
    raise typer.Exit(1 if strict and (found.clear or unexplained(found, known)) else 0)


def located(catalogue: Catalogue, folder: Path) -> Iterator[Located]:
    """Every example with its file below `folder` and its line."""
    for intent in catalogue.intents.values():
        for language, text in intent.texts.items():
            path = folder / intent.topic / intent.id / f"{language}.yaml"
            lines = example_lines(path.read_text(encoding="utf-8-sig"), len(text.examples)) if text.examples else []
            for example, line in zip(text.examples, lines, strict=True):
                yield Located(language, example, intent.id, str(path), line)


def example_lines(source: str, count: int) -> list[int]:
    """Lines of the `count` entries below `examples:`, all that key's own where they are not one below the other."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((number for number, line in enumerate(lines, 1) if line.startswith("examples:")), 1)
    found: list[int] = []
    indent = None
    for number, line in enumerate(lines[start:], start + 1):
        bare = line.lstrip(" ")
        if not bare or bare.startswith("#"):
            continue
        width = len(line) - len(bare)
        if width == 0 and not bare.startswith("-"):
            break
        if bare.startswith(("- ", "-\t")) or bare == "-":
            indent = width if indent is None else indent
            if width == indent:
                found.append(number)
    return found if len(found) == count else [start] * count
