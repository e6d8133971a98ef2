"""The webhook: Telegram calls us; an update is confirmed with 200 only after it is committed."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiohttp import web

from bot.storage.engine import Database, DatabaseError
from bot.telegram.access import Access
from bot.telegram.intake import Intake
from bot.telegram.poller import KINDS

log = structlog.get_logger(__name__)

BODY_LIMIT = 256 * 1024
"""Bytes of a webhook body; Telegram's own updates stay far below."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
FORWARDED_HEADER = "X-Forwarded-For"

EVERYBODY = Access()


def application(intake: Intake, path: str, secret: str, access: Access = EVERYBODY) -> web.Application:
    """A web application that takes Telegram's updates at `path`; elsewhere 404, a wrong secret or network 403."""
    quiet_until = 0.0

    async def receive(request: web.Request) -> web.Response:
        nonlocal quiet_until
        if not access.allows(request.remote, request.headers.getall(FORWARDED_HEADER, [])):
            if time.monotonic() >= quiet_until:  # a stranger cannot fill the log
                quiet_until = time.monotonic() + 60
                log.warning("webhook called from outside WEBHOOK_NETWORKS")
            return web.Response(status=403)
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            if await intake.full():
                return web.Response(status=503)
        except DatabaseError:
            return web.Response(status=503)
        try:
            update = json.loads((await request.read()).decode())
        except (ValueError, RecursionError, web.RequestPayloadError):
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
    """The public `url` that Telegram calls with the secret, the (host, port) to listen on, and who may call."""

    url: str
    secret: str
    listen: tuple[str, int]
    access: Access = EVERYBODY


async def serve(bot: Bot, intake: Intake, hook: Hook, database: Database, stop: asyncio.Event) -> None:
    """Listens and serves until `stop`; while this process leads, it tells Telegram the url."""
    app = application(intake, urlsplit(hook.url).path or "/", hook.secret, hook.access)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *hook.listen).start()
        except OSError as error:
            raise ListenError(str(error)) from error
        if await database.until_leading(stop):
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
