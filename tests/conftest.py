import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from bot.advice import converse
from bot.conversation.conversation import Conversation
from bot.settings import Settings
from tests.postgres import MissingError, Postgres, server

# Machines are noisy: a slow moment is no fault of an example.
hypothesis.settings.register_profile(
    "neuvoja", deadline=None, print_blob=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("neuvoja")

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("NEUVOJA_TEST_DATA", ROOT))
"""Folder of intents/ and knowledge/; another one spares building its model while the repository's own data changes."""


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """What a test sets up for the logs ends with it: a handler that writes to what is closed would spoil later ones."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def data_settings() -> Settings:
    """The repository's own data, its model cached between test runs."""
    return Settings(
        _env_file=None,
        neuvoja_intents=DATA / "intents",
        neuvoja_knowledge=DATA / "knowledge",
        neuvoja_cache=ROOT / "var" / "models",
    )


@pytest.fixture(scope="session")
def talk(data_settings: Settings) -> Conversation:
    return converse(data_settings)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL; what needs it is left out, and says so, where there is none."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(server())
        except MissingError as missing:
            pytest.skip(str(missing))
        yield started
