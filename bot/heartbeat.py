"""The sign of life: a file that the running bot touches; `python -m bot.heartbeat` exits 0 while it is fresh."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

EVERY = 10.0
STALE = 45.0
"""Seconds after which silence counts as death."""


def file() -> Path:
    """Where the sign is kept: NEUVOJA_HEARTBEAT, else var/heartbeat."""
    return Path(os.environ.get("NEUVOJA_HEARTBEAT", "var/heartbeat"))


async def beat(alive: Callable[[], bool], stop: asyncio.Event, path: Path | None = None) -> None:
    """Touches the file every 10 seconds while `alive()`, until `stop`."""
    target = path or file()
    while not stop.is_set():
        if alive():
            await asyncio.to_thread(_touch, target)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY)


def fresh(path: Path, now: float) -> bool:
    """True when the file was touched less than 45 seconds before `now` (Unix seconds)."""
    return path.exists() and now - path.stat().st_mtime < STALE


def _touch(path: Path) -> None:
    with suppress(OSError):  # a full disk must not stop the bot; the missing sign says it
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


if __name__ == "__main__":
    sys.exit(0 if fresh(file(), time.time()) else 1)
