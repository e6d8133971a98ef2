"""`db copy`, `backup` and `restore` as an operator runs them."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.storage.engine import Database
from tests.city import ROWS, at, fill, held
from tests.postgres import Postgres

ROOT = Path(__file__).parent.parent.parent
HERE = "sqlite+aiosqlite:///var/neuvoja.db"
"""The default of DATABASE_URL, in the current folder."""


async def _fill(url: str) -> None:
    async with at(url) as database:
        await fill(database)


@pytest.fixture
def there(office: Any) -> str:
    """A city in the default place."""
    asyncio.run(_fill(HERE))
    return HERE


def lines(text: str) -> dict[str, list[str]]:
    """Table -> its rows, checksum and verdict."""
    return {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.endswith(" ok")}


def test_a_backup_is_made_and_restored_with_equal_counts_and_checksums(office, there: str, monkeypatch) -> None:
    made = office.run("backup", "backup.db")
    assert (made.exit_code, made.stderr) == (0, "")
    table = lines(made.stdout)
    assert [len(row) for row in table.values()] == [3] * len(ROWS)
    assert (table["notices"][0], table["tickets"][0]) == ("12", "2")
    assert "backed up in backup.db, read back and compared" in made.stdout

    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///again/neuvoja.db")
    restored = office.run("restore", "backup.db")
    assert (restored.exit_code, restored.stderr) == (0, "")
    assert lines(restored.stdout) == table
    assert asyncio.run(held("sqlite+aiosqlite:///again/neuvoja.db")) == asyncio.run(held(there))


def test_a_running_city_moves_to_postgresql(office, there: str, postgres: Postgres, monkeypatch) -> None:
    server = postgres.fresh()
    moved = office.run("db", "copy", there, server)
    assert (moved.exit_code, moved.stderr) == (0, "")
    assert "set DATABASE_URL to the second one" in moved.stdout
    assert asyncio.run(held(server)) == asyncio.run(held(there))
    monkeypatch.setenv("DATABASE_URL", server)
    backed_up = office.run("backup", "backup.db")
    assert lines(backed_up.stdout) == lines(moved.stdout), "the same checksums on both engines"
    postgres.drop(server)


def test_refusals_are_told_and_change_nothing(office, there: str, monkeypatch) -> None:
    office.write("mine.db", "mine")
    assert office.run("backup", "backup.db").exit_code == 0
    for arguments, told in (
        (("backup", "mine.db"), "mine.db is there already; it is not overwritten"),
        (("restore", "backup.db"), f"{there}: this database holds rows (advisors); an empty one is wanted"),
        (("restore", "mine.db"), "mine.db: the file is no database"),
        (("restore", "none.db"), "none.db: there is no such file"),
        (("restore", "var/neuvoja.db"), "copy it with `neuvoja db copy`"),
        (("db", "copy", there, there), "the same database"),
        (("db", "copy", "neuvoja.db", there), "This is no address of a database; wanted: sqlite+aiosqlite:///"),
    ):
        ended = office.run(*arguments)
        assert (ended.exit_code, ended.stdout) == (1, ""), arguments
        assert told in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    assert office.read("mine.db") == "mine"
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere")
    assert office.run("backup", "other.db").exit_code == 2, "as every command with wrong settings"


def test_no_password_is_shown(office, there: str, postgres: Postgres, monkeypatch) -> None:
    server = postgres.fresh()
    known = server.replace("postgres@", "postgres:hunter2@")
    unknown = known.replace("neuvoja_", "nowhere_")
    outputs = [office.run("db", "copy", there, known), office.run("db", "copy", unknown, HERE + "2")]
    monkeypatch.setenv("DATABASE_URL", unknown)
    outputs += [office.run("backup", "one.db"), office.run("db", "copy", known, known)]
    assert [one.exit_code for one in outputs] == [0, 1, 1, 1]
    assert all("there is no such database on the server" in one.stderr for one in outputs[1:3])
    assert not any("hunter2" in one.stdout + one.stderr for one in outputs)
    postgres.drop(server)


def test_a_backup_is_made_from_another_process_while_the_bot_writes(office, there: str) -> None:
    """As cron does it."""
    command = [sys.executable, "-m", "bot", "backup"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    async def beside() -> tuple[int, int]:
        database = await Database.open(there)
        process = await asyncio.create_subprocess_exec(
            *command, "backup.db", env=environment, stdout=subprocess.DEVNULL
        )
        ended, written = asyncio.create_task(process.wait()), 0
        while not ended.done():
            async with database.write() as unit:
                await unit.audit.add("taken", ticket=1)
            written += 1
            await asyncio.sleep(0.001)
        await database.close()
        return await ended, written

    code, written = asyncio.run(beside())
    assert code == 0
    assert written > 10
    assert office.run("db", "copy", "sqlite+aiosqlite:///backup.db", "sqlite+aiosqlite:///copy.db").exit_code == 0
