"""Owners: each has a team in owners.yaml. Only warnings: residents must not wait for a team."""

from __future__ import annotations

from bot.catalogue.draft import Draft
from bot.catalogue.owners import SHARED, no_team, owned, strangers, teams
from bot.catalogue.problem import Report, shown


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    if draft.owners is None:
        return
    known = teams(draft)
    for one in strangers(draft):
        report.warn(one.path, one.line, *no_team(one.owner, known))
    used = {one.owner for one in owned(draft)} | {SHARED}
    for owner in known:
        if owner not in used:
            what = f"nothing has the owner {shown(owner, 100)}"
            report.warn(*draft.owners.at((owner,)), what, "take the line out, or correct the owner's name")
