"""The line: a connection of its own to PostgreSQL, on which a process hears the others and holds the lead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import asyncpg
import structlog

from bot.storage.postgres import CHANNEL, CONNECT_SECONDS, LEADER, SESSION

log = structlog.get_logger(__name__)

EVERY = 0.5
"""Seconds between two looks at whether the lead is free, or still held."""
ANSWER_SECONDS = 2.0
GRACE = 1.0
"""Seconds for the one who led before to write down how its last calls ended."""
TROUBLES = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Line:
    """Kept open until stopped; `leading` is set while this process is the one that leads."""

    def __init__(self, address: str, leading: asyncio.Event) -> None:
        self._address = address
        self._leading = leading

    async def run(self, heard: Callable[[str], None], stop: asyncio.Event) -> None:
        """Calls `heard` with what other processes notify; with "" when anything may have been said unheard."""
        while not stop.is_set():
            try:
                await self._attend(heard, stop)
            except TROUBLES as error:
                log.warning("the line to the database is cut", error=type(error).__name__)
            finally:
                self._leading.clear()
            await _rest(stop, EVERY)

    async def _attend(self, heard: Callable[[str], None], stop: asyncio.Event) -> None:
        connection: Any = await asyncpg.connect(
            self._address, timeout=CONNECT_SECONDS, command_timeout=ANSWER_SECONDS, server_settings=SESSION
        )
        try:
            await connection.add_listener(CHANNEL, lambda *said: heard(str(said[3])))
            heard("")
            since: float | None = None
            while not stop.is_set():
                if since is None:
                    since = time.monotonic() if await self._asks(connection) else None
                else:
                    await connection.fetchval("SELECT 1")
                if since is not None and time.monotonic() >= since + GRACE and not self._leading.is_set():
                    log.info("this process leads")
                    self._leading.set()
                    heard("")
                await _rest(stop, EVERY)
        finally:
            self._leading.clear()
            connection.terminate()

    async def _asks(self, connection: Any) -> bool:
        return bool(await connection.fetchval("SELECT pg_try_advisory_lock($1)", LEADER))


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
