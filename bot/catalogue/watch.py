"""Reloads the data when a file changes; what is done with it is the caller's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from watchfiles import awatch

if TYPE_CHECKING:
    from bot.catalogue.loader import Loaded

DEBOUNCE_MS = 400
"""An editor's save, or an upload of many files, is one change when it goes quiet for a moment."""


def _today() -> date:
    """The day in Helsinki."""
    return datetime.now(ZoneInfo("Europe/Helsinki")).date()


async def watch(
    intents: Path,
    knowledge: Path,
    on_change: Callable[[Loaded], Awaitable[None]],
    *,
    stop: asyncio.Event,
    today: Callable[[], date] = _today,
) -> None:
    """Calls `on_change` with every new reading, clean or not, until `stop` is set; loads in a thread.

    Raises FileNotFoundError when a folder is not there at the start.
    """
    from bot.catalogue.loader import load

    last = ""
    async for _ in awatch(intents, knowledge, stop_event=stop, debounce=DEBOUNCE_MS):
        loaded = await asyncio.to_thread(load, intents, knowledge, today=today())
        # A touched file or an editor's backup changes no data.
        if loaded.hash != last:
            last = loaded.hash
            await on_change(loaded)
