"""A switch is a row, in one transaction with what follows from it."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.engine import Database
from bot.storage.switches import HUMAN_ONLY, Turned


async def test_who_turned_it_first_stays_noted_until_it_is_off(database: Database, sql) -> None:
    async with database.write() as unit:
        assert await unit.switches.on(HUMAN_ONLY) is None
        assert not await unit.switches.set(HUMAN_ONLY, on=False, at=1.0, actor=7)
        assert await unit.switches.set(HUMAN_ONLY, on=True, at=2.5, actor=2**40)
        assert not await unit.switches.set(HUMAN_ONLY, on=True, at=3.5, actor=8)
    async with database.write() as unit:
        assert await unit.switches.on(HUMAN_ONLY) == Turned(2.5, 2**40)
        assert await unit.switches.on("another") is None
        assert await unit.switches.set("another", on=True, at=4.0, actor=None)
        assert await unit.switches.on("another") == Turned(4.0, None)
    assert sql("select name, at, actor from switches order by at") == [
        (HUMAN_ONLY, 2.5, 2**40),
        ("another", 4.0, None),
    ]
    async with database.write() as unit:
        assert await unit.switches.set(HUMAN_ONLY, on=False, at=5.0, actor=7)
        assert not await unit.switches.set(HUMAN_ONLY, on=False, at=6.0, actor=7)
        assert await unit.switches.on(HUMAN_ONLY) is None
    assert sql("select name from switches") == [("another",)]


async def test_what_is_rolled_back_was_never_on(database: Database, sql) -> None:
    async def turn_and_fail() -> None:
        async with database.write() as unit:
            assert await unit.switches.set(HUMAN_ONLY, on=True, at=1.0, actor=7)
            await unit.connection.execute(text("select nothing from nowhere"))

    with pytest.raises(SQLAlchemyError):
        await turn_and_fail()
    assert sql("select * from switches") == []


async def test_of_two_admins_at_the_same_time_one_turns_it(database: Database, sql) -> None:
    async def turn(actor: int) -> bool:
        async with database.write(beside=True) as unit:
            turned = await unit.switches.set(HUMAN_ONLY, on=True, at=float(actor), actor=actor)
            await asyncio.sleep(0.1)
            return turned

    turned = await asyncio.gather(*(turn(actor) for actor in (1, 2, 3)))
    assert sorted(turned) == [False, False, True]
    assert sql("select actor from switches") == [(turned.index(True) + 1,)]
