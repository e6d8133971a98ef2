"""Faults last as long as asked: NEUVOJA_FAULT_SECONDS of each kind (1800 is the half hour), else a short while."""

import os
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.simulator.server import TelegramServer
from tests.postgres import Postgres

ADMIN = 900


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> float:
    """How long the faults go on: as asked, else the test's own short time."""
    marker = request.node.get_closest_marker("faults")
    return float(os.environ.get("NEUVOJA_FAULT_SECONDS") or marker.kwargs["seconds"])


@pytest.fixture
def chance() -> random.Random:
    """Random, and told, so that a run can be had again."""
    seed = int(os.environ.get("NEUVOJA_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"NEUVOJA_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def environment(server: TelegramServer, data_settings: Settings, talk: object) -> dict[str, str]:
    """What every process of the bot is given; `talk` has built the model."""
    return {
        "BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "ADMIN_IDS": str(ADMIN),
        "NEUVOJA_INTENTS": str(data_settings.neuvoja_intents),
        "NEUVOJA_KNOWLEDGE": str(data_settings.neuvoja_knowledge),
        "NEUVOJA_CACHE": str(data_settings.neuvoja_cache),
        "SEND_PER_SECOND": "1000",
        "SEND_PER_MINUTE_GROUP": "60000",
        "FLOOD_PER_MINUTE": "100000",
    }


@pytest.fixture
def on_file(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """One process on a SQLite file."""
    url = f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db"
    return environment | {"DATABASE_URL": url, "NEUVOJA_HEARTBEAT": str(tmp_path / "heartbeat")}


@pytest.fixture
def on_server(environment: dict[str, str], postgres: Postgres) -> Any:
    """Replicas on a PostgreSQL database."""
    url = postgres.fresh()
    yield environment | {"DATABASE_URL": url}
    postgres.drop(url)
