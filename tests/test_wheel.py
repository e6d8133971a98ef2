"""The wheel carries its data, and an installation with a shipped model writes nothing but into its own folder."""

import asyncio
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.settings import Settings
from bot.simulator.server import TelegramServer

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


WATCHED = """
import os, sys

LOG = os.open(os.environ["WRITTEN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
CHANGES = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "sqlite3.connect", "shutil.move"}

def watch(event, given):
    writes = event == "open" and (given[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if (writes and isinstance(given[0], (str, bytes))) or event in CHANGES:
        paths = [os.fsdecode(one) for one in given[:2] if isinstance(one, (str, bytes))]
        paths = paths[: 2 if event in {"os.rename", "os.link"} else 1]
        os.write(LOG, "".join(os.path.abspath(path) + "\\n" for path in paths).encode())

sys.addaudithook(watch)
"""
"""Python's own record of every path that the bot and the processes it starts open for writing, make or rename."""


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(one): (one.lstat().st_size, one.lstat().st_mtime_ns) for one in folder.rglob("*")}


async def test_the_running_bot_writes_only_into_its_own_folder(
    installed: Path, tmp_path: Path, data_settings: Settings, talk: Conversation
) -> None:
    own, elsewhere, hook = tmp_path / "own", tmp_path / "elsewhere", tmp_path / "hook"
    for folder in (own, elsewhere, hook):
        folder.mkdir()
    (hook / "sitecustomize.py").write_text(WATCHED, "utf-8")
    elsewhere.chmod(0o555)  # where it starts and is at home; whoever runs this as root is told by the trees
    before = tree(installed)  # not the cache of models, which other tests use meanwhile
    async with TelegramServer() as server:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(elsewhere),
            "TMPDIR": str(elsewhere),
            "PYTHONPATH": f"{hook}:{installed}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "WRITTEN": str(hook / "written"),
            "BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "ADMIN_IDS": "900",
            # As the Dockerfile sets them:
            "NEUVOJA_MODELS": str(data_settings.neuvoja_cache),
            "NEUVOJA_CACHE": str(own / "models"),
            "NEUVOJA_HEARTBEAT": str(own / "heartbeat"),
            "DATABASE_URL": f"sqlite+aiosqlite:///{own}/neuvoja.db",
            "NEUVOJA_INTENTS": str(data_settings.neuvoja_intents),
            "NEUVOJA_KNOWLEDGE": str(data_settings.neuvoja_knowledge),
        }
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "bot", "run", cwd=elsewhere, env=environment, stderr=asyncio.subprocess.PIPE
        )
        try:
            admin, resident = server.person(900, "Coordinator", "en"), server.person(1, language_code="en")
            group = server.supergroup("Desk", forum=True, owner=admin, members=(admin,))
            server.send_text(admin, "/desk espoo", chat=group)
            server.send_photo(resident, "what is this")
            server.send_text(resident, "how do I get a tax card")
            await server.next_message(resident, containing="ax card", timeout=60)
            server.send_text(resident, "/mydata")
            await server.next_call("sendDocument", timeout=60)
        finally:
            running.send_signal(signal.SIGTERM)
            _, said = await asyncio.wait_for(running.communicate(), 30)
    assert running.returncode == 0, said.decode()
    written = set((hook / "written").read_text("utf-8").splitlines())
    outside = {path for path in written - {str(own), os.devnull} if not path.startswith(f"{own}/")}
    assert not outside
    assert {str(own / "neuvoja.db"), str(own / "heartbeat")} <= written, "the record sees what is written"
    assert list(elsewhere.iterdir()) == []
    assert tree(installed) == before
