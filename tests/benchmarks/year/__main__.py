"""A year of a region in the database, and how long the bot's work takes on it.

    python -m tests.benchmarks.year [--questions 2000000] [--tickets 60000] [--engine sqlite|postgresql|both] [--render]

Fills a database with the year, runs the bot's own code on it, and writes `tests/benchmarks/year.md`. What was measured
is kept beside the models under var/, so that one engine can be measured again. A smaller year (--questions 20000
--tickets 600) is for trying: it is printed and not written. SQLite has no statistics (ANALYZE), since the bot makes
none; PostgreSQL has those that its autovacuum makes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import text

from bot.advice import converse
from bot.app import App
from bot.conversation.conversation import Conversation
from bot.settings import Settings
from bot.storage.engine import Database
from bot.telegram.client import client
from bot.telegram.current import Current
from tests.benchmarks.year.acts import Acts, rounded
from tests.benchmarks.year.filling import fill
from tests.benchmarks.year.page import rendered
from tests.benchmarks.year.plans import explaining
from tests.benchmarks.year.region import Region
from tests.benchmarks.year.sizes import counts, sizes
from tests.postgres import server

ROOT = Path(__file__).resolve().parents[3]
PAGE = Path(__file__).resolve().parent.parent / "year.md"
ENGINES = ("sqlite", "postgresql")
FULL = (2_000_000, 60_000)
WAITING = 200


@contextmanager
def empty(engine: str) -> Iterator[str]:
    """The address of a database that lasts as long as the block."""
    if engine == "postgresql":
        with server(fsync=True) as postgres:
            made = postgres.fresh()
            try:
                yield made
            finally:
                postgres.drop(made)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite+aiosqlite:///{folder}/neuvoja.db"


def settings(**given: Any) -> Settings:
    """The repository's own data, or those that the tests use."""
    data = Path(os.environ.get("NEUVOJA_TEST_DATA", ROOT))
    return Settings(
        _env_file=None,
        neuvoja_intents=data / "intents",
        neuvoja_knowledge=data / "knowledge",
        neuvoja_cache=ROOT / "var" / "models",
        **given,
    )


async def measure(url: str, region: Region, conversation: Conversation) -> dict[str, Any]:
    """Everything about one engine."""
    begun = time.perf_counter()
    await fill(url, region, WAITING)
    filled = time.perf_counter() - begun
    bot = client("1:none", "http://127.0.0.1:9")  # nothing that is timed calls Telegram
    database = await Database.open(url)
    current = Current(conversation)
    app = App(settings(database_url=url, flood_per_minute=100_000), bot, database, current)
    try:
        rows, before = await counts(database), await sizes(database)
        with explaining(database, rows) as plans:
            acts = Acts(app, database, current, region)
            await acts.run()
        await tidy(database)
        after = await sizes(database)
        async with database.write() as unit:
            version = str(
                await unit.connection.scalar(
                    text("SHOW server_version" if database.shared else "SELECT sqlite_version()")
                )
            )
    finally:
        await database.close()
        await bot.session.close()
    return {
        "version": version.split(maxsplit=1)[0],
        "day": datetime.now(ZoneInfo("Europe/Helsinki")).date().isoformat(),
        "size": [region.questions, region.tickets],
        "rows": rows,
        "filled": round(filled),
        "timings": [asdict(rounded(timing)) for timing in acts.timings],
        "plans": [asdict(plan) for plan in plans],
        "before": before,
        "after": after,
    }


async def tidy(database: Database) -> None:
    """What autovacuum would have done by then; SQLite has nothing of the kind."""
    if database.shared:
        async with database._engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("VACUUM"))


def main() -> None:
    """Measures the wanted engines, then writes or prints the page."""
    parser = argparse.ArgumentParser("tests.benchmarks.year", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--questions", type=int, default=FULL[0])
    parser.add_argument("--tickets", type=int, default=FULL[1])
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--render", action="store_true", help="measure nothing, write the page from what is kept")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    full = (given.questions, given.tickets) == FULL
    store = ROOT / "var" / ("year.json" if full else "year-part.json")
    kept: dict[str, Any] = json.loads(store.read_text(encoding="utf-8")) if store.exists() and full else {}
    if not given.render:
        _measure(given, kept, store)
    page = rendered(kept)
    if full:
        PAGE.write_text(page, encoding="utf-8")
    print(page)


def _measure(given: argparse.Namespace, kept: dict[str, Any], store: Path) -> None:
    """Each wanted engine, kept as soon as it is there."""
    conversation = converse(settings())
    intents = conversation.catalogue.intents
    texts = [text for _, text, _ in conversation.catalogue.examples()]
    # Messages are longer than examples: one to three of them.
    texts = [" ".join(texts[one : one + 1 + one % 3]) for one in range(0, len(texts) - 3, 2)]
    for engine in ENGINES if given.engine == "both" else (given.engine,):
        with empty(engine) as url:
            region = Region(given.questions, given.tickets, texts, sorted(intents), time.time())
            kept[engine] = asyncio.run(measure(url, region, conversation))
        store.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
