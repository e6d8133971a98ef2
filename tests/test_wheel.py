"""The wheel carries its data, and an installation with a shipped model works on a read-only disk."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("neuvoja-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    # -P: the folder that the command is started in is not searched.
    command = [sys.executable, "-P", "-m", "bot", *arguments]
    return subprocess.run(command, cwd=folder, env=known, capture_output=True, text=True, check=False)


def test_the_wheel_has_data_locales_migrations_and_licence(installed: Path) -> None:
    for name in (
        "bot/data/intents/topics.yaml",
        "bot/data/knowledge/services.yaml",
        "bot/data/knowledge/places/borders.geojson",
        "bot/locales/fi.po",
        "bot/storage/migrations/versions/0001_first_tables.py",
    ):
        assert (installed / name).is_file(), name
    assert list(installed.glob("neuvoja-*.dist-info/licenses/LICENSE"))


def test_the_data_of_the_wheel_is_found(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "locate", "Leppävaara", "--json")
    assert '"city": "espoo"' in done.stdout, done.stderr


def test_a_shipped_model_is_used_and_nothing_is_written(
    installed: Path, tmp_path: Path, data_settings: Settings, talk: Conversation
) -> None:
    done = run(
        installed,
        tmp_path,
        "ask",
        "how do I get a tax card",
        "--lang",
        "en",
        NEUVOJA_MODELS=str(data_settings.neuvoja_cache),
        NEUVOJA_CACHE=str(tmp_path / "cache"),
    )
    assert "Tax card" in done.stdout, done.stderr
    assert not list(tmp_path.rglob("matcher-*"))
