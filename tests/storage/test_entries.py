from dataclasses import replace

from bot.domain.ticket import Author, Entry
from bot.storage.engine import Database
from bot.storage.entries import Pair

WROTE = Entry(1, 100.0, Author.RESIDENT, "my words", None, "photo", 7, (11,))
NEW = {"city": None, "desk": "espoo", "kind": "question", "language": "en", "languages": ("en",)}


async def keep(database: Database, *entries: Entry) -> None:
    async with database.write() as unit:
        for entry in entries:
            await unit.entries.add(entry)


async def test_a_history_comes_back_as_it_was_written(database: Database) -> None:
    album = replace(WROTE, text="", from_messages=(11, 12, 13))
    note = Entry(1, 90.0, Author.NOTE, "ä🚨" * 1000, actor=2**40)
    await keep(database, WROTE, replace(WROTE, ticket=2), album, note)
    async with database.write() as unit:
        assert await unit.entries.of(1) == [WROTE, album, note], "in the order of writing"
        assert await unit.entries.of(3) == []


async def test_only_the_edited_message_of_that_chat_gets_new_words(database: Database, sql) -> None:
    await keep(database, WROTE, replace(WROTE, from_chat=-5), replace(WROTE, from_messages=(1,)), WROTE)
    await keep(database, replace(WROTE, ticket=2), replace(WROTE, from_messages=(11, 12)))
    async with database.write() as unit:
        await unit.entries.reword(1, 7, (11,), "other words")
        await unit.entries.reword(1, 7, (11, 12), "an album's words")
    assert sql("select id from entries where text = 'other words'") == [(1,), (4,)]
    assert sql("select id from entries where text like 'an album%'") == [(6,)]


async def test_a_message_is_found_from_its_copy_and_the_copy_from_it(database: Database) -> None:
    async with database.write() as unit:
        await unit.entries.pair([])
        await unit.entries.pair([Pair(1, 7, 11, -5, 21), Pair(1, 7, 12, -5, 22, media=True)])
        await unit.entries.pair([Pair(1, 7, 11, -6, 31), Pair(1, 7, 11, -5, 41)])
        assert await unit.entries.counterpart(7, 11, -5) == 41, "the newest copy: its topic was made again"
        assert await unit.entries.counterpart(-5, 21, 7) == 11
        assert await unit.entries.counterpart(-5, 41, 7) == 11
        assert await unit.entries.counterpart(7, 11, -6) == 31
        assert await unit.entries.counterpart(-6, 21, 7) is None
        assert await unit.entries.counterpart(7, 99, -5) is None
        assert [one.to_message for one in await unit.entries.copies(7, 11)] == [41, 31, 21]
        assert (await unit.entries.copies(7, 12))[0].media


async def test_a_group_with_a_new_id_has_no_copies_any_more(database: Database, sql) -> None:
    await keep(database, WROTE, replace(WROTE, from_chat=-5))
    async with database.write() as unit:
        await unit.entries.pair([Pair(1, 7, 11, -5, 21), Pair(1, -5, 22, 7, 12), Pair(1, 7, 11, -6, 31)])
        await unit.entries.move(-5, -100)
        assert await unit.entries.counterpart(7, 11, -5) is None
        assert await unit.entries.counterpart(7, 12, -5) is None
        assert await unit.entries.counterpart(7, 11, -6) == 31
        first, second = await unit.entries.of(1)
    assert first == WROTE
    assert second.from_messages == (), "a message of the old group cannot be copied again"
    assert second.text == "my words"


async def test_a_forgotten_residents_history_is_empty(database: Database, sql) -> None:
    async with database.write() as unit:
        for chat in (7, 8):
            await unit.tickets.open(chat=chat, opened_at=0.0, waiting_since=0.0, **NEW)
    await keep(database, WROTE, replace(WROTE, ticket=2), Entry(1, 5.0, Author.EVENT, "taken", 9))
    async with database.write() as unit:
        await unit.entries.pair([Pair(1, 7, 11, -5, 21), Pair(2, 8, 11, -5, 22)])
        await unit.entries.forget(7)
    assert sql(
        "select ticket, author, text, from_chat, '[' || from_messages || ']', actor from entries order by id"
    ) == [
        (1, "resident", "", None, None, None),
        (2, "resident", "my words", 7, "[11]", None),
        (1, "event", "", None, None, 9),
    ]
    assert sql("select ticket from pairs") == [(2,)]


async def test_old_texts_go_whoever_wrote_them(database: Database, sql) -> None:
    async with database.write() as unit:
        for chat, closed in ((7, 40.0), (8, 60.0), (9, None)):
            await unit.tickets.open(chat=chat, opened_at=0.0, waiting_since=0.0, closed_at=closed, **NEW)
        await unit.entries.pair([Pair(number, 7, 11, -5, 21) for number in (1, 2, 3)])
    old = replace(WROTE, at=49.0)
    await keep(database, old, replace(old, text=""), replace(old, author=Author.NOTE, from_chat=None), WROTE)
    async with database.write() as unit:
        assert await unit.entries.forget_texts(50.0) == 3
        assert await unit.entries.forget_texts(50.0) == 0
        assert await unit.entries.forget_pairs(50.0) == 1
    assert sql("select at, text, from_chat from entries order by id") == [
        (49.0, "", None), (49.0, "", None), (49.0, "", None), (100.0, "my words", 7),
    ]  # fmt: skip
    assert sql("select ticket from pairs order by 1") == [(2,), (3,)], "of tickets closed before"
