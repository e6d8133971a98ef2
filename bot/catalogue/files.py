"""The bytes of every data file, and one hash over them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalogue.problem import Report

LARGEST = 20_000_000
"""Bytes of any data file; the borders are the largest with some 150,000."""

_NOTES = frozenset({".md", ".txt", ".rst"})


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file's bytes; `parts` are the names below the data folder, `path` is how messages show it."""

    folder: str
    parts: tuple[str, ...]
    path: str
    raw: bytes = field(repr=False)


def collect(intents: Path, knowledge: Path, report: Report) -> list[DataFile]:
    """Every data file of both folders in the order of their names; what cannot be read is reported."""
    return [*_below("intents", intents, report), *_below("knowledge", knowledge, report)]


def digest(files: Iterable[DataFile]) -> str:
    """SHA-256 over the names below the data folders and the bytes of `files`."""
    total = hashlib.sha256()
    for file in files:
        name = "/".join((file.folder, *file.parts)).encode("utf-8", "surrogateescape")
        # Lengths keep "ab" + "c" and "a" + "bc" apart.
        total.update(b"%d %d " % (len(name), len(file.raw)))
        total.update(name)
        total.update(file.raw)
    return total.hexdigest()


def is_folder(path: Path) -> bool:
    """False also for a name that no file system takes, and for what may not be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _below(folder: str, root: Path, report: Report) -> list[DataFile]:
    """The data files below `root`; editors' hidden files and notes are left out."""
    if not is_folder(root):
        what = "is not a folder" if os.path.lexists(root) else "there is no such folder"
        report.error(str(root), 1, what, f"name the folder with the {folder} data (--{folder})")
        return []
    found = []
    for place, folders, names in os.walk(root, onerror=lambda error: _unreadable(str(error.filename), error, report)):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith((".", "LICEN")) or path.suffix.lower() in _NOTES:
                continue
            raw = _bytes(path, report)
            if raw is not None:
                found.append(DataFile(folder, path.relative_to(root).parts, str(path), raw))
    return found


def _bytes(path: Path, report: Report) -> bytes | None:
    """The file's bytes, None after a problem."""
    try:
        if not path.is_file():
            report.error(str(path), 1, "is not a regular file", "delete it or put a file in its place")
            return None
        size = path.stat().st_size
        if size > LARGEST:
            report.error(str(path), 1, f"the file has {size} bytes", f"at most {LARGEST} are read")
            return None
        return path.read_bytes()
    except OSError as error:
        _unreadable(str(path), error, report)
        return None


def _unreadable(path: str, error: OSError, report: Report) -> None:
    report.error(path, 1, f"cannot be read: {error.strerror or error}", "check that it exists and its permissions")
