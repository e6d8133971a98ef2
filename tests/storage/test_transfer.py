"""Copies between the engines: everything arrives, or nothing stays."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import make_url

from bot.domain.ticket import Author, Entry
from bot.storage.address import TransferError
from bot.storage.engine import Database
from bot.storage.snapshot import CHUNK
from bot.storage.tables import HEAD, exchanges
from bot.storage.transfer import back_up, copy, restore
from tests.city import ROWS, TICKET, at, counts, dumped, empty, fill, held, unheard
from tests.postgres import Postgres

from_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
to_sqlite = pytest.mark.parametrize("goal", ["sqlite"], indirect=True)
"""Where the other engine would show nothing new."""


async def test_every_row_arrives_as_it_was(city: Database, url: str, goal: str) -> None:
    sums = await copy(url, goal, unheard)
    gone = {"outbox": 1, "tickets": 1, "topics": 1}
    assert counts(sums) == {name: len(rows) - gone.get(name, 0) for name, rows in ROWS.items()}
    assert await held(goal) == await held(url)


async def test_the_way_to_the_other_engine_and_back_changes_nothing(tmp_path: Path, postgres: Postgres) -> None:
    first, last, between = tmp_path / "first.db", tmp_path / "last.db", postgres.fresh()
    async with at(f"sqlite+aiosqlite:///{first}") as database:
        await fill(database)
    there = await copy(f"sqlite+aiosqlite:///{first}", between, unheard)
    back = await copy(between, f"sqlite+aiosqlite:///{last}", unheard)
    assert [(one.table, one.rows, one.checksum) for one in there] == [
        (one.table, one.rows, one.checksum) for one in back
    ]
    assert dumped(first) == dumped(last)
    assert dict(dumped(last)["given"]) == {"audit": 2, "outbox": 2, "tickets": 3, "topics": 2}
    postgres.drop(between)


@from_sqlite
async def test_checksums_do_not_depend_on_how_a_server_sorts(city: Database, url: str, postgres: Postgres) -> None:
    sorting = postgres.fresh()
    name = f"{sorting.rpartition('/')[2]}_icu"
    postgres.query(sorting, f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'fi'")
    finnish = f"{sorting.rpartition('/')[0]}/{name}"
    plain = await copy(url, sorting, unheard)
    assert await copy(url, finnish, unheard) == plain
    by_word = "SELECT point FROM notices ORDER BY point"
    assert postgres.query(sorting, by_word) != postgres.query(finnish, by_word), "the servers do sort differently"
    for one in (finnish, sorting):
        postgres.drop(one)


@to_sqlite
async def test_more_than_a_chunk_of_rows(database: Database, url: str, goal: str) -> None:
    """Also where a chunk ends exactly at the last row."""
    async with database.write() as unit:
        rows = [
            {"chat": number, "at": float(number), "kind": "answer", "language": "fi", "intents": ""}
            for number in range(2 * CHUNK)
        ]
        await unit.connection.execute(insert(exchanges), rows)
    shares: list[tuple[str, float]] = []
    sums = await copy(url, goal, lambda what, share: shares.append((what, share)))
    assert counts(sums)["exchanges"] == 2 * CHUNK
    assert await held(goal) == await held(url)
    assert shares == [("copying", 0.25), ("copying", 0.5), ("comparing", 0.75), ("comparing", 1.0)]


async def test_a_number_that_was_given_is_not_given_again(city: Database, url: str, goal: str) -> None:
    async with city.write() as unit:
        await unit.connection.exec_driver_sql("delete from tickets")
    await copy(url, goal, unheard)
    async with at(goal) as database, database.write() as unit:
        assert (await unit.tickets.open(**TICKET)).id == len(ROWS["tickets"]) + 1
        assert (await unit.topics.add(1, "espoo", -1, owner=True)).id == len(ROWS["topics"]) + 1
        await unit.entries.add(Entry(1, 1.0, Author.RESIDENT, "in nobody's way"))
        await unit.audit.add("taken", ticket=1)


@from_sqlite
async def test_an_empty_city_is_copied_as_well(database: Database, url: str, goal: str) -> None:
    sums = await copy(url, goal, unheard)
    assert set(counts(sums).values()) == {0}
    async with at(goal) as fresh, fresh.write() as unit:
        assert (await unit.tickets.open(**TICKET)).id == 1


@from_sqlite
async def test_the_copied_audit_log_is_append_only_too(city: Database, url: str, goal: str) -> None:
    await copy(url, goal, unheard)
    async with at(goal) as database:
        for statement in ("delete from audit", "update audit set act = 'x'"):
            with pytest.raises(Exception, match="append-only"):
                async with database.write() as unit:
                    await unit.connection.exec_driver_sql(statement)


@to_sqlite
async def test_a_bot_at_work_waits_while_its_database_is_moved(city: Database, url: str, goal: str) -> None:
    async def write() -> None:
        async with city.write() as unit:
            await unit.tickets.open(**TICKET)

    writers: list[asyncio.Task[None]] = []
    waiting: list[bool] = []

    def hear(what: str, _share: float) -> None:
        if not writers:
            writers.append(asyncio.create_task(write()))
        if what == "comparing":
            waiting.append(not writers[0].done())

    sums = await copy(url, goal, hear)
    assert waiting
    assert all(waiting)
    await asyncio.wait_for(writers[0], 15)
    assert len((await held(url))["tickets"]) == counts(sums)["tickets"] + 1


@to_sqlite
async def test_a_unit_under_way_is_waited_for_and_comes_along(city: Database, url: str, goal: str) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with city.write() as unit:
            await unit.tickets.open(**TICKET)
            begun.set()
            await asyncio.sleep(0.5)

    writer = asyncio.create_task(write())
    await begun.wait()
    sums = await copy(url, goal, unheard)
    assert writer.done()
    assert counts(sums)["tickets"] == len(ROWS["tickets"])


@from_sqlite
async def test_nothing_is_left_of_a_copy_that_is_broken_off(city: Database, url: str, goal: str) -> None:
    def stop(_what: str, share: float) -> None:
        if share > 0.6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await copy(url, goal, stop)
    await empty(goal)
    assert counts(await copy(url, goal, unheard))["audit"] == 2, "the next one goes through"


FUNCTION = "create function spoil() returns trigger language plpgsql as $$ begin {} end $$"
SPOIL = {
    "sqlite": [
        "create trigger spoil after insert on notices begin update notices set text = 'b' where point = 'B'; end"
    ],
    "postgresql": [
        FUNCTION.format("new.text := 'b'; return new;"),
        "create trigger spoil before insert on notices for each row when (new.point = 'B') execute function spoil()",
    ],
}
LOSE = {
    "sqlite": ["create trigger spoil after insert on bans begin delete from bans; end"],
    "postgresql": [
        FUNCTION.format("return null;"),
        "create trigger spoil before insert on bans for each row execute function spoil()",
    ],
}
SHIFT = {
    "sqlite": [
        "create trigger spoil after insert on tickets begin update tickets set opened_at = opened_at + 1e-15; end"
    ],
    "postgresql": [
        FUNCTION.format("new.opened_at := new.opened_at + 1e-15; return new;"),
        "create trigger spoil before insert on tickets for each row execute function spoil()",
    ],
}


@pytest.mark.parametrize(("faults", "table"), [(SPOIL, "notices"), (LOSE, "bans"), (SHIFT, "tickets")])
@from_sqlite
async def test_a_difference_in_the_target_is_noticed_and_nothing_stays(
    city: Database, url: str, goal: str, faults: dict[str, list[str]], table: str
) -> None:
    """A trigger in the target plays the fault: one value, one row, the last digit of a time."""
    async with at(goal) as database, database.write() as unit:
        for statement in faults[make_url(goal).get_backend_name()]:
            await unit.connection.exec_driver_sql(statement)
    with pytest.raises(TransferError, match=rf"{table} reads back otherwise"):
        await copy(url, goal, unheard)
    assert not any((await held(goal)).values())


@from_sqlite
async def test_a_target_with_rows_is_refused_before_anything_is_held(city: Database, url: str, goal: str) -> None:
    async with at(goal) as database, database.write() as unit:
        await unit.audit.add("taken", ticket=1)
    before = await held(goal)
    async with city.write():  # the source's lock is not to be had
        with pytest.raises(TransferError, match=r"holds rows \(audit\)"):
            await asyncio.wait_for(copy(url, goal, unheard), 5)
    assert await held(goal) == before


@from_sqlite
async def test_an_empty_target_that_is_there_is_taken(city: Database, url: str, goal: str) -> None:
    async with at(goal):
        pass
    await copy(url, goal, unheard)
    assert await held(goal) == await held(url)


@to_sqlite
async def test_a_source_of_another_version_is_refused(city: Database, url: str, goal: str, tmp_path: Path) -> None:
    for version, mend in (("0001", "neuvoja run"), ("9999", "ran on it last")):
        async with city.write() as unit:
            await unit.connection.exec_driver_sql(f"update alembic_version set version_num = '{version}'")
        for attempt in (copy(url, goal, unheard), back_up(url, tmp_path / "backup.db", unheard)):
            with pytest.raises(TransferError, match=rf"version {version}, not {HEAD}; .*{mend}"):
                await attempt
        await empty(goal)
        assert not (tmp_path / "backup.db").exists()


@from_sqlite
async def test_a_target_of_a_newer_version_is_refused(city: Database, url: str, goal: str) -> None:
    async with at(goal) as database, database.write() as unit:
        await unit.connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(TransferError, match=r"version 9999"):
        await copy(url, goal, unheard)
    assert not any((await held(goal)).values())


FOREIGN = "create table alembic_version (version_num text); create table customers (id integer)"


@from_sqlite
@to_sqlite
async def test_another_programs_database_is_refused(city: Database, url: str, tmp_path: Path, goal: str) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript(FOREIGN)
    with pytest.raises(TransferError, match=r"no database of Neuvoja"):
        await copy(f"sqlite+aiosqlite:///{other}", goal, unheard)
    await empty(goal)


async def test_a_database_is_not_copied_to_itself(city: Database, url: str) -> None:
    with pytest.raises(TransferError, match=r"the same database"):
        await copy(url, url, unheard)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+asyncpg://bot:hunter2@127.0.0.1:1/neuvoja", r"bot:\*\*\*@127.0.0.1:1/neuvoja: no server answers"),
        ("postgresql+asyncpg://bot:hunter2@127.0.0.1:port/neuvoja", "no address"),
        ("postgresql+asyncpg://bot:hunter2@127.0.0.1", "no address"),
        ("postgresql://bot:hunter2@127.0.0.1/neuvoja", "no address"),
        ("hunter2", "no address"),
        ("sqlite+aiosqlite:///", "no address"),
        ("sqlite+aiosqlite:///:memory:", "SQLite file"),
        ("sqlite+aiosqlite:///file:hunter2?uri=true", "SQLite file"),
        ("sqlite+aiosqlite:////proc/none/neuvoja.db", "there is no such f"),
    ],
)
async def test_a_wrong_address_is_told_without_its_password(path: Path, address: str, told: str) -> None:
    here = f"sqlite+aiosqlite:///{path}"
    async with at(here):
        pass
    for attempt in (copy(address, f"{here}.copy", unheard), copy(here, address, unheard)):
        with pytest.raises(TransferError, match=told) as caught:
            await attempt
        assert "hunter2" not in str(caught.value)
    assert list(path.parent.glob("*.copy*")) == []


@from_sqlite
@to_sqlite
async def test_a_missing_database_of_a_server_is_told(city: Database, goal: str, postgres: Postgres) -> None:
    gone = postgres.fresh()
    postgres.drop(gone)
    with pytest.raises(TransferError, match=r"there is no such database on the server"):
        await copy(gone, goal, unheard)
    await empty(goal)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("update advisors set first_name = printf('%.*c', 65, 'x') where user = 4", "advisors.first_name .* 64 char"),
        ("update entries set text = 'a' || char(0) where id = 2", "entries.text .* NUL"),
        ("update topics set ticket = 2147483648 where id = 1", "topics.ticket .* 32 bits"),
        ("update tickets set taker = 'nobody' where id = 2", "tickets.taker .* not of its type"),
        ("update bans set reason = x'c3a4'", "bans.reason .* not of its type"),
    ],
)
@from_sqlite
async def test_what_postgresql_does_not_take_is_told_with_how_to_find_it(
    city: Database, url: str, path: Path, *, tmp_path: Path, postgres: Postgres, change: str, told: str
) -> None:
    """SQLite takes it, and so does a backup."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()
    fresh = postgres.fresh()
    with pytest.raises(TransferError, match=told) as caught:
        await copy(url, fresh, unheard)
    await empty(fresh)
    with closing(sqlite3.connect(path)) as connection:
        assert len(connection.execute(str(caught.value).partition("find it: ")[2]).fetchall()) == 1
    await back_up(url, tmp_path / "backup.db", unheard)
    await restore(tmp_path / "backup.db", f"sqlite+aiosqlite:///{tmp_path}/goal.db", unheard)
    assert dumped(tmp_path / "goal.db") == dumped(path)
    postgres.drop(fresh)
