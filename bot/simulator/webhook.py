"""Pushing updates to the bot's webhook: in order within a chat, retried until taken."""

import asyncio
import contextlib
import time
from typing import Any

import aiohttp

from bot.simulator.bell import Bell
from bot.simulator.updates import Json, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
FIRST_RETRY_SECONDS = 0.2
LONGEST_RETRY_SECONDS = 30.0
TIMEOUT_SECONDS = 60.0


class Webhook:
    """Delivers pending updates by POST; any answer but 2xx, or none, is tried again with growing pauses."""

    def __init__(self, updates: UpdateQueue, bell: Bell, url: str, secret: str, connections: int) -> None:
        self.url = url
        self.connections = connections
        self._updates = updates
        self._bell = bell
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._task: asyncio.Task[None] | None = None
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._error: tuple[int, str] | None = None

    def start(self) -> None:
        """Begins to deliver."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends; what is under way may be delivered again later."""
        tasks = [task for task in (self._task, *self._busy.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def info(self) -> Json:
        """The webhook's part of WebhookInfo."""
        info: Json = {"url": self.url, "max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self._error is not None:
            info |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        return info

    async def _run(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))
        while True:
            self._start_deliveries()
            await self._bell.wait()

    def _start_deliveries(self) -> None:
        waiting = [(update, True) for update in self._updates.repeats]
        waiting += [(update, False) for update in self._updates.pending.values()]
        for update, repeated in waiting:
            if len(self._busy) >= self.connections:
                return
            chat = chat_of(update)
            if chat not in self._busy:
                self._busy[chat] = asyncio.create_task(self._deliver(chat, update, repeated=repeated))

    async def _deliver(self, chat: int, update: Json, *, repeated: bool) -> None:
        pause = FIRST_RETRY_SECONDS
        try:
            while (problem := await self._post(update)) is not None:
                self._error = (int(time.time()), problem)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_RETRY_SECONDS)
            if repeated:
                with contextlib.suppress(ValueError):
                    self._updates.repeats.remove(update)
            else:
                self._updates.pending.pop(update["update_id"], None)
        finally:
            del self._busy[chat]
            self._bell.ring()

    async def _post(self, update: Json) -> str | None:
        assert self._session is not None
        try:
            async with self._session.post(self.url, json=update, headers=self._headers) as answer:
                if 200 <= answer.status < 300:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError as error:
            return f"Connection failed: {type(error).__name__}"


def chat_of(update: Json) -> int:
    """The chat (or user) an update belongs to; 0 for none."""
    for payload in update.values():
        if isinstance(payload, dict):
            return _chat_id(payload)
    return 0


def _chat_id(payload: dict[str, Any]) -> int:
    message = payload.get("message") or payload
    owner = message.get("chat") or payload.get("from") or {"id": 0}
    return int(owner["id"])
