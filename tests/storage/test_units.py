import asyncio

import pytest

from bot.domain.resident import Resident
from bot.storage.engine import Database
from bot.storage.exchanges import Exchange
from bot.storage.inbox import Received


async def test_a_unit_that_raises_writes_nothing(database: Database, sql) -> None:
    async def fail() -> None:
        async with database.write() as unit:
            await unit.inbox.add([Received(1, 1, "{}", 0.0)])
            unit.outbox.add(1, "sendMessage", {"chat_id": 1})
            unit.residents.put(Resident(1, language="fi"))
            unit.exchanges.add(Exchange(1, 0.0, "answer", "fi", None, "tax-card"))
            await unit.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    for table in ("inbox", "outbox", "residents", "exchanges"):
        assert sql(f"select count(*) from {table}") == [(0,)], table
    async with database.write() as unit:
        assert await unit.residents.get(1) == Resident(1), "the next unit is not disturbed"


async def test_a_cancelled_unit_writes_nothing_and_frees_the_writer(database: Database, sql) -> None:
    begun = asyncio.Event()

    async def slow() -> None:
        async with database.write() as unit:
            unit.outbox.add(1, "sendMessage", {})
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(slow())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), database.write() as unit:
        unit.outbox.add(2, "sendMessage", {})
    assert sql("select chat from outbox") == [(2,)]


async def test_writers_of_one_process_follow_each_other(database: Database) -> None:
    async def count() -> None:
        async with database.write() as unit:
            resident = await unit.residents.get(1)
            await asyncio.sleep(0)
            unit.residents.put(Resident(1, misses=resident.misses + 1))

    await asyncio.gather(*(count() for _ in range(50)))
    async with database.write() as unit:
        assert (await unit.residents.get(1)).misses == 50


async def test_two_programs_on_one_file_wait_for_each_other(database: Database, url: str) -> None:
    other = await Database.open(url)

    async def count(writer: Database) -> None:
        for _ in range(20):
            async with writer.write() as unit:
                resident = await unit.residents.get(1)
                await asyncio.sleep(0.001)
                unit.residents.put(Resident(1, misses=resident.misses + 1))

    await asyncio.gather(count(database), count(other))
    async with other.write() as unit:
        assert (await unit.residents.get(1)).misses == 40, "no read of an old value was written back"
    await other.close()


async def test_what_a_repository_collected_is_written_once(database: Database, sql) -> None:
    async with database.write() as unit:
        unit.outbox.add(1, "sendMessage", {})
        unit.exchanges.add(Exchange(1, 0.0, "wish", "fi", None, ""))
        await unit.flush()
        await unit.flush()
    assert sql("select (select count(*) from outbox), (select count(*) from exchanges)") == [(1, 1)]
