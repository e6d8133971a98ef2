import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.storage.engine import Database
from bot.storage.migrate import SCRIPTS, upgrade
from bot.storage.residents import FIELDS
from bot.storage.tables import HEAD, metadata, residents

ROOT = Path(__file__).parent.parent.parent


def test_head_is_the_newest_script_and_there_is_one() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert scripts.get_heads() == [HEAD]
    assert [script.revision for script in scripts.walk_revisions()][-1] == "0001"


async def test_the_scripts_make_the_tables_that_the_code_uses(database: Database, path: Path) -> None:
    await database.close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


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
from bot.storage.engine import Database, DatabaseError

async def run():
    try:
        await Database.open(sys.argv[1])
    except DatabaseError as error:
        print(type(error).__name__, threading.active_count())

asyncio.run(run())
"""


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


def test_every_field_of_a_resident_has_a_column() -> None:
    assert set(FIELDS) <= set(residents.c.keys())


async def test_a_commit_survives_a_crash_of_the_machine(database: Database) -> None:
    async with database.write() as unit:
        driver = unit.connection
        assert (await driver.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert (await driver.exec_driver_sql("PRAGMA synchronous")).scalar() == 2, "FULL"
        assert (await driver.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
        assert (await driver.exec_driver_sql("PRAGMA busy_timeout")).scalar() == 10_000
