"""Where the data lies when nobody says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import bot

VARIABLES = {"intents": "NEUVOJA_INTENTS", "knowledge": "NEUVOJA_KNOWLEDGE"}


@dataclass(frozen=True, slots=True)
class DataFolders:
    """Both data folders; they need not exist."""

    intents: Path
    knowledge: Path


def data_folders(
    intents: Path | None = None,
    knowledge: Path | None = None,
    *,
    environment: Mapping[str, str],
    package: Path | None = None,
) -> DataFolders:
    """Each folder by argument, else environment, else the checkout around `package`, else the data inside it.

    `package` is the folder of the package `bot`; a checkout is known by its `pyproject.toml`.
    """
    home = package or Path(bot.__file__).resolve().parent
    return DataFolders(
        _folder("intents", intents, environment, home),
        _folder("knowledge", knowledge, environment, home),
    )


def _folder(name: str, given: Path | None, environment: Mapping[str, str], package: Path) -> Path:
    """One data folder."""
    if given is not None:
        return given
    named = environment.get(VARIABLES[name], "").strip()
    if named:
        return Path(named)
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return package / "data" / name
