"""How fast the bot is, end to end over loopback with durability on, beside a trivial aiogram echo in the same run.

    python tests/benchmarks/speed.py [--questions 2000] [--rate 50] [--seconds 20]

The Bot API server runs in this process on one core, the bot (then the echo) in its own process on another. Both are
flooded with the same questions of as many residents; then the bot is asked at an even rate and every answer is timed.
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
from pathlib import Path

from bot.advice import converse
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


def pinned(core: int) -> list[str]:
    """A prefix that keeps a command on one core, where the system can."""
    return ["taskset", "-c", str(core)] if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1 else []


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*pinned(0), sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )


async def seed(url: str, people: int) -> None:
    """Residents who have chosen language and city, so that a question gives one answer."""
    from bot.domain.resident import Resident

    database = await Database.open(url)
    async with database.write() as unit:
        for number in range(1, people + 1):
            unit.residents.put(Resident(number, language="en", city="espoo"))
    await database.close()


def questions(settings: Settings, count: int) -> list[str]:
    talk = converse(settings)
    texts = [text for language, text, intent in talk.catalogue.examples() if language == "en"]
    return random.Random(1).choices(texts, k=count)


async def flood(server: TelegramServer, texts: list[str], offset: int) -> float:
    """Questions a second when all come at once; one answer each is waited for."""
    people = [server.person(offset + number, language_code="en") for number in range(1, len(texts) + 1)]
    begun = time.perf_counter()
    for person, text in zip(people, texts, strict=True):
        server.send_text(person, text)
    wanted = {person.id for person in people}

    def all_answered() -> bool:
        chats = {call.chat_id for call in server.world.calls.calls if call.method == "sendMessage" and call.ok}
        return wanted <= chats

    while not all_answered():
        await asyncio.sleep(0.02)
        if time.perf_counter() - begun > 300:
            raise TimeoutError("not all questions were answered within 300 s")
    return len(texts) / (time.perf_counter() - begun)


async def paced(server: TelegramServer, texts: list[str], rate: float, offset: int) -> list[float]:
    """Milliseconds from question to answer at an even rate."""
    sent: dict[int, float] = {}
    took: dict[int, float] = {}

    async def listen() -> None:
        async for kind, payload in server.subscribe():
            if kind == "message":
                message = payload.get("message", payload)
                chat = message["chat"]["id"]
                if message["from"]["is_bot"] and chat in sent:
                    took.setdefault(chat, (time.perf_counter() - sent[chat]) * 1000)

    listener = asyncio.create_task(listen())
    await asyncio.sleep(0)
    begun = time.perf_counter()
    for number, text in enumerate(texts):
        await asyncio.sleep(max(0, begun + number / rate - time.perf_counter()))
        person = server.person(offset + number, language_code="en")
        sent[person.id] = time.perf_counter()
        server.send_text(person, text)
    deadline = time.perf_counter() + 20
    while len(took) < len(texts) and time.perf_counter() < deadline:
        await asyncio.sleep(0.05)
    listener.cancel()
    if len(took) < len(texts):
        raise TimeoutError(f"{len(texts) - len(took)} questions were not answered")
    return list(took.values())


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--questions", type=int, default=2000)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--seconds", type=float, default=20)
    chosen = options.parse_args()
    settings = Settings(_env_file=None, neuvoja_cache=ROOT / "var" / "models")
    texts = questions(settings, chosen.questions)
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {1})
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/neuvoja.db"
        spaced = int(chosen.rate * chosen.seconds)
        await seed(url, chosen.questions + spaced + 10)
        async with TelegramServer(keep_messages=20_000) as server:
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
            while not server.requests("getUpdates"):
                await asyncio.sleep(0.01)
            ready = time.perf_counter() - begun
            bot_rate = await flood(server, texts, 0)
            latencies = sorted(
                await paced(server, texts[:spaced] * (spaced // len(texts) + 1), chosen.rate, chosen.questions + 1)
                if spaced <= len(texts)
                else await paced(server, random.Random(2).choices(texts, k=spaced), chosen.rate, chosen.questions + 1)
            )
            memory = memory_mb(bot)
            bot.terminate()
            await asyncio.to_thread(bot.wait, 30)
        answered = sqlite3.connect(f"{folder}/neuvoja.db").execute("select count(*) from exchanges").fetchone()[0]
        async with TelegramServer(keep_messages=20_000) as server:
            echo = start(["-c", ECHO, server.url, server.token], dict(os.environ))
            while not server.requests("getUpdates"):
                await asyncio.sleep(0.01)
            echo_rate = await flood(server, texts, 0)
            echo_memory = memory_mb(echo)
            echo.kill()
            await asyncio.to_thread(echo.wait, 30)
    p99 = latencies[int(len(latencies) * 0.99)]
    print(f"start to first getUpdates, cached model     {ready:8.2f} s      (goal under 2)")
    print(f"questions a second, flooded, durable        {bot_rate:8.0f}        (goal at least 200)")
    print(f"aiogram echo, the same flood                {echo_rate:8.0f}        ratio {bot_rate / echo_rate:.2f} (goal 0.33)")
    print(f"at {chosen.rate:g}/s: median / p99                     {statistics.median(latencies):8.1f} / {p99:.1f} ms (goal p99 under 100)")
    print(f"memory of the bot / of the echo             {memory:8.0f} / {echo_memory:.0f} MB (goal under 250)")
    print(f"questions in the database                   {answered:8d} of {chosen.questions + spaced}")


if __name__ == "__main__":
    asyncio.run(main())
