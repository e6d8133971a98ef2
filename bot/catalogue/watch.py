"""Reloads the data when a file changes; what is done with it is the caller's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from watchfiles import awatch

from bot.catalogue.reloading import Reader, ReadingError

if TYPE_CHECKING:
    from bot.catalogue.loader import Loaded

log = structlog.get_logger(__name__)

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
    ahead: bool = False,
) -> None:
    """Calls `on_change` with every new reading, clean or not, until `stop` is set.

    With `ahead` everything is read once at the start, so that the first edit shows as soon as later ones. Raises
    FileNotFoundError when a folder is not there at the start.
    """
    reader, last = Reader(intents, knowledge), ""
    first = asyncio.create_task(reader.read(today())) if ahead else None
    try:
        async for _ in awatch(intents, knowledge, stop_event=stop, debounce=DEBOUNCE_MS):
            if first:
                await asyncio.wait([first])
            try:
                loaded = await reader.read(today())
            except ReadingError as error:
                log.error("changed data could not be read; the last good one stays", error=str(error))
                continue
            # A touched file or an editor's backup changes no data.
            if loaded.hash != last:
                last = loaded.hash
                await on_change(loaded)
    finally:
        if first:
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
        await reader.close()
