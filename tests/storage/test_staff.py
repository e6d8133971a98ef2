import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.ticket import Advisor, Desk
from bot.storage.audit import Act
from bot.storage.engine import Database
from bot.storage.staff import Ban, SetNotice

ESPOO = Desk("espoo", -5, "en", names=True, goal_minutes=45, hours="Mo-Fr 09:00-15:00; PH off")


async def test_a_desk_comes_back_as_it_was_linked(database: Database) -> None:
    async with database.write() as unit:
        assert await unit.staff.desks() == {}
        await unit.staff.link(ESPOO)
        await unit.staff.link(Desk("vantaa", -6))
        assert await unit.staff.desks() == {"espoo": ESPOO, "vantaa": Desk("vantaa", -6)}


async def test_a_city_has_one_group_and_a_group_one_city(database: Database) -> None:
    async with database.write() as unit:
        await unit.staff.link(ESPOO)
        await unit.staff.link(Desk("vantaa", -6))
        await unit.staff.link(replace(ESPOO, chat=-7))
        assert {desk.chat for desk in (await unit.staff.desks()).values()} == {-6, -7}
        await unit.staff.link(Desk("helsinki", -6))
        assert set(await unit.staff.desks()) == {"espoo", "helsinki"}
        await unit.staff.move(-7, -100)
        await unit.staff.unlink(-6)
        assert await unit.staff.desks() == {"espoo": replace(ESPOO, chat=-100)}


async def test_a_person_can_work_at_two_desks(database: Database) -> None:
    async with database.write() as unit:
        await unit.staff.know(Advisor(2**40, "vantaa", "Maria"))
        await unit.staff.know(Advisor(2**40, "espoo", "Maria", ("so", "housing")))
        await unit.staff.know(Advisor(2**40, "espoo", "Marja", ("ar",)))
        assert await unit.staff.advisor(2**40, "espoo") == Advisor(2**40, "espoo", "Marja", ("ar",))
        assert await unit.staff.advisor(2**40, "vantaa") == Advisor(2**40, "vantaa", "Maria", ())
        assert await unit.staff.advisor(1, "espoo") is None
        assert [one.city for one in await unit.staff.advisors()] == ["espoo", "vantaa"]


async def test_a_ban_ends_by_itself_or_by_hand(database: Database, sql) -> None:
    async with database.write() as unit:
        await unit.staff.ban(Ban(1, "threats", 50.0, 7))
        await unit.staff.ban(Ban(1, "more threats", 100.0, 7))
        await unit.staff.ban(Ban(2, "spam", 60.0, 7))
        assert await unit.staff.banned(1, 99.0) == Ban(1, "more threats", 100.0, 7)
        assert await unit.staff.banned(1, 100.0) is None
        assert await unit.staff.banned(3, 0.0) is None
        assert await unit.staff.forget_bans(61.0) == 1
        assert await unit.staff.unban(1)
        assert not await unit.staff.unban(1)
    assert sql("select * from bans") == []


async def test_a_point_has_one_notice(database: Database) -> None:
    async with database.write() as unit:
        await unit.staff.notice(SetNotice("b-point", "closed", None, 7))
        await unit.staff.notice(SetNotice("a-point", "moved", "2026-12-31", 7))
        await unit.staff.notice(SetNotice("b-point", "closed today", "2026-12-01", 8))
        assert await unit.staff.notices() == [
            SetNotice("a-point", "moved", "2026-12-31", 7),
            SetNotice("b-point", "closed today", "2026-12-01", 8),
        ]
        assert await unit.staff.clear_notice("a-point")
        assert not await unit.staff.clear_notice("a-point")


async def test_the_log_is_read_by_ticket(database: Database) -> None:
    async with database.write() as unit:
        await unit.audit.add("taken", actor=7, ticket=1)
        await unit.audit.add("taken", actor=8, ticket=2)
        await unit.audit.add("moved", actor=7, ticket=1, detail="espoo > vantaa" + "x" * 500)
        await unit.audit.add("desk linked", actor=9, detail="espoo")
        first, second = await unit.audit.of(1)
    assert first == Act(first.at, 7, "taken", 1, "")
    assert (second.act, len(second.detail)) == ("moved", 200)


CHANGES = (
    "update audit set actor = 1",
    "update audit set detail = '' where id = 2",
    "delete from audit",
    "delete from audit where id = 1",
)
SQLITES = (
    "insert or replace into audit (id, at, act, detail) values (1, 0, 'x', '')",
    "insert into audit (id, at, act, detail) values (2, 0, 'x', '')",
)
POSTGRESQLS = ("truncate audit", "with gone as (delete from audit returning id) select * from gone")


@pytest.mark.parametrize(
    ("url", "statement"),
    [
        *(("sqlite", statement) for statement in (*CHANGES, *SQLITES)),
        *(("postgresql", statement) for statement in (*CHANGES, *POSTGRESQLS)),
    ],
    indirect=["url"],
)
async def test_the_database_refuses_to_change_the_log(database: Database, path, url, sql, statement: str) -> None:
    async with database.write() as unit:
        for number in (1, 2):
            await unit.audit.add("taken", actor=7, ticket=number)
    before = sql("select * from audit order by id")
    with pytest.raises(SQLAlchemyError, match="append-only"):
        async with database.write() as unit:
            await unit.connection.exec_driver_sql(statement)
    if url.startswith("sqlite"):
        operator = closing(sqlite3.connect(path, timeout=10))
        with operator as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    else:
        with pytest.raises(subprocess.CalledProcessError) as refused:
            sql(statement)
        assert "append-only" in refused.value.stderr
    assert sql("select * from audit order by id") == before
    async with database.write() as unit:
        await unit.audit.add("released", actor=7, ticket=1)
    assert sql("select count(*) from audit") == [(3,)]
