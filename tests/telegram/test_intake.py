"""Updates that arrive at the same time are committed together, and none is confirmed before."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.storage.engine import Database, DatabaseError
from bot.telegram.intake import Intake


def question(number: int) -> dict[str, object]:
    person = {"id": number, "is_bot": False, "first_name": "A"}
    chat = {"id": number, "type": "private"}
    return {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "hello"}}


async def test_one_commit_for_what_arrives_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db")
    commits, begin = 0, database.write

    @asynccontextmanager
    async def write(*, beside: bool = False):
        nonlocal commits
        async with begin(beside=beside) as unit:
            yield unit
        commits += 1

    monkeypatch.setattr(database, "write", write)
    intake = Intake(database, asyncio.Event())
    await asyncio.gather(*(intake.receive([question(number)]) for number in range(1, 101)))
    assert 1 <= commits <= 3, commits
    async with database.write() as unit:
        assert await unit.inbox.count("pending") == 100
    await database.close()


async def test_everybody_hears_of_a_commit_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db")
    begin = database.write

    @asynccontextmanager
    async def full(*, beside: bool = False):
        async with begin(beside=beside) as unit:
            yield unit
            raise DatabaseError("disk full")

    intake = Intake(database, asyncio.Event())
    monkeypatch.setattr(database, "write", full)
    calls = [intake.receive([question(number)]) for number in (1, 2, 3)]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(one) for one in outcomes] == [DatabaseError] * 3
    monkeypatch.setattr(database, "write", begin)
    await intake.receive([question(4)])
    async with database.write() as unit:
        assert [one.update_id for one in await unit.inbox.pending(9)] == [4]
    await database.close()
