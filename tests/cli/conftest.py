"""The command line inside this process, on the repository's data and the model that is cached already."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.conversation.conversation import Conversation
from bot.settings import Settings

Neuvoja = Callable[..., Any]


@pytest.fixture
def neuvoja(talk: Conversation, data_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Neuvoja:
    """Runs `neuvoja ...` in an empty folder; a traceback fails the test. `talk` has built the model."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("NEUVOJA_CACHE", str(data_settings.neuvoja_cache))

    def run(*arguments: str, said: str = "") -> Any:
        result = CliRunner().invoke(cli, arguments, input=said)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"neuvoja {arguments} ended with a traceback") from result.exception
        return result

    return run
