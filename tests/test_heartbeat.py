import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import heartbeat

ROOT = Path(__file__).parent.parent


async def beat_briefly(path: Path, *, alive: bool) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(heartbeat.beat(lambda: alive, stop, path))
    await asyncio.sleep(0.1)
    stop.set()
    await asyncio.wait_for(task, 2)


async def test_the_sign_is_made_at_once_and_its_folder_too(tmp_path: Path) -> None:
    path = tmp_path / "var" / "heartbeat"
    await beat_briefly(path, alive=True)
    assert heartbeat.fresh(path, time.time())


async def test_a_dead_part_stops_the_sign(tmp_path: Path) -> None:
    path = tmp_path / "heartbeat"
    await beat_briefly(path, alive=False)
    assert not path.exists()


async def test_it_goes_on_beating(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "EVERY", 0.02)
    path, stop = tmp_path / "heartbeat", asyncio.Event()
    task = asyncio.create_task(heartbeat.beat(lambda: True, stop, path))
    await asyncio.sleep(0.1)
    os.utime(path, (0, 0))
    await asyncio.sleep(0.2)
    assert heartbeat.fresh(path, time.time())
    stop.set()
    await task


async def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    await beat_briefly(tmp_path / "file" / "heartbeat", alive=True)


def test_silence_of_45_seconds_is_death(tmp_path: Path) -> None:
    path = tmp_path / "heartbeat"
    assert not heartbeat.fresh(path, time.time())
    path.touch()
    os.utime(path, (1000.0, 1000.0))
    assert heartbeat.fresh(path, 1044.0)
    assert not heartbeat.fresh(path, 1046.0)


def test_the_file_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEUVOJA_HEARTBEAT", "here/it/is")
    assert heartbeat.file() == Path("here/it/is")
    monkeypatch.delenv("NEUVOJA_HEARTBEAT")
    assert heartbeat.file() == Path("var/heartbeat")


@pytest.mark.parametrize(("age", "code"), [(0, 0), (60, 1), (None, 1)])
def test_the_command_of_the_health_check(tmp_path: Path, age: int | None, code: int) -> None:
    path = tmp_path / "heartbeat"
    if age is not None:
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    environment = {"PATH": os.environ["PATH"], "NEUVOJA_HEARTBEAT": str(path)}
    command = [sys.executable, "-m", "bot.heartbeat"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=20, check=False)
    assert ended.returncode == code
    assert ended.stderr == b""
