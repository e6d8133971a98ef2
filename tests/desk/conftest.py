"""A real SQLite file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.engine import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db")
    yield opened
    await opened.close()
