"""The webhook: Telegram calls us; an update is confirmed with 200 only after it is committed."""

from __future__ import annotations

import asyncio
import hmac
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiohttp import web

from bot.storage.engine import DatabaseError
from bot.telegram.intake import Intake
from bot.telegram.poller import KINDS

log = structlog.get_logger(__name__)

BODY_LIMIT = 256 * 1024
"""Bytes of a webhook body; Telegram's own updates stay far below."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def application(intake: Intake, path: str, secret: str) -> web.Application:
    """A web application that takes Telegram's updates at `path`; everything else is 404, a wrong secret 403."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
        except (ValueError, UnicodeDecodeError, RecursionError):
            return web.Response(status=400)
        try:
            await intake.receive([update])
        except DatabaseError as error:
            log.error("update not stored", error=type(error).__name__)
            return web.Response(status=503)  # Telegram tries again
        return web.Response()

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post(path, receive)
    return app


class ListenError(Exception):
    """The address to listen on is taken, or is not this machine's."""


@dataclass(frozen=True, slots=True)
class Hook:
    """The public `url` that Telegram calls, the secret it sends along, and the (host, port) to listen on."""

    url: str
    secret: str
    listen: tuple[str, int]


async def serve(bot: Bot, intake: Intake, hook: Hook, stop: asyncio.Event) -> None:
    """Listens, tells Telegram the url, and serves until `stop`."""
    runner = web.AppRunner(application(intake, urlsplit(hook.url).path or "/", hook.secret), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *hook.listen).start()
        except OSError as error:
            raise ListenError(str(error)) from error
        await _announce(bot, hook, stop)
        await stop.wait()
    finally:
        await runner.cleanup()


async def _announce(bot: Bot, hook: Hook, stop: asyncio.Event) -> None:
    pause = 1.0
    while not stop.is_set():
        try:
            await bot.set_webhook(hook.url, secret_token=hook.secret, allowed_updates=KINDS)
        except TelegramUnauthorizedError:
            raise
        except AiogramError as error:
            log.warning("webhook not set", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, 30.0)
        else:
            return
