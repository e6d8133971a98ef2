"""Long polling: asks for updates, has them committed, and only then confirms them with the next request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError

from bot.storage.engine import Database, DatabaseError
from bot.telegram.calling import call
from bot.telegram.intake import Intake

log = structlog.get_logger(__name__)

KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
WAIT_SECONDS = 25
LONGEST_PAUSE = 30.0
FULL_PAUSE = 1.0


async def poll(bot: Bot, intake: Intake, database: Database, stop: asyncio.Event) -> None:
    """Polls until `stop` while this process leads: Telegram answers one poller only.

    Errors are waited out; a refused token (TelegramUnauthorizedError) is raised.
    """
    offset: int | None = None
    pause = 0.5
    await database.until_leading(stop)
    with suppress(AiogramError):  # left over from a time with WEBHOOK_URL; without it getUpdates is refused
        await _until(stop, call(bot, "deleteWebhook", "{}", 10))
    while await database.until_leading(stop):
        try:
            if await intake.full():
                await _rest(stop, FULL_PAUSE)
                continue
            wanted: dict[str, Any] = {"offset": offset} if offset is not None else {}
            wanted |= {"timeout": WAIT_SECONDS, "allowed_updates": KINDS}
            updates = await _until(stop, call(bot, "getUpdates", json.dumps(wanted), WAIT_SECONDS + 10))
            if updates:
                await intake.receive(updates)
                offset = int(updates[-1]["update_id"]) + 1
            pause = 0.5
        except TelegramUnauthorizedError:
            raise
        except TelegramRetryAfter as error:
            await _rest(stop, error.retry_after)
        except (AiogramError, DatabaseError, OSError) as error:
            if isinstance(error, TelegramConflictError):
                log.warning("another process polls with this token, or a webhook is set")
            log.warning("no updates", error=type(error).__name__, pause=pause)
            await _rest(stop, pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    if offset is not None:
        with suppress(AiogramError):  # confirms what is committed; otherwise it only comes again
            await call(bot, "getUpdates", json.dumps({"offset": offset, "timeout": 0, "limit": 1}), 2)


async def _until(stop: asyncio.Event, request: Awaitable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The request's answer, or nothing as soon as `stop` is set: a shutdown does not wait for a long poll."""
    asked = asyncio.ensure_future(request)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({asked, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return await asked if asked.done() else []
    finally:
        stopped.cancel()
        asked.cancel()


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
