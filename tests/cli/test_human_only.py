"""`neuvoja human-only` beside the bot: what it prints, what it writes, and what it does not make by mistake."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ticket import Desk
from bot.storage.engine import Database
from tests.databases import database, path, sql, url

__all__ = ["database", "path", "sql", "url"]


@pytest.fixture
def made(url: str, office: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database as the bot leaves it, with a desk, that the command line finds; the folder has no data."""

    async def make() -> None:
        database = await Database.open(url)
        async with database.write() as unit:
            await unit.staff.link(Desk("espoo", -5, "fi"))
        await database.close()

    asyncio.run(make())
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("ADMIN_IDS", "900,901")
    return url


def test_on_off_and_how_it_stands(office: Any, made: str, sql: Any) -> None:
    assert "is off: the bot answers" in office.run("human-only", "status").stdout
    on = office.run("human-only", "on")
    assert on.exit_code == 0
    assert "Human only is on (" in on.stdout
    assert "command line" in on.stdout
    assert sql("select name, actor from switches") == [("human-only", None)]
    assert office.run("human-only", "status").stdout == on.stdout
    assert office.run("human-only", "on").stdout == on.stdout, "it stays noted since when"
    assert "is off" in office.run("human-only", "off").stdout
    assert sql("select * from switches") == []
    assert sql("select act, actor from audit order by id") == [("human only on", None), ("human only off", None)]


def test_admins_and_desks_are_told_of_each_change(office: Any, made: str, sql: Any) -> None:
    for wish in ("status", "off", "on", "on", "off"):
        office.run("human-only", wish)
    told = [
        (chat, json.loads(payload)["text"]) for chat, payload in sql("select chat, payload from outbox order by id")
    ]
    assert [chat for chat, _ in told] == [900, 901, -5, 900, 901, -5]
    english, finnish = told[0][1], told[2][1]
    assert english.startswith("Human only is on (")
    assert finnish.startswith("Vain ihminen -tila on päällä (")
    assert "komentorivi" in finnish
    assert told[5][1].startswith("Vain ihminen -tila on pois päältä (")


def test_without_admins_only_the_desk_is_told(office: Any, made: str, sql: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("ADMIN_IDS")
    office.run("human-only", "on")
    assert sql("select chat from outbox") == [(-5,)]


def test_no_database_is_made_where_the_bot_does_not_run(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    result = office.run("human-only", "on")
    assert result.exit_code == 2
    assert "not there" in result.stderr
    assert not Path("var").exists()
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://user:pass-word@127.0.0.1:9/neuvoja")
    result = office.run("human-only", "on")
    assert result.exit_code == 2
    assert "cannot be opened" in result.stderr
    assert "pass-word" not in result.output


def test_a_file_that_is_no_database(office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.db").write_text("not a database, " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/notes.db")
    result = office.run("human-only", "on")
    assert result.exit_code == 2
    assert "cannot be opened" in result.stderr
    with closing(sqlite3.connect(tmp_path / "notes.db")) as connection, pytest.raises(sqlite3.DatabaseError):
        connection.execute("select 1 from sqlite_master")


@pytest.mark.parametrize("arguments", [(), ("maybe",), ("on", "off")])
def test_other_words_change_nothing(office: Any, made: str, sql: Any, arguments: tuple[str, ...]) -> None:
    assert office.run("human-only", *arguments).exit_code == 2
    assert sql("select * from switches") == []
