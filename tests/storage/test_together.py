"""Several processes on one PostgreSQL database; each `Database` here is what a process has."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest

import bot.storage.postgres as postgres_engine
from bot.domain.resident import Resident
from bot.storage.engine import Database, DatabaseError
from bot.storage.inbox import Received
from tests.postgres import Postgres

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


@pytest.fixture
async def other(database: Database, url: str) -> AsyncIterator[Database]:
    opened = await Database.open(url)
    yield opened
    await opened.close()


async def take_in(database: Database, *updates: tuple[int, int]) -> None:
    async with database.write(beside=True) as unit:
        await unit.inbox.add([Received(number, chat, "{}", 0.0) for number, chat in updates])


async def test_a_conversation_is_handled_by_one_process_at_a_time(database: Database, other: Database) -> None:
    await take_in(database, (1, 7), (2, 8))
    async with database.write(beside=True) as unit:
        assert [one.update_id for one in await unit.inbox.pending(1)] == [1]
        await take_in(other, (3, 7))
        async with other.write(beside=True) as beside:
            assert [one.update_id for one in await beside.inbox.pending(9)] == [2], "neither 1 nor what follows it"
        unit.inbox.done(1)
    async with other.write(beside=True) as beside:
        assert [one.update_id for one in await beside.inbox.pending(9)] == [2, 3]


async def test_every_update_is_handled_once_and_each_conversation_in_its_order(
    database: Database, other: Database
) -> None:
    """Two processes with four workers take what two others take in."""
    handled: list[tuple[int, int]] = []
    wanted = [(number, number % 13 + 1) for number in range(400)]

    async def work(process: Database) -> None:
        while len(handled) < len(wanted):
            async with process.write(beside=True) as unit:
                taken = await unit.inbox.pending(5)
                await asyncio.sleep(0.001)
                for one in taken:
                    unit.inbox.done(one.update_id)
            # Committed in the order of each conversation: nobody else could take its next update before.
            handled.extend((one.chat, one.update_id) for one in taken)

    async def arrive(process: Database, numbers: range) -> None:
        for number in numbers:
            await take_in(process, wanted[number])

    async with asyncio.timeout(60):
        await asyncio.gather(
            *(work(process) for process in (database, database, other, other)),
            arrive(database, range(0, 400, 2)),
            arrive(other, range(1, 400, 2)),
        )
    assert sorted(number for _, number in handled) == list(range(400))


async def test_units_beside_each_other_run_at_the_same_time(database: Database, other: Database) -> None:
    async with asyncio.timeout(5), database.write(beside=True), other.write(beside=True), database.write(beside=True):
        pass


async def test_a_unit_that_is_alone_waits_for_the_others_and_they_for_it(database: Database, other: Database) -> None:
    order = []

    async def alone() -> None:
        async with other.write() as unit:
            order.append("alone begins")
            unit.residents.put(Resident(1, misses=(await unit.residents.get(1)).misses + 1))
            await asyncio.sleep(0.05)
            order.append("alone ends")

    async with database.write(beside=True) as unit:
        waiting = asyncio.create_task(alone())
        await asyncio.sleep(0.2)
        unit.residents.put(Resident(1, misses=1))
        order.append("beside ends")
    await asyncio.sleep(0.01)
    async with database.write(beside=True) as unit:
        order.append("the next one")
        assert (await unit.residents.get(1)).misses == 2, "no change is lost"
    await waiting
    assert order == ["beside ends", "alone begins", "alone ends", "the next one"]


class Listening:
    """A process at its line: what it hears, and whether it leads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.heard: list[str] = []
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(database.attend(self.heard.append, self.stop))

    async def hang_up(self) -> None:
        self.stop.set()
        await self.task


@contextlib.asynccontextmanager
async def listening(*databases: Database) -> AsyncIterator[list[Listening]]:
    lines = [Listening(database) for database in databases]
    yield lines
    for line in lines:
        await line.hang_up()


async def until(what: asyncio.Event, seconds: float) -> None:
    await asyncio.wait_for(what.wait(), seconds)


async def eventually(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while True:
            if holds():
                return
            await asyncio.sleep(0.01)


async def test_one_process_leads_and_another_takes_over(database: Database, other: Database) -> None:
    async with listening(database, other) as (first, second):
        await asyncio.wait(
            [asyncio.ensure_future(one.leading.wait()) for one in (database, other)],
            timeout=5,
            return_when=asyncio.FIRST_COMPLETED,
        )
        assert database.leading.is_set() != other.leading.is_set()
        leader, follower = (first, second) if database.leading.is_set() else (second, first)
        await asyncio.sleep(1)
        assert not follower.database.leading.is_set()
        await leader.hang_up()
        assert not leader.database.leading.is_set()
        await until(follower.database.leading, 5)


async def test_who_leads_hears_what_the_others_queue(database: Database, other: Database) -> None:
    async with listening(database) as (line,):
        await until(database.leading, 5)
        line.heard.clear()
        async with other.write(beside=True) as unit:
            unit.outbox.add(1, "sendMessage", {})
        await eventually(lambda: line.heard == ["outbox"])


async def test_a_restart_of_the_server_is_outlived(database: Database, url: str, postgres: Postgres) -> None:
    if not postgres.ours:
        pytest.skip("a restart is left out: the given server is not ours to stop")
    async with listening(database) as (line,):
        await until(database.leading, 5)
        await asyncio.to_thread(postgres.stop)
        await eventually(lambda: not database.leading.is_set())
        with pytest.raises(DatabaseError):
            async with database.write():
                raise AssertionError("there is no server")
        line.heard.clear()
        await asyncio.to_thread(postgres.start)
        await until(database.leading, 10)
        assert "" in line.heard, "much may have been written meanwhile"
        await take_in(database, (1, 1))


async def test_what_one_process_migrates_the_other_waits_for(postgres: Postgres, url: str) -> None:
    opened = await asyncio.gather(*(Database.open(url) for _ in range(4)))
    assert postgres.query(url, "select count(*) from alembic_version") == [("1",)]
    for one in opened:
        await one.close()


async def test_a_server_that_does_not_answer_is_out_of_reach(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the update that is being handled, which would be parked for it."""
    monkeypatch.setattr(postgres_engine, "COMMAND_SECONDS", 0.3)
    impatient = await Database.open(url)
    async with database.write():
        with pytest.raises(DatabaseError):
            async with impatient.write():
                raise AssertionError("somebody else is alone in the database")
    async with impatient.write() as unit:
        await unit.inbox.add([])
    await impatient.close()
