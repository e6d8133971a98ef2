"""The file CODEOWNERS, by which GitHub asks those who answer for a text to review a change of it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from bot.catalogue.draft import Draft
from bot.catalogue.owners import SHARED, Owned, Thing, owned, teams
from bot.catalogue.rules.references import STATE

NAME = "CODEOWNERS"

_HEAD = """\
# Made by `neuvoja owners` from the owners in intents/ and knowledge/ and from knowledge/owners.yaml: do not edit it.
# A later line beats an earlier one; a file that no line of its own names is its folder's.
"""


def codeowners(draft: Draft) -> str:
    """The file's text; every owner must have a team."""
    known = teams(draft)
    lines = [f"/intents/ {known[SHARED]}", f"/knowledge/ {known[SHARED]}"]
    everything = list(owned(draft))
    folders = {"/intents/": known[SHARED], f"/knowledge/points/{STATE}/": known[SHARED]}
    for one in everything:
        if one.thing is Thing.CITY:
            for folder in (one.place, f"/knowledge/points/{one.key[0]}/"):
                folders[folder] = known[one.owner]
                lines.append(f"{folder} {known[one.owner]}")
    lines += sorted(_exceptions(everything, folders, known))
    return _HEAD + "\n".join(lines) + "\n"


def _exceptions(everything: list[Owned], folders: dict[str, str], known: dict[str, str]) -> Iterator[str]:
    """What another team keeps than its folder says."""
    for one in everything:
        above = next((team for folder, team in folders.items() if one.place.startswith(folder)), None)
        if known[one.owner] != above:
            yield f"{one.place} {known[one.owner]}"


def differences(there: str, wanted: str) -> list[str]:
    """The lines to take out (`-`) and to add (`+`)."""
    lines = unified_diff(there.splitlines(), wanted.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
