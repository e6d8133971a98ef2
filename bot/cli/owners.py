"""`neuvoja owners`: CODEOWNERS from the owners in the data."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.common import Intents, Knowledge, data, draft, fail

SHOWN = 20
"""Lines of a difference that are printed."""

Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when the file is not up to date.")]


def command(*, check: Check = False, intents: Intents = None, knowledge: Knowledge = None) -> None:
    """Write CODEOWNERS beside the data folders, from the owners in the data and knowledge/owners.yaml."""
    from bot.catalogue.codeowners import NAME, codeowners, differences
    from bot.catalogue.owners import SHARED, no_team, strangers, teams
    from bot.catalogue.problem import Report

    where = data(intents, knowledge)
    root = where.knowledge.absolute().parent
    if where.intents.absolute() != root / "intents" or where.knowledge.name != "knowledge":
        fail(f"{NAME} names /intents/ and /knowledge/: the two folders must stand side by side under these names")
    read, report = draft(where), Report()
    listed, known = where.knowledge / "owners.yaml", teams(read)
    if read.owners is None:
        report.error(str(listed), 1, "the file is missing", 'add it, with a line an owner: shared: "@neuvoja/shared"')
    else:
        if SHARED not in known:
            report.error(str(listed), 1, *no_team(SHARED, known))
        for one in strangers(read):
            report.error(one.path, one.line, *no_team(one.owner, known))
    if report.has_errors:
        fail("\n".join(map(str, report.problems)), 1)
    path, wanted = root / NAME, codeowners(read)
    try:
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        if there == wanted:
            print(f"{NAME} is up to date")
            return
        if not check:
            path.write_text(wanted, encoding="utf-8", newline="\n")
            print(f"{NAME} is written: {len(wanted.splitlines())} lines")
            return
    except OSError as error:
        fail(f"{path}: {error.strerror or error}", 1)
    lines = differences(there, wanted)
    more = [f"... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    fail("\n".join([*lines[:SHOWN], *more, f"{NAME} is not up to date; run `neuvoja owners`, and commit the file"]), 1)
