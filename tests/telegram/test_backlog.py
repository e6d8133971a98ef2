"""A flood beyond what can be handled stays with Telegram: the inbox has a limit, and nothing is lost over it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from aiohttp import web

from bot.simulator.server import TelegramServer
from bot.storage.engine import Database
from bot.telegram.client import client
from bot.telegram.intake import RECOUNT_SECONDS, Intake
from bot.telegram.poller import poll
from bot.telegram.webhook import SECRET_HEADER, application

from .test_webhook import free_port

LIMIT = 120


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db")
    yield opened
    await opened.close()


async def waiting(database: Database) -> list[int]:
    """The updates that no worker has handled: none runs here."""
    async with database.write() as unit:
        return [one.update_id for one in await unit.inbox.pending(100_000)]


async def handle(database: Database, updates: list[int]) -> None:
    async with database.write() as unit:
        for update in updates:
            unit.inbox.done(update)


def update(number: int) -> dict[str, Any]:
    sent = {"message_id": 9, "date": 1, "chat": {"id": number, "type": "private"}, "text": "hello"}
    return {"update_id": number, "message": sent | {"from": {"id": number, "is_bot": False, "first_name": "A"}}}


async def test_the_webhook_answers_503_until_there_is_room(database: Database) -> None:
    runner = web.AppRunner(application(Intake(database, asyncio.Event(), LIMIT), "/telegram", "s3cret_-"))
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        async with aiohttp.ClientSession(headers={SECRET_HEADER: "s3cret_-"}) as telegram:

            async def deliver(number: int) -> int:
                async with telegram.post(f"http://127.0.0.1:{port}/telegram", json=update(number)) as answer:
                    return answer.status

            with structlog.testing.capture_logs() as logged:
                assert {await deliver(number) for number in range(1, LIMIT + 1)} == {200}
                refused = [await deliver(LIMIT + number) for number in range(1, 20)]
                await asyncio.sleep(RECOUNT_SECONDS)
                refused += [await deliver(LIMIT + number) for number in range(1, 20)]
            assert set(refused) == {503}
            assert len(await waiting(database)) == LIMIT
            assert [one["event"] for one in logged] == ["the inbox is full; Telegram keeps further updates"], "once"
            async with telegram.post(f"http://127.0.0.1:{port}/telegram", headers={SECRET_HEADER: "x"}) as answer:
                assert answer.status == 403, "strangers do not learn of it"
            await handle(database, (await waiting(database))[:1])
            await asyncio.sleep(RECOUNT_SECONDS)
            assert [await deliver(LIMIT + 1), await deliver(LIMIT + 2)] == [200, 503]
            assert len(await waiting(database)) == LIMIT
    finally:
        await runner.cleanup()


async def test_the_poller_leaves_at_telegram_what_has_no_room(server: TelegramServer, database: Database) -> None:
    people = [server.person(number) for number in range(1, 401)]
    for person in people:
        server.send_text(person, "hello")
    bot, stop = client(server.token, server.url), asyncio.Event()
    task = asyncio.create_task(poll(bot, Intake(database, asyncio.Event(), LIMIT), database, stop))
    try:
        await server.next_call("getUpdates")
        await asyncio.sleep(2 * RECOUNT_SECONDS)
        first = await waiting(database)
        assert LIMIT <= len(first) < LIMIT + 100, "Telegram gives at most 100 at a time"
        asked = len(server.requests("getUpdates"))
        await asyncio.sleep(2 * RECOUNT_SECONDS)
        assert len(server.requests("getUpdates")) == asked, "nothing is asked for while there is no room"
        taken: list[int] = []
        async with asyncio.timeout(30):
            while len(taken) < len(people):
                some = await waiting(database)
                assert len(some) < LIMIT + 100
                await handle(database, some)
                taken += some
                await asyncio.sleep(0.1)
        assert len(set(taken)) == len(people), "each came once"
    finally:
        stop.set()
        await task
        await bot.session.close()


async def test_a_flood_over_the_limit_is_answered_in_the_end(server: TelegramServer, running: Any) -> None:
    people = [server.person(number, language_code="en") for number in range(1, 351)]
    for person in people:
        server.send_text(person, "how do I get a tax card")
    async with running(server, intake_backlog=100) as bot:
        for person in people:
            await server.wait_for(lambda person=person: server.messages(person)[1:], 60)
        await bot.drained(60)
        assert bot.sql("select count(distinct chat), count(*) from exchanges") == [(350, 350)]
