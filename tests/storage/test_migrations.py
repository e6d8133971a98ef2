import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from bot.domain.resident import Resident, State, Step
from bot.storage.engine import Database
from bot.storage.migrate import SCRIPTS, upgrade
from bot.storage.residents import FIELDS
from bot.storage.tables import HEAD, metadata, residents

ROOT = Path(__file__).parent.parent.parent
sqlite_only = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
FIRST_TABLES = ("inbox", "outbox", "residents", "exchanges")


def test_head_is_the_newest_script_and_there_is_one() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert scripts.get_heads() == [HEAD]
    assert [script.revision for script in scripts.walk_revisions()][-1] == "0001"


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_the_scripts_make_the_tables_that_the_code_uses(database: Database) -> None:
    async with database.write() as unit:
        assert await unit.connection.run_sync(differences) == []


@sqlite_only
async def test_the_folder_is_made_and_opening_again_keeps_what_is_there(url: str, path: Path, sql) -> None:
    assert not path.parent.exists()
    for number in (1, 2, 3):
        database = await Database.open(url)
        async with database.write() as unit:
            unit.outbox.add(number, "sendMessage", {"chat_id": number})
        await database.close()
    assert sql("select chat from outbox order by id") == [(1,), (2,), (3,)]
    assert sql("select version_num from alembic_version") == [(HEAD,)]


async def test_upgrading_says_whether_anything_was_missing(database: Database) -> None:
    async with database.write() as unit:
        assert await upgrade(unit.connection) is False


OPEN = """
import asyncio, sys, threading
from bot.domain.resident import Resident, State, Step
from bot.storage.engine import Database, DatabaseError

async def run():
    try:
        await Database.open(sys.argv[1])
    except DatabaseError as error:
        print(type(error).__name__, threading.active_count())

asyncio.run(run())
"""


@sqlite_only
def test_an_upgrade_that_fails_leaves_nothing_behind(url: str, path: Path, sql) -> None:
    """No half of the tables in the file, and no connection in the program."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table residents (chat integer)")  # in the way of the first script
        connection.commit()
    command = [sys.executable, "-c", OPEN, url]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert sql("select name from sqlite_master where type = 'table' and name not like 'sqlite%'") == [("residents",)]
    assert ended.stdout.split() == ["OperationalError", "1"], "the connection's thread has ended"


FIRST_DATA = """
insert into inbox values (5, 1, 'a question', 'pending', 0, 10.0);
insert into outbox values (8, 1, 'sendMessage', '{"chat_id": 1}', 'pending', 1, null, null, 11.0, null);
insert into outbox values (9, 1, 'sendMessage', '', 'sent', 1, 77, null, 11.0, 12.0);
delete from outbox where id = 9;
insert into residents values (1, 'so', 'espoo', 'bot', 'none', 1, 'tax-card', 'my question', 1, 1.0, 2.0);
insert into exchanges values (3, 1, 4.0, 'answer', 'so', 'espoo', 'tax-card', 0.9, 'my question', 1);
"""
"""As the first version wrote it; row 9 shows that a number once given is remembered."""


def migrate(path: Path, revision: str) -> None:
    """Brings the file to a revision, up or down, as an operator would."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        known = ScriptDirectory.from_config(config).get_revision(revision)
        now = MigrationContext.configure(connection).get_current_revision()
        step = command.downgrade if known and (now or "") > known.revision else command.upgrade
        step(config, revision)
    engine.dispose()


def made(path: Path) -> list[tuple[str, str, str | None]]:
    """Every table with its columns, every index and trigger."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(
            (kind, name, re.sub(r'[\s"]+', " ", statement or "").lower())
            for kind, name, statement in connection.execute("select type, name, sql from sqlite_master")
            if not name.startswith(("alembic", "sqlite"))
        )


async def test_the_data_of_the_first_version_come_along_and_back(tmp_path: Path) -> None:
    path = tmp_path / "neuvoja.db"
    migrate(path, "0001")
    first = made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_DATA)
        before = {table: connection.execute(f"select * from {table}").fetchall() for table in FIRST_TABLES}

    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    async with database.write() as unit:
        ((waiting,), (call,)) = await unit.inbox.pending(9), await unit.outbox.pending(9)
        assert (waiting.update_id, waiting.body) == (5, "a question")
        assert (call.id, call.payload, call.topic, call.context) == (8, '{"chat_id": 1}', None, None)
        assert await unit.residents.get(1) == Resident(
            1, "so", "espoo", State.BOT, Step.NONE, 1, "tax-card", "my question"
        )
        assert [one.text for one in await unit.exchanges.of_chat(1)] == ["my question"]
        unit.outbox.add(2, "sendMessage", {}, topic=4, context={"do": "none"})
        await unit.audit.add("taken", ticket=1)
    await database.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select max(id) from outbox").fetchone() == (10,), "9 was given before"
        connection.execute("delete from outbox where id = 10")
        connection.commit()

    migrate(path, "0001")
    assert made(path) == first
    with closing(sqlite3.connect(path)) as connection:
        after = {table: connection.execute(f"select * from {table}").fetchall() for table in FIRST_TABLES}
        connection.execute("insert into outbox values (null, 1, 'x', '', 'sent', 1, null, null, 1.0, null)")
        assert connection.execute("select max(id) from outbox").fetchone() >= (9,), "numbers go on"
    assert after == before

    migrate(path, "head")
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    async with database.write() as unit:
        assert (await unit.residents.get(1)).last_question == "my question"
        assert await unit.audit.of(1) == []
    await database.close()


def test_every_field_of_a_resident_has_a_column() -> None:
    assert set(FIELDS) <= set(residents.c.keys())


@sqlite_only
async def test_a_commit_survives_a_crash_of_the_machine(database: Database) -> None:
    async with database.write() as unit:
        driver = unit.connection
        assert (await driver.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert (await driver.exec_driver_sql("PRAGMA synchronous")).scalar() == 2, "FULL"
        assert (await driver.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
        assert (await driver.exec_driver_sql("PRAGMA busy_timeout")).scalar() == 10_000
