import time

import pytest

from bot.domain.resident import Resident, State, Step
from bot.storage.engine import Database

FULL = Resident(5, "so", "none", State.WITH_ADVISOR, Step.HUMAN_WISH, 2, "tax-card", "sidee baan u helaa [***id***] 🚨")


async def test_a_stranger_has_nothing_set(database: Database) -> None:
    async with database.write() as unit:
        assert await unit.residents.get(-7) == Resident(-7)


async def test_a_resident_comes_back_as_kept(database: Database) -> None:
    async with database.write() as unit:
        unit.residents.put(FULL)
        assert await unit.residents.get(5) is FULL, "seen inside the unit before it is written"
    async with database.write() as unit:
        read = await unit.residents.get(5)
        assert read == FULL
        assert (type(read.state), type(read.step)) == (State, Step)


async def test_many_are_loaded_at_once_and_then_known(database: Database) -> None:
    async with database.write() as unit:
        for chat in range(1, 1200):
            unit.residents.put(Resident(chat, misses=chat))
    async with database.write() as unit:
        await unit.residents.load(range(1, 1300))
        assert (await unit.residents.get(1199)).misses == 1199
        assert await unit.residents.get(1250) == Resident(1250)


async def test_a_change_keeps_the_day_of_the_first_visit(database: Database, sql) -> None:
    before = time.time()
    async with database.write() as unit:
        unit.residents.put(FULL)
    (first,) = sql("select created_at, updated_at, reachable from residents")
    async with database.write() as unit:
        unit.residents.put(Resident(5, "fi"))
    (second,) = sql("select created_at, updated_at, reachable from residents")
    assert before <= first[0] == second[0]
    assert second[1] >= first[1]
    assert sql("select language, city, step, last_question from residents") == [("fi", None, "none", None)]


async def test_a_message_proves_that_a_resident_is_reachable_again(database: Database, sql) -> None:
    async with database.write() as unit:
        unit.residents.put(Resident(5))
    async with database.write() as unit:
        await unit.residents.reachable(5, value=False)
    assert sql("select reachable from residents") == [(0,)]
    async with database.write() as unit:
        unit.residents.put(Resident(5, "fi"))
    assert sql("select reachable from residents") == [(1,)]


async def test_a_block_right_after_a_message_is_not_forgotten(database: Database, sql) -> None:
    """Both updates may be handled in one unit."""
    async with database.write() as unit:
        unit.residents.put(Resident(5))
    async with database.write() as unit:
        unit.residents.put(Resident(5, "fi"))
        await unit.residents.reachable(5, value=False)
    assert sql("select language, reachable from residents") == [("fi", 0)]


@pytest.mark.parametrize("stored", [True, False])
async def test_forgetting_takes_everything(database: Database, sql, *, stored: bool) -> None:
    if stored:
        async with database.write() as unit:
            unit.residents.put(FULL)
    async with database.write() as unit:
        unit.residents.put(FULL)
        await unit.residents.forget(5)
        assert await unit.residents.get(5) == Resident(5)
    assert sql("select * from residents") == []
