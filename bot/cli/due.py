"""`neuvoja due`: what must be compared with its sources again, by whom, and before when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated

import typer

from bot.cli.common import AsJson, Intents, Knowledge, data, draft, fail

Before = Annotated[
    str | None, typer.Option("--before", help="Only what is due before this day: 2027-01-01.", show_default=False)
]
Owner = Annotated[
    str | None, typer.Option("--owner", help="Only owners with these words in their name or team.", show_default=False)
]


def command(
    before: Before = None,
    owner: Owner = None,
    *,
    as_json: AsJson = False,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Show which intents, city parts and points must be checked, by whom and when."""
    from bot.catalogue.due import by_owner, due
    from bot.catalogue.owners import owned, teams

    last = _day(before)
    read = draft(data(intents, knowledge))
    owners = sorted({one.owner for one in owned(read)})
    known = teams(read)
    wanted = _named(owner, {name: known.get(name, "") for name in owners})
    found = [one for one in due(read) if one.owner in wanted and (last is None or one.day < last)]
    if as_json:
        values = [
            {
                "due": one.day.isoformat(),
                "checked": one.checked.isoformat() if one.checked else None,
                "kind": one.thing.value,
                "owner": one.owner,
                "teams": known.get(one.owner, "").split(),
                "path": one.path,
            }
            for one in found
        ]
        print(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for name, group in by_owner(found).items():
        print(f"{name}{' ' + known[name] if name in known else ''}: {len(group)}")
        for one in group:
            when = f"checked {one.checked}" if one.checked else "never checked"
            print(f"  {one.day}  {when:<18}  {one.path}")
        print()
    overdue = sum(one.day <= read.today for one in found)
    print(f"{len(found)} to check, {overdue} of them now")


def _named(words: str | None, owners: Mapping[str, str]) -> set[str]:
    """Owners (name -> teams) with `words` in their name or their teams' names; exits 2 when there is none."""
    said = (words or "").strip().casefold()
    found = {name for name, team in owners.items() if said in name.casefold() or said in team.casefold()}
    if not found:
        fail(f"--owner {words}: no owner has these words; the owners stand in knowledge/owners.yaml")
    return found


def _day(text: str | None) -> date | None:
    """A day from the command line; exits 2 for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--before {text}: not a day; write year-month-day, for example 2027-01-31")
