"""Backups of a database at work, and what is restored of them."""

import asyncio
import random
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.domain.ticket import Author, Entry
from bot.storage.address import TransferError
from bot.storage.engine import Database
from bot.storage.tables import HEAD, exchanges
from bot.storage.transfer import back_up, restore
from tests.city import ROWS, TICKET, at, counts, empty, held, unheard

from_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
to_sqlite = pytest.mark.parametrize("goal", ["sqlite"], indirect=True)
"""Where the other engine would show nothing new."""


async def test_a_backup_is_of_one_moment_and_holds_up_nobody(city: Database, url: str, tmp_path: Path) -> None:
    """A ticket and its first entry are written together; so they are in every backup."""
    async with city.write() as unit:
        rows = [{"chat": 1, "at": 1.0, "kind": "answer", "language": "fi", "intents": "", "text": "x" * 500}] * 10_000
        await unit.connection.execute(insert(exchanges), rows)
        await unit.connection.exec_driver_sql("delete from entries")
        await unit.connection.exec_driver_sql("delete from tickets")
    begun, stop = asyncio.Event(), asyncio.Event()
    written: list[int] = []

    async def work() -> None:
        while not stop.is_set():
            async with city.write() as unit:
                ticket = await unit.tickets.open(**TICKET)
                await unit.entries.add(Entry(ticket.id, 1.0, Author.RESIDENT, "a question"))
            written.append(ticket.id)
            begun.set()
            await asyncio.sleep(0)

    worker = asyncio.create_task(work())
    try:
        await begun.wait()
        for name in ("one.db", "two.db"):
            before: list[int] = []

            def hear(_what: str, _share: float, before: list[int] = before) -> None:
                before.append(len(written))

            sums = await back_up(url, tmp_path / name, hear)
            assert before[-1] - before[0] > 5, "written while the backup was being made"
            assert counts(sums)["tickets"] <= before[0] + 1, "the backup is of the moment when it began"
    finally:
        stop.set()
        await worker
    for name in ("one.db", "two.db"):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            found = [
                connection.execute(query).fetchall()
                for query in ("select id from tickets order by id", "select ticket from entries order by id")
            ]
        assert found[0] == found[1] != []


async def test_a_restored_backup_has_equal_counts_and_checksums(
    city: Database, url: str, goal: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    made = await back_up(url, file, unheard)
    assert await restore(file, goal, unheard) == made
    assert await held(goal) == await held(url)
    async with at(goal) as database, database.write() as unit:
        assert (await unit.tickets.open(**TICKET)).id == len(ROWS["tickets"]) + 1


async def test_a_backup_is_one_file_that_only_its_owner_reads(city: Database, url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    await back_up(url, folder / "backup.db", unheard)
    assert [one.name for one in folder.iterdir()] == ["backup.db"]
    assert stat.S_IMODE((folder / "backup.db").stat().st_mode) == 0o600
    with closing(sqlite3.connect(folder / "backup.db")) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("select version_num from alembic_version").fetchall() == [(HEAD,)]


@from_sqlite
async def test_nothing_is_left_of_a_backup_that_is_broken_off(city: Database, url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    seen: list[str] = []

    def stop(_what: str, share: float) -> None:
        if share > 0.6:
            seen.extend(one.name for one in folder.iterdir())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await back_up(url, folder / "backup.db", stop)
    assert seen, "something was there"
    assert not any(name == "backup.db" for name in seen), "and nobody could take it for a backup"
    assert list(folder.iterdir()) == []


@from_sqlite
async def test_a_backup_with_one_other_byte_is_refused(city: Database, url: str, goal: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    await back_up(url, file, unheard)
    whole = file.read_bytes()
    assert whole.count("Ääkkönen".encode()) == 1
    file.write_bytes(whole.replace("Ääkkönen".encode(), "Ääkkänen".encode()))
    with pytest.raises(TransferError, match=r"damaged: advisors is not what was backed up"):
        await restore(file, goal, unheard)
    await empty(goal)
    file.write_bytes(whole)
    await restore(file, goal, unheard)


@from_sqlite
async def test_whatever_bytes_are_spoilt_nothing_wrong_is_restored(city: Database, url: str, tmp_path: Path) -> None:
    """Refused, or restored as it was: unused bytes of the file may be spoilt."""
    file, goal = tmp_path / "backup.db", tmp_path / "goal.db"
    made = await back_up(url, file, unheard)
    whole = file.read_bytes()
    dice = random.Random(8)
    refused = 0
    used = [place for place, byte in enumerate(whole) if byte]
    for place in [*range(0, 100, 9), *dice.sample(used, 40)]:
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << dice.randrange(8)
        file.write_bytes(spoilt)
        try:
            assert await restore(file, f"sqlite+aiosqlite:///{goal}", unheard) == made
            goal.unlink()
        except TransferError:
            refused += 1
            assert not goal.exists()
    assert refused > 15


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda whole: whole[: len(whole) // 2], r"damaged"),
        (lambda whole: b"PK" + whole[2:], r"the file is no database"),
        (lambda _whole: b"", r"this is no database of Neuvoja"),
        (None, r"there is no such file"),
    ],
    ids=["half", "no database", "empty", "none"],
)
@from_sqlite
@to_sqlite
async def test_what_is_no_whole_backup_is_refused(
    city: Database, url: str, goal: str, *, tmp_path: Path, content: Callable[[bytes], bytes] | None, told: str
) -> None:
    file = tmp_path / "backup.db"
    await back_up(url, file, unheard)
    if content:
        file.write_bytes(content(file.read_bytes()))
    else:
        file.unlink()
    with pytest.raises(TransferError, match=told):
        await restore(file, goal, unheard)
    await empty(goal)


@from_sqlite
@to_sqlite
async def test_a_database_that_is_no_backup_is_not_restored(city: Database, url: str, goal: str, path: Path) -> None:
    with pytest.raises(TransferError, match=r"neuvoja db copy"):
        await restore(path, goal, unheard)
    await empty(goal)


@from_sqlite
async def test_nothing_is_overwritten(city: Database, url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_text("mine")
    with pytest.raises(TransferError, match=r"is there already"):
        await back_up(url, file, unheard)
    assert file.read_text() == "mine"
    file.rename(tmp_path / "backup.db-wal")
    with pytest.raises(TransferError, match=r"backup\.db-wal is left from a database that is gone"):
        await back_up(url, file, unheard)
    with pytest.raises(TransferError, match=r"there is no such folder"):
        await back_up(url, tmp_path / "nowhere" / "backup.db", unheard)
