"""Everything around the bot misbehaves: Telegram, the database, the network, the clock, the disk."""

import asyncio
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.server import TelegramServer
from tests.faults import invariants
from tests.faults.conftest import ADMIN
from tests.faults.crowd import Crowd
from tests.faults.lives import replicas
from tests.faults.reading import of_file, of_server
from tests.faults.region import installed, region
from tests.faults.test_killed import live
from tests.faults.town import Town
from tests.postgres import Postgres

OUT_OF_REACH = frozenset({"database out of reach"})
balanced = pytest.mark.skipif(
    not installed(), reason="replicas are left out: there is no load balancer (Debian's nginx-light)"
)


async def proven(town: Town, crowd: Crowd, moments: list[tuple[float, float]]) -> None:
    """Nothing is lost; what is doubled has its reason."""
    await invariants.consistent(town)
    await invariants.delivered(town)
    await invariants.answered(crowd, town.sql)
    doubled = invariants.doubled_only_by(moments, town.server)
    questions, tickets = sum(crowd.asked.values()), sum(town.opened.values())
    print(f"{questions} questions, {tickets} tickets, {len(town.server.calls)} calls, {doubled} doubled")


@pytest.mark.faults(seconds=15)
async def test_telegram_misbehaves(
    server: TelegramServer, on_file: dict[str, str], tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    town, crowd = Town(server, of_file(tmp_path / "neuvoja.db"), chance), Crowd(server)

    async def trouble(_talking: object) -> None:
        until = server.world.loop_time() + seconds
        while server.world.loop_time() < until:
            kind: Any = chance.choice(["429", "429", "500", "502", "hang", "drop-before", "drop-after"])
            method = chance.choice([None, "sendMessage", "sendMessage", "copyMessage", "createForumTopic"])
            server.fault(kind, method=method, times=chance.randint(1, 3), seconds=chance.random() * 2)
            await asyncio.sleep(chance.random() * 0.7)
        server.clear_faults()

    async with replicas(tmp_path, on_file) as lives:
        await lives[0].begin()
        await live(town, crowd, trouble, people=(4, 2), rate=10)
        assert await lives[0].end() == 0
    invariants.quiet(one.log for one in lives)
    await proven(town, crowd, [])


@balanced
@pytest.mark.faults(seconds=20)
async def test_the_database_is_restarted_and_connections_are_cut(
    server: TelegramServer,
    on_server: dict[str, str],
    postgres: Postgres,
    tmp_path: Path,
    chance: random.Random,
    seconds: float,
) -> None:
    if not postgres.ours:
        pytest.skip("restarts are left out: the given server is not ours to stop")
    sql = of_server(on_server["DATABASE_URL"])
    town, crowd = Town(server, sql, chance), Crowd(server)
    moments = []

    async def trouble(_talking: object) -> None:
        until = server.world.loop_time() + seconds
        while server.world.loop_time() < until:
            await asyncio.sleep(2 + 4 * chance.random())
            begun = server.world.clock()
            if chance.random() < 0.5:
                await asyncio.to_thread(postgres.stop, chance.choice(["fast", "immediate"]))
                await asyncio.sleep(chance.random())
                await asyncio.to_thread(postgres.start)
            else:
                others = "pid <> pg_backend_pid() and application_name = 'neuvoja' and random() < 0.5"
                await sql(f"select pg_terminate_backend(pid) from pg_stat_activity where {others}")
            # Until both have their connections back, and one leads.
            await asyncio.sleep(3)
            moments.append((begun, server.world.clock()))

    async with region(server, on_server, tmp_path) as there:
        await live(town, crowd, trouble, people=(4, 2), rate=10)
        for one in there.lives:
            assert await one.end() == 0
    assert len(moments) >= 2
    invariants.quiet(there.logs, but=OUT_OF_REACH)
    await proven(town, crowd, moments)


@balanced
@pytest.mark.faults(seconds=10)
async def test_deliveries_are_doubled_and_an_update_is_poisoned(
    server: TelegramServer, on_server: dict[str, str], tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    sql = of_server(on_server["DATABASE_URL"])
    town, crowd = Town(server, sql, chance), Crowd(server)
    victim = server.person(77, language_code="en")
    doubled = 0

    async def trouble(_talking: object) -> None:
        nonlocal doubled
        until = server.world.loop_time() + seconds
        # As a version before might have stored it: this one cannot read it.
        await sql("insert into inbox values (5, 77, '{\"update_id\": 5, \"message\": {}}', 'pending', 0, 0, null)")
        server.send_text(victim, "how do I get a tax card")
        seen: set[int] = set()
        while server.world.loop_time() < until:
            await asyncio.sleep(0.1)
            for update in set(server.world.updates._sent) - seen - set(server.pending_updates):
                seen.add(update)
                if chance.random() < 0.1:
                    doubled += 1
                    server.repeat(update)

    async with region(server, on_server, tmp_path) as there:
        await live(town, crowd, trouble, people=(4, 2), rate=10)
        told = [one.text for one in server.messages(victim) if one.from_bot]
        for one in there.lives:
            assert await one.end() == 0
    assert doubled >= 5
    assert any("something went wrong" in text for text in told), "kindly"
    assert any("ax card" in text for text in told), "and what was asked next has its answer"
    assert await sql("select attempts from inbox where state = 'parked'") == [(3,)]
    parked = [call for call in server.requests("sendMessage", chat=ADMIN) if "is parked" in call.params["text"]]
    assert len(parked) == 1, "the admins are told once, whoever parked it"
    await sql("delete from inbox where state = 'parked'")
    invariants.quiet(there.logs, but=frozenset({"parked", "failed"}))
    await proven(town, crowd, [])


def faketime() -> str | None:
    """Debian's libfaketime, which changes what a process is told of the time."""
    return next(map(str, Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)


@pytest.mark.skipif(
    faketime() is None or not os.environ.get("NEUVOJA_FAULT_SECONDS"),
    reason="jumps of the clock are left out: they need Debian's libfaketime, under which a start is slow, and "
    "NEUVOJA_FAULT_SECONDS",
)
@pytest.mark.faults(seconds=10)
async def test_the_clock_jumps(
    server: TelegramServer, on_file: dict[str, str], tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    town, crowd = Town(server, of_file(tmp_path / "neuvoja.db"), chance), Crowd(server)
    offset = tmp_path / "offset"
    offset.write_text("+0")
    faked = {
        "LD_PRELOAD": faketime() or "",
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_CACHE_DURATION": "1",
    }

    async def trouble(_talking: object) -> None:
        until = server.world.loop_time() + seconds
        while server.world.loop_time() < until:
            offset.write_text(chance.choice(["+0", "+1h", "-1h", "+25h", "-25h", "+7d"]))
            await asyncio.sleep(0.5 + 2 * chance.random())
        offset.write_text("+0")

    async with replicas(tmp_path, on_file | faked) as lives:
        await lives[0].begin()
        await live(town, crowd, trouble, people=(4, 2), rate=10)
        assert await lives[0].end() == 0
    invariants.quiet(one.log for one in lives)
    await proven(town, crowd, [])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of twelve megabytes, more than the database and its log will need; only root can make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(folder)]
    if os.getuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("a full disk is left out: this user cannot mount a small one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.faults(seconds=10)
async def test_the_disk_is_full(
    server: TelegramServer,
    on_file: dict[str, str],
    small_disk: Path,
    tmp_path: Path,
    chance: random.Random,
    seconds: float,
) -> None:
    town, crowd = Town(server, of_file(small_disk / "neuvoja.db"), chance), Crowd(server)
    url = f"sqlite+aiosqlite:///{small_disk}/neuvoja.db"
    ballast = small_disk / "ballast"

    async def trouble(_talking: object) -> None:
        until = server.world.loop_time() + seconds
        while server.world.loop_time() < until:
            await asyncio.sleep(2 * chance.random())
            with ballast.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(b"x" * 4096)
            await asyncio.sleep(1 + 2 * chance.random())
            ballast.unlink()

    async with replicas(tmp_path, on_file | {"DATABASE_URL": url}) as lives:
        await lives[0].begin()
        await live(town, crowd, trouble, people=(3, 2), rate=5)
        assert await lives[0].end() == 0
        log = lives[0].log.read_text()
        assert "out of reach" in log or "no updates" in log, "it was full at the right moment"
        invariants.quiet([lives[0].log], but=OUT_OF_REACH)
        await proven(town, crowd, [])
