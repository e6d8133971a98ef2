"""Processes are killed again and again, at random moments, while residents and advisors talk and a crowd asks."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.server import TelegramServer
from tests.faults import invariants
from tests.faults.conftest import ADMIN
from tests.faults.crowd import Crowd
from tests.faults.lives import Lives, replicas
from tests.faults.reading import of_file, of_server
from tests.faults.region import installed, region
from tests.faults.town import PATIENCE, Town

SILENT = {"getUpdates", "setMyCommands", "setWebhook", "deleteWebhook"}


async def kill(lives: list[Lives], town: Town, talking: Awaitable[Any], seconds: float) -> list[tuple[float, float]]:
    """Kills one of the processes after the other and begins it again; when each died and when the next was there."""
    server, chance, kills = town.server, town.chance, []
    until = server.world.loop_time() + seconds
    while server.world.loop_time() < until and not asyncio.ensure_future(talking).done():
        # Most times right after a call has been made: between Telegram's answer and the commit.
        if chance.random() < 0.3:
            await asyncio.sleep(1 + chance.random())
        else:
            begun, wanted = len(server.calls), chance.randint(1, 40)
            await server.world.bell.until(lambda begun=begun, wanted=wanted: _made(server, begun) >= wanted, 3)
        victim = chance.choice(lives)
        killed = server.world.clock()
        await victim.kill()
        await victim.begin()
        # What the dead process had written into its connections is read by now.
        kills.append((killed, server.world.clock()))
    return kills


def _made(server: TelegramServer, begun: int) -> int:
    """How many calls of the outbox were made since."""
    return sum(call.method not in SILENT for call in server.calls[begun:])


async def live(
    town: Town,
    crowd: Crowd | None,
    trouble: Callable[[asyncio.Future[Any]], Coroutine[Any, Any, Any]],
    *,
    people: tuple[int, int] = (8, 3),
    rate: float = 20.0,
) -> Any:
    """Lets the town talk and the crowd ask while there is `trouble`, then until everybody is served; its result."""
    server = town.server
    begun = await town.begin(server.person(ADMIN, "Coordinator", "fi"), *people)
    talking = asyncio.gather(*begun)
    enough = asyncio.Event()
    asking = asyncio.create_task(crowd.ask(rate, enough) if crowd else enough.wait())
    try:
        found = await trouble(talking)
    finally:
        town.over = True
        enough.set()
    await asking
    await asyncio.wait_for(talking, PATIENCE)
    if crowd:
        await server.wait_for(lambda: not crowd.unanswered(), PATIENCE)
    await server.settled(quiet=1, timeout=PATIENCE)
    return found


@pytest.mark.faults(seconds=40)
async def test_one_process_on_a_file(
    server: TelegramServer, on_file: dict[str, str], tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    sql = of_file(tmp_path / "neuvoja.db")
    town = Town(server, sql, chance)
    async with replicas(tmp_path, on_file) as lives:
        await lives[0].begin()
        kills = await live(town, None, lambda talking: kill(lives, town, talking, seconds))
        assert await lives[0].end() == 0
    assert len(kills) >= 10, "this machine is too slow to show anything"
    invariants.quiet(one.log for one in lives)
    await invariants.consistent(town)
    await invariants.delivered(town)
    doubled = invariants.doubled_only_by(kills, server)
    print(
        f"killed {len(kills)} times, {sum(town.opened.values())} tickets, {len(server.calls)} calls, {doubled} doubled"
    )


@pytest.mark.skipif(not installed(), reason="replicas are left out: there is no load balancer (Debian's nginx-light)")
@pytest.mark.faults(seconds=120)
async def test_two_replicas_on_postgresql(
    server: TelegramServer, on_server: dict[str, str], tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    sql = of_server(on_server["DATABASE_URL"])
    town, crowd = Town(server, sql, chance), Crowd(server)
    async with region(server, on_server, tmp_path) as there:
        kills = await live(town, crowd, lambda talking: kill(there.lives, town, talking, seconds))
        for one in there.lives:
            assert await one.end() == 0
    assert len(kills) >= seconds / 10, "this machine is too slow to show anything"
    invariants.quiet(there.logs)
    await invariants.consistent(town)
    await invariants.delivered(town)
    await invariants.answered(crowd, sql)
    doubled = invariants.doubled_only_by(kills, server)
    print(
        f"killed {len(kills)} times, {sum(crowd.asked.values())} questions, {sum(town.opened.values())} tickets, "
        f"{len(server.calls)} calls, {doubled} doubled"
    )


@pytest.mark.skipif(not installed(), reason="replicas are left out: there is no load balancer (Debian's nginx-light)")
@pytest.mark.faults(seconds=10)
async def test_replicas_are_replaced_politely_one_by_one(
    server: TelegramServer, on_server: dict[str, str], tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    """As in an upgrade: nothing is lost, and nothing is even said twice."""
    sql = of_server(on_server["DATABASE_URL"])
    town, crowd = Town(server, sql, chance), Crowd(server)

    async with region(server, on_server, tmp_path) as there:

        async def replace(_talking: object) -> None:
            until = server.world.loop_time() + seconds
            while server.world.loop_time() < until:
                for one in there.lives:
                    await asyncio.sleep(3)
                    assert await one.end() == 0
                    await one.begin()

        await live(town, crowd, replace, people=(4, 2), rate=10)
        for one in there.lives:
            assert await one.end() == 0
    invariants.quiet(there.logs)
    await invariants.consistent(town)
    await invariants.delivered(town)
    await invariants.answered(crowd, sql)
    assert invariants.doubled_only_by([], server) == 0
