"""Catalogues that were found clean, kept as they are in memory: a start reads one file instead of some thousand.

The kept file is named after the data and the code that read it, so that a change of either makes a new one; it lies in
the cache folder that the bot writes itself, beside the matching models.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from contextlib import suppress
from functools import cache
from pathlib import Path

import bot
from bot.domain.catalogue import Catalogue

KEPT = 3
"""Files that stay: today's and two before it."""


def kept(folder: Path, data: str) -> Catalogue | None:
    """The catalogue of the data with this hash; None when it is not kept, or not by this code."""
    return _read(folder / _name(data))


def newest(folder: Path) -> Catalogue | None:
    """The catalogue that was used last; None when none is kept by this code."""
    for path in _all(folder):
        if path.name.endswith(_code()) and (found := _read(path)):
            return found
    return None


def keep(folder: Path, catalogue: Catalogue) -> None:
    """Keeps a clean catalogue as the one used last; a folder that cannot be written makes starts slower, no more."""
    path = folder / _name(catalogue.hash)
    with suppress(OSError):
        if path.is_file():
            os.utime(path)
            return
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}-{os.getpid()}")
        fresh.write_bytes(pickle.dumps(catalogue, protocol=pickle.HIGHEST_PROTOCOL))
        fresh.replace(path)
        for old in _all(folder)[KEPT:]:
            old.unlink(missing_ok=True)


def _read(path: Path) -> Catalogue | None:
    try:
        found = pickle.loads(path.read_bytes())  # noqa: S301 - written by `keep`, as trustworthy as the code beside it
    except (OSError, EOFError, ValueError, AttributeError, ImportError, IndexError, TypeError, pickle.PickleError):
        return None
    return found if isinstance(found, Catalogue) else None


def _all(folder: Path) -> list[Path]:
    """Every kept file, the one used last first."""
    return sorted(folder.glob("catalogue-*"), key=lambda path: path.stat().st_mtime, reverse=True)


def _name(data: str) -> str:
    return f"catalogue-{data[:20]}-{_code()}"


@cache
def _code() -> str:
    """A digest of the code that reads data and of the values that it makes."""
    home = Path(bot.__file__).parent
    sources = sorted([*(home / "catalogue").rglob("*.py"), *(home / "domain").glob("*.py")])
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:12]
