from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.simulator import TelegramServer

Api = Callable[..., Awaitable[Any]]


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(telegram: TelegramServer, http: aiohttp.ClientSession) -> Api:
    """A JSON call: the result, or the refusal's description."""

    async def call(method: str, **params: Any) -> Any:
        async with http.post(f"{telegram.url}/bot{telegram.token}/{method}", json=params) as answer:
            body = await answer.json()
            assert body["ok"] is (answer.status == 200)
            assert body.get("error_code", 200) == answer.status
            return body["result"] if body["ok"] else body["description"]

    return call


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    bot = Bot(telegram.token, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url), timeout=5))
    yield bot
    await bot.session.close()
