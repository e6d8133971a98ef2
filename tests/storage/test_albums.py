from dataclasses import replace

from bot.storage.albums import Part
from bot.storage.engine import Database

PART = Part(7, None, "album-1", 11, 7, "two pages", "photo", 100.0)


async def hold(database: Database, *parts: Part) -> None:
    async with database.write() as unit:
        for part in parts:
            await unit.albums.add(part)


async def test_an_album_is_whole_when_no_part_came_for_a_while(database: Database) -> None:
    second = replace(PART, message=12, caption=None, due_at=101.0)
    await hold(database, second, replace(PART, due_at=102.0))
    async with database.write() as unit:
        assert await unit.albums.any()
        assert await unit.albums.due(101.9) == [], "a later part puts off the whole album"
        (parts,) = await unit.albums.due(102.0)
        assert [part.message for part in parts] == [11, 12], "in the order of sending, whatever order they came in"
        assert parts[0].caption == "two pages"
        assert not await unit.albums.any(), "taken out: handed on once"
        assert await unit.albums.due(999.0) == []


async def test_albums_of_two_people_and_of_one_person_are_apart(database: Database) -> None:
    await hold(
        database,
        PART,
        replace(PART, chat=-5, thread=3, sender=9, message=11),
        replace(PART, album="album-2", message=13),
        replace(PART, message=12),
    )
    async with database.write() as unit:
        found = await unit.albums.due(100.0)
    assert sorted([part.message for part in parts] for parts in found) == [[11], [11, 12], [13]]
    assert {(parts[0].chat, parts[0].thread, parts[0].sender) for parts in found} == {(7, None, 7), (-5, 3, 9)}


async def test_a_later_message_of_the_chat_makes_its_albums_whole(database: Database) -> None:
    await hold(database, PART, replace(PART, album="album-2", message=30), replace(PART, chat=8))
    async with database.write() as unit:
        await unit.albums.whole(7, 20)
        ((part,),) = await unit.albums.due(0.0)
        assert (part.chat, part.message) == (7, 11)
        assert await unit.albums.any()


async def test_a_forgotten_resident_leaves_no_part(database: Database, sql) -> None:
    await hold(database, PART, replace(PART, chat=8))
    async with database.write() as unit:
        await unit.albums.forget(7)
    assert sql("select chat from albums") == [(8,)]
