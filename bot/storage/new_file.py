"""New SQLite files: written beside their name, which they take when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.address import Address, TransferError

LEFT_BESIDE = ("-wal", "-shm", "-journal")
"""SQLite's own files; one left from a file that is gone would be taken for the new one's, and spoil it."""
PRAGMAS = ("journal_mode=DELETE", "synchronous=FULL")
"""One file with nothing beside it, on the disk before it takes its name."""


def check_free(path: Path) -> None:
    """TransferError when the file is there, or its folder is not."""
    if path.exists() or path.is_symlink():
        raise TransferError(f"{path} is there already; it is not overwritten")
    for ending in LEFT_BESIDE:
        left = path.with_name(path.name + ending)
        if left.exists():
            raise TransferError(f"{left} is left from a database that is gone; move it away")


@asynccontextmanager
async def new_file(path: Path) -> AsyncIterator[AsyncConnection]:
    """A transaction in a file that only its owner reads; at `path` after the block, nowhere when that raises."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)  # mode 0600
    os.close(handle)
    part = Path(name)
    try:
        async with Address.of_file(part).opened("BEGIN IMMEDIATE", PRAGMAS) as engine, engine.begin() as connection:
            yield connection
        _rename(part, path)
    finally:
        for left in (part, *(part.with_name(part.name + ending) for ending in LEFT_BESIDE)):
            left.unlink(missing_ok=True)


def _rename(part: Path, path: Path) -> None:
    check_free(path)
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else a power cut may take the name away
    finally:
        os.close(folder)
