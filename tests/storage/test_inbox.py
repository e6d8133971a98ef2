import time

from bot.storage.engine import Database
from bot.storage.inbox import Received


def update(number: int, chat: int = 1, body: str = "{}", at: float = 100.0) -> Received:
    return Received(number, chat, body, at)


async def test_a_repeated_update_is_left_as_it_is(database: Database, sql) -> None:
    async with database.write() as unit:
        await unit.inbox.add([update(1, body="first"), update(2)])
        unit.inbox.done(2)
    async with database.write() as unit:
        await unit.inbox.add([update(1, body="again"), update(2, body="again"), update(3), update(3, body="twice")])
    assert sql("select update_id, body, state from inbox order by 1") == [
        (1, "first", "pending"),
        (2, "", "done"),
        (3, "{}", "pending"),
    ]


async def test_nothing_to_add_is_harmless(database: Database, sql) -> None:
    async with database.write() as unit:
        await unit.inbox.add([])
    assert sql("select * from inbox") == []


async def test_updates_wait_in_the_order_of_their_ids(database: Database) -> None:
    async with database.write() as unit:
        await unit.inbox.add([update(number, chat=number) for number in (5, 3, 9, 4)])
        assert [one.update_id for one in await unit.inbox.pending(3)] == [3, 4, 5]
        assert (await unit.inbox.pending(1))[0] == Received(3, 3, "{}", 100.0, 0)
        assert [one.update_id for one in await unit.inbox.pending(9, among=[9, 4, 77])] == [4, 9]


async def test_of_a_conversation_only_the_oldest_update_may_be_handled(database: Database) -> None:
    """Where others may handle the rest; one process alone keeps the order of all."""
    async with database.write() as unit:
        await unit.inbox.add([update(1, chat=7), update(2, chat=8), update(3, chat=7), update(4, chat=-9)])
        expected = [1, 2, 4] if database.shared else [1, 2, 3, 4]
        assert [one.update_id for one in await unit.inbox.pending(9)] == expected
        assert [one.update_id for one in await unit.inbox.pending(9, among=[3])] == []
        unit.inbox.done(1)
    async with database.write() as unit:
        assert [one.update_id for one in await unit.inbox.pending(9)] == [2, 3, 4]


async def test_residents_and_groups_are_handled_apart(database: Database) -> None:
    async with database.write() as unit:
        assert not await unit.inbox.of_groups()
        await unit.inbox.add([update(1, chat=7), update(2, chat=-9), update(3, chat=8)])
        assert await unit.inbox.of_groups()
        assert await unit.inbox.pending(9, groups=True) == [], "what a resident wrote before comes first"
        assert [one.update_id for one in await unit.inbox.pending(9, groups=False)] == [1, 3]
        unit.inbox.done(1)
    async with database.write() as unit:
        assert [one.update_id for one in await unit.inbox.pending(9, groups=True)] == [2]


async def test_a_location_is_left_to_the_process_that_knows_it_but_not_for_ever(database: Database) -> None:
    now = time.time()
    async with database.write() as unit:
        await unit.inbox.add([Received(1, 1, "{}", now, keeper="a"), Received(2, 2, "{}", now - 11, keeper="a")])
        await unit.inbox.add([Received(3, 1, "{}", now), Received(4, 3, "{}", now)])
        waiting = [3] if not database.shared else []
        assert [one.update_id for one in await unit.inbox.pending(9, of="a")] == sorted([1, 2, 4, *waiting])
        assert [one.update_id for one in await unit.inbox.pending(9, of="b")] == sorted([2, 4, *waiting])


async def test_large_chats_and_bodies_come_back_as_they_were(database: Database) -> None:
    body = "ä🚨ا" * 2000
    async with database.write() as unit:
        await unit.inbox.add([Received(2**53, -1002147483648123, body, 1.5)])
    async with database.write() as unit:
        assert await unit.inbox.pending(5) == [Received(2**53, -1002147483648123, body, 1.5)]


async def test_a_failed_update_is_tried_again_until_it_is_parked(database: Database, sql) -> None:
    async with database.write() as unit:
        await unit.inbox.add([update(1, body="kept")])
        await unit.inbox.failed(1, 1, park=False)
        assert [one.attempts for one in await unit.inbox.pending(5)] == [1]
        assert not await unit.inbox.failed(1, 1, park=False), "another process has counted that attempt"
        assert await unit.inbox.failed(1, 2, park=True)
        assert await unit.inbox.pending(5) == []
        assert await unit.inbox.count("parked") == 1
    assert sql("select body, attempts from inbox") == [("kept", 2)]


async def test_what_is_old_and_settled_is_pruned(database: Database, sql) -> None:
    async with database.write() as unit:
        await unit.inbox.add([update(1, at=1.0), update(2, at=1.0), update(3, at=50.0), update(4, at=1.0)])
        unit.inbox.done(1)
        unit.inbox.done(3)
        await unit.inbox.failed(4, 1, park=True)
    async with database.write() as unit:
        assert await unit.inbox.prune(50.0) == 2
    assert sql("select update_id from inbox order by 1") == [(2,), (3,)]


async def test_a_forgotten_chat_leaves_no_body(database: Database, sql) -> None:
    async with database.write() as unit:
        await unit.inbox.add([update(1, body="old"), update(2, body="delete"), update(3, chat=2, body="other's")])
        await unit.inbox.forget_chat(1, before=2)
        unit.inbox.done(2)
    assert sql("select update_id, chat, body from inbox order by 1") == [(1, 0, ""), (2, 1, ""), (3, 2, "other's")]


async def test_what_is_written_after_the_deletion_is_still_answered(database: Database) -> None:
    """The resident presses "delete" and asks something new before the worker has come to the press."""
    async with database.write() as unit:
        await unit.inbox.add([update(1, body="old"), update(2, body="delete"), update(3, body="a new question")])
        await unit.inbox.forget_chat(1, before=2)
        unit.inbox.done(2)
    async with database.write() as unit:
        assert [one.body for one in await unit.inbox.pending(5)] == ["a new question"]
