"""How fast the bot is, end to end over loopback with durability on, beside a trivial aiogram echo in the same run.

    python tests/benchmarks/speed.py [--questions 1000] [--rounds 3] [--rate 50] [--seconds 20]

The Bot API servers run in this process on one core; the bot and the echo, each in a process of its own, on another.
They are flooded in turns, so that a slow moment of the machine meets both; the ratio is that of the medians. Then the
bot is asked at an even rate and every answer is timed. The bot's database is a SQLite file with synchronous=FULL.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from bot.advice import converse
from bot.domain.resident import Resident
from bot.settings import Settings
from bot.simulator.server import TelegramServer
from bot.storage.engine import Database

ROOT = Path(__file__).parent.parent.parent
ECHO = """
import asyncio, sys
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
dispatcher = Dispatcher()
@dispatcher.message()
async def echo(message):
    await message.answer(message.text)
async def main():
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    await dispatcher.start_polling(Bot(sys.argv[2], session=session), handle_signals=False)
try:
    import uvloop; uvloop.run(main())
except ImportError:
    asyncio.run(main())
"""
TWO_CORES = hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    pinned = ["taskset", "-c", "0"] if TWO_CORES else []
    return subprocess.Popen([*pinned, sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


async def ready(server: TelegramServer) -> None:
    await server.wait_for(lambda: server.requests("getUpdates"), 60)


async def flood(server: TelegramServer, texts: list[str], offset: int) -> float:
    """Questions a second when each of as many people asks one at the same moment."""
    people = [server.person(offset + number, language_code="en") for number in range(len(texts))]
    answered: set[int] = set()
    feed = server.subscribe()
    waiting = asyncio.create_task(anext(feed))
    await asyncio.sleep(0)
    begun = time.perf_counter()
    for person, text in zip(people, texts, strict=True):
        server.send_text(person, text)
    async with asyncio.timeout(300):
        while len(answered) < len(people):
            kind, payload = await waiting
            waiting = asyncio.create_task(anext(feed))
            if kind == "call" and payload["method"] == "sendMessage":
                answered.add(int(payload["params"]["chat_id"]))
    waiting.cancel()
    return len(texts) / (time.perf_counter() - begun)


async def paced(server: TelegramServer, texts: list[str], rate: float, offset: int) -> list[float]:
    """Sorted milliseconds from question to answer at an even rate."""
    sent: dict[int, float] = {}
    took: dict[int, float] = {}

    async def listen() -> None:
        async for kind, payload in server.subscribe():
            if kind == "call" and payload["method"] == "sendMessage":
                chat = int(payload["params"]["chat_id"])
                took.setdefault(chat, (time.perf_counter() - sent[chat]) * 1000)

    listener = asyncio.create_task(listen())
    await asyncio.sleep(0)
    begun = time.perf_counter()
    for number, text in enumerate(texts):
        await asyncio.sleep(max(0, begun + number / rate - time.perf_counter()))
        person = server.person(offset + number, language_code="en")
        sent[person.id] = time.perf_counter()
        server.send_text(person, text)
    await server.wait_for(lambda: len(took) == len(texts), 30)
    listener.cancel()
    with suppress(asyncio.CancelledError):
        await listener
    return sorted(took.values())


def timed(match: Callable[[str], object], texts: list[str]) -> list[float]:
    """Sorted microseconds of each query."""
    took = []
    for text in texts:
        begun = time.perf_counter()
        match(text)
        took.append((time.perf_counter() - begun) * 1e6)
    return sorted(took)


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--questions", type=int, default=1000, help="in each flood")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--rate", type=float, default=50, help="questions a second when paced")
    options.add_argument("--seconds", type=float, default=20)
    chosen = options.parse_args()
    settings = Settings(_env_file=None, neuvoja_cache=ROOT / "var" / "models")
    talk = converse(settings)
    examples = [text for language, text, _ in talk.catalogue.examples() if language == "en"]
    draw = random.Random(1)
    queries = timed(talk.guide.matcher.match, draw.choices(examples, k=2000))
    evenly = int(chosen.rate * chosen.seconds)
    total = chosen.questions * chosen.rounds + evenly
    if TWO_CORES:
        os.sched_setaffinity(0, {1})
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/neuvoja.db"
        database = await Database.open(url)
        async with database.write() as unit:
            for number in range(1, total + 1):
                unit.residents.put(Resident(number, language="en", city="espoo"))
        await database.close()
        async with TelegramServer(keep_messages=20_000) as server, TelegramServer(keep_messages=20_000) as other:
            environment = os.environ | {
                "BOT_TOKEN": server.token,
                "TELEGRAM_API_URL": server.url,
                "DATABASE_URL": url,
                "SEND_PER_SECOND": "1000",
                "NEUVOJA_CACHE": str(settings.neuvoja_cache),
                "NEUVOJA_HEARTBEAT": f"{folder}/heartbeat",
                "LOG_LEVEL": "ERROR",
            }
            begun = time.perf_counter()
            bot = start(["-m", "bot", "run"], environment)
            await ready(server)
            started = time.perf_counter() - begun
            echo = start(["-c", ECHO, other.url, other.token], dict(os.environ))
            await ready(other)
            await asyncio.sleep(3)  # what the bot loads behind its start
            bot_rates, echo_rates = [], []
            for number in range(chosen.rounds):
                texts = draw.choices(examples, k=chosen.questions)
                bot_rates.append(await flood(server, texts, 1 + number * chosen.questions))
                echo_rates.append(await flood(other, texts, 1 + number * chosen.questions))
            latencies = await paced(
                server, draw.choices(examples, k=evenly), chosen.rate, 1 + chosen.rounds * chosen.questions
            )
            memory, echo_memory = memory_mb(bot), memory_mb(echo)
            bot.terminate()
            echo.kill()
            await asyncio.to_thread(bot.wait, 30)
            await asyncio.to_thread(echo.wait, 30)
        with closing(sqlite3.connect(f"{folder}/neuvoja.db")) as connection:
            kept = connection.execute("select count(*), count(distinct chat) from exchanges").fetchone()
    rate, echo_rate = statistics.median(bot_rates), statistics.median(echo_rates)
    p99 = latencies[int(len(latencies) * 0.99)]
    median = statistics.median(latencies)
    print(f"start to first getUpdates, cached model   {started:6.2f} s (goal: under 2)")
    print(
        f"flooded: questions a second, durable      {rate:6.0f}   (goal: at least 200) {[round(r) for r in bot_rates]}"
    )
    print(f"flooded: aiogram echo, messages a second  {echo_rate:6.0f}   {[round(r) for r in echo_rates]}")
    print(f"ratio to the echo                         {rate / echo_rate:6.2f}   (goal: at least 0.33)")
    print(f"at {chosen.rate:g}/s: median and p99              {median:6.1f} and {p99:.1f} ms (goal: p99 under 100)")
    mean, late = statistics.mean(queries), queries[int(len(queries) * 0.99)]
    print(f"one query of the matcher: mean and p99    {mean:6.0f} and {late:.0f} µs (goal: 1000 and 3000)")
    print(f"memory: bot and echo                      {memory:6.0f} and {echo_memory:.0f} MB (goal: bot under 250)")
    print(f"asked and kept                            {total:6d} and {kept[0]} of {kept[1]} people")


if __name__ == "__main__":
    asyncio.run(main())
