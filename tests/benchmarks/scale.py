"""Questions a second, end to end by webhook: one process on SQLite, one and two on PostgreSQL, beside an aiogram echo.

    python -m tests.benchmarks.scale [--questions 1000] [--rounds 3] [--takeovers 5]

All are real processes behind the operators' nginx, both databases durable (synchronous=FULL, fsync=on); the Bot API
server runs in this process. Each contender is flooded in turn, so that a slow moment of the machine meets all of them;
the figures are medians, and what counts are their ratios. Then the sender's process is killed again and again, and
the time until the other one has taken over is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.advice import converse
from bot.domain.resident import Resident
from bot.settings import Settings
from bot.simulator.server import TelegramServer
from bot.storage.engine import Database
from tests.faults.region import Region, region
from tests.postgres import server as postgres_server

ROOT = Path(__file__).parents[2]
ECHO = """
import asyncio, os, sys
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
url, token, port = sys.argv[1:]
dispatcher = Dispatcher()
@dispatcher.message()
async def echo(message):
    await message.answer(message.text)
async def main():
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot).register(app, "/telegram")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/telegram", max_connections=100)
    await asyncio.Event().wait()
try:
    import uvloop; uvloop.run(main())
except ImportError:
    asyncio.run(main())
"""


async def flood(server: TelegramServer, texts: list[str], first: int) -> float:
    """Questions a second when each of as many people asks one at the same moment."""
    people = [server.person(first + number, language_code="en") for number in range(len(texts))]
    answered: set[int] = set()
    feed = server.subscribe()
    waiting = asyncio.create_task(anext(feed))
    await asyncio.sleep(0)
    begun = server.world.loop_time()
    for person, text in zip(people, texts, strict=True):
        server.send_text(person, text)
    async with asyncio.timeout(300):
        while len(answered) < len(people):
            kind, payload = await waiting
            waiting = asyncio.create_task(anext(feed))
            if kind == "call" and payload["method"] == "sendMessage":
                answered.add(int(payload["params"]["chat_id"]))
    waiting.cancel()
    return len(texts) / (server.world.loop_time() - begun)


async def takeovers(server: TelegramServer, there: Region, count: int, first: int) -> list[float]:
    """Sorted seconds from the death of the process that sends to the next message that is sent, by the other."""
    took = []
    for number in range(count):
        for one in there.lives:
            # One of them sends; which, only its death tells: the first message after it is late, or it is not.
            before = server.world.loop_time()
            await one.kill()
            person = server.person(first + number * 2 + there.lives.index(one), language_code="en")
            server.send_text(person, "how do I get a tax card")
            await server.next_message(person, timeout=60)
            took.append(server.world.loop_time() - before)
            await one.begin()
            await asyncio.sleep(5)
    return sorted(took)


@asynccontextmanager
async def contender(stack: AsyncExitStack, settings: dict[str, str], url: str, count: int, known: int):
    """A region on the database at `url`, whose first `known` residents have a language and a city."""
    database = await Database.open(url)
    async with database.write() as unit:
        for number in range(1, known + 1):
            unit.residents.put(Resident(number, language="en", city="espoo"))
    await database.close()
    server = await stack.enter_async_context(TelegramServer(keep_messages=20_000, keep_calls=5_000))
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    given = settings | {"BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, "DATABASE_URL": url}
    async with region(server, given, folder, count=count) as there:
        yield server, there


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--questions", type=int, default=1000, help="in each flood")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--takeovers", type=int, default=5)
    chosen = options.parse_args()
    settings = Settings(_env_file=None, neuvoja_cache=ROOT / "var" / "models")
    talk = converse(settings)
    examples = [text for language, text, _ in talk.catalogue.examples() if language == "en"]
    draw = random.Random(1)
    known = chosen.questions * chosen.rounds
    environment = {
        "SEND_PER_SECOND": "1000",
        "NEUVOJA_CACHE": str(settings.neuvoja_cache),
        "LOG_LEVEL": "ERROR",
        "NEUVOJA_INTENTS": str(ROOT / "intents"),
        "NEUVOJA_KNOWLEDGE": str(ROOT / "knowledge"),
    }
    names = ("one on SQLite", "one on PostgreSQL", "two on PostgreSQL")
    async with AsyncExitStack() as stack:
        postgres = stack.enter_context(postgres_server(fsync=True))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        urls = (f"sqlite+aiosqlite:///{folder}/neuvoja.db", postgres.fresh(), postgres.fresh())
        there = [
            await stack.enter_async_context(contender(stack, environment, url, count, known))
            for url, count in zip(urls, (1, 1, 2), strict=True)
        ]
        echo = await stack.enter_async_context(TelegramServer(keep_messages=20_000, keep_calls=5_000))
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", ECHO, echo.url, echo.token, "18099")
        await echo.next_call("setWebhook", timeout=30)
        await asyncio.sleep(5)  # what the bots load behind their start
        servers = [*(server for server, _ in there), echo]
        rates: list[list[float]] = [[] for _ in servers]
        for number in range(chosen.rounds):
            texts = draw.choices(examples, k=chosen.questions)
            for place, server in enumerate(servers):
                rates[place].append(await flood(server, texts, 1 + number * chosen.questions))
        late = await takeovers(*there[2], chosen.takeovers, known + 1)
        process.kill()
        await process.wait()
    medians = [statistics.median(one) for one in rates]
    print(f"cores: {os.cpu_count()}, of which this process, with Telegram's server, takes up to one")
    for name, median, all_rates in zip((*names, "aiogram echo"), medians, rates, strict=True):
        share = median / medians[3]
        print(f"{name:20} {median:6.0f} a second {[round(rate) for rate in all_rates]}, {share:.2f} of the echo")
    print(f"two on PostgreSQL to one: {medians[2] / medians[1]:.2f} (goal: 1.6 where cores allow)")
    print(f"after the death of a process the next message took, median and worst, of {len(late)}:", end=" ")
    print(f"{statistics.median(late):.1f} and {late[-1]:.1f} s (goal: 5)")


if __name__ == "__main__":
    asyncio.run(main())
