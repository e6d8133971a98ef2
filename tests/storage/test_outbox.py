import json
import time

from bot.storage.engine import Database
from bot.storage.outbox import Settled


async def queue(database: Database, *chats: int) -> None:
    async with database.write() as unit:
        for number, chat in enumerate(chats):
            unit.outbox.add(chat, "sendMessage", {"chat_id": chat, "text": f"text {number} ä🚨"})


async def test_calls_come_in_the_order_in_which_they_were_queued(database: Database) -> None:
    await queue(database, 1, 2, 1)
    await queue(database, 2)
    async with database.write() as unit:
        first = await unit.outbox.pending(3)
        assert [call.chat for call in first] == [1, 2, 1]
        assert json.loads(first[2].payload) == {"chat_id": 1, "text": "text 2 ä🚨"}
        assert [call.chat for call in await unit.outbox.pending(10, {one.id for one in first})] == [2]


async def test_a_call_with_a_lower_number_that_comes_later_is_not_overlooked(database: Database) -> None:
    """Of two transactions at the same time, the one that ends later may have taken the lower numbers."""
    await queue(database, 1, 2, 3)
    async with database.write() as unit:
        known = {one.id for one in await unit.outbox.pending(10) if one.chat != 1}
        assert [call.chat for call in await unit.outbox.pending(10, known)] == [1]


async def test_every_call_knows_the_update_that_led_to_it(database: Database) -> None:
    async with database.write() as unit:
        unit.outbox.add(1, "sendMessage", {})
        unit.outbox.origin = 2**40
        unit.outbox.add(1, "sendMessage", {})
    async with database.write() as unit:
        assert [call.origin for call in await unit.outbox.pending(10)] == [None, 2**40]


async def test_ids_are_never_used_again(database: Database) -> None:
    """The sender remembers the ids of calls that are under way."""
    await queue(database, 1, 1)
    async with database.write() as unit:
        last = (await unit.outbox.pending(10))[-1].id
        await unit.outbox.forget_chat(1)
    await queue(database, 2)
    async with database.write() as unit:
        assert [call.chat for call in await unit.outbox.pending(10)] == [2]
        assert (await unit.outbox.pending(10))[0].id > last


async def test_a_unit_knows_whether_calls_wait(database: Database) -> None:
    async with database.write() as unit:
        assert not unit.outbox.added
        unit.outbox.add(1, "sendMessage", {})
        assert unit.outbox.added


async def test_how_a_call_ended_is_noted(database: Database, sql) -> None:
    await queue(database, 1, 1, 1, 1)
    async with database.write() as unit:
        ids = [call.id for call in await unit.outbox.pending(10)]
        unit.outbox.settle(Settled(ids[0], "sent", 1, 77))
        unit.outbox.settle(Settled(ids[1], "parked", 3, None, "Bad Request"))
        unit.outbox.settle(Settled(ids[2], "pending", 2))
    async with database.write() as unit:
        assert [(call.id, call.attempts) for call in await unit.outbox.pending(10)] == [(ids[2], 2), (ids[3], 0)]
        assert [await unit.outbox.count(state) for state in ("sent", "parked", "pending", "dropped")] == [1, 1, 2, 0]
    assert sql("select state, attempts, message_id, error from outbox where id < 3") == [
        ("sent", 1, 77, None),
        ("parked", 3, None, "Bad Request"),
    ]


async def test_a_moved_chat_takes_what_waits_along_in_its_order(database: Database, sql) -> None:
    await queue(database, -5, 7, -5)
    async with database.write() as unit:
        (first, *_) = await unit.outbox.pending(10)
        unit.outbox.settle(Settled(first.id, "sent", 1))
    async with database.write() as unit:
        await unit.outbox.move(-5, -1005)
    async with database.write() as unit:
        moved = [(call.chat, json.loads(call.payload)["chat_id"]) for call in await unit.outbox.pending(10)]
    assert moved == [(7, 7), (-1005, -1005)]
    assert sql("select chat from outbox where state = 'sent'") == [(-5,)], "what was sent stays where it was sent"


async def test_what_names_messages_of_a_moved_group_is_dropped(database: Database, sql) -> None:
    async with database.write() as unit:
        for method, more, topic in (
            ("sendMessage", {"message_thread_id": 3}, None),
            ("sendMessage", {}, 1),
            ("editMessageText", {"message_id": 4}, None),
            ("deleteForumTopic", {"message_thread_id": 3}, None),
        ):
            unit.outbox.add(-5, method, {"chat_id": -5, **more}, topic=topic)
    async with database.write() as unit:
        await unit.outbox.move(-5, -1005)
    kept = sql("select method, payload from outbox where state = 'pending'")
    assert [(method, json.loads(payload)) for method, payload in kept] == [("sendMessage", {"chat_id": -1005})]


async def test_settled_calls_are_pruned_by_the_time_they_ended(database: Database, sql) -> None:
    await queue(database, 1, 2)
    async with database.write() as unit:
        unit.outbox.settle(Settled(1, "sent", 1))
    async with database.write() as unit:
        assert await unit.outbox.prune(time.time() - 60) == 0
        assert await unit.outbox.prune(time.time() + 60) == 1
    assert sql("select chat from outbox") == [(2,)], "what waits is never pruned"


async def test_a_forgotten_chat_is_told_nothing_that_waited(database: Database, sql) -> None:
    await queue(database, 1, 2)
    async with database.write() as unit:
        await unit.outbox.forget_chat(1)
        unit.outbox.add(1, "sendMessage", {"chat_id": 1, "text": "deleted"})
    assert [row[0] for row in sql("select chat from outbox order by id")] == [2, 1]


async def test_a_deletion_in_the_same_batch_leaves_no_copy_of_the_data(database: Database, sql) -> None:
    """The worker handles many updates in one unit: /mydata and the press on "delete" may meet there."""
    async with database.write() as unit:
        unit.outbox.add(1, "sendDocument", {"chat_id": 1, "document": {"name": "n", "text": "all my questions"}})
        unit.outbox.add(2, "sendMessage", {"chat_id": 2, "text": "somebody else's"})
        await unit.outbox.forget_chat(1)
    assert sql("select chat from outbox") == [(2,)]


async def test_a_topic_that_is_erased_leaves_no_words(database: Database, sql) -> None:
    """Neither in calls that wait, nor in parked ones, nor in those of the same unit."""
    async with database.write() as unit:
        for number in (4, 4, 5):
            unit.outbox.add(-5, "sendMessage", {"text": "my words"}, topic=number, context={"from": [7, [1]]})
    async with database.write() as unit:
        unit.outbox.settle(Settled(1, "parked", 3, error="refused"))
        unit.outbox.settle(Settled(3, "sent", 1, 77))
    assert sql("select payload, context from outbox where id = 3") == [("", None)], "nor to whom, once it is sent"
    assert "my words" in sql("select payload from outbox where id = 1")[0][0], "for the operator"
    async with database.write() as unit:
        unit.outbox.add(-5, "sendMessage", {"text": "my words"}, topic=4)
        unit.outbox.add(-5, "sendMessage", {"text": "others"})
        await unit.outbox.drop_topic(4)
    rows = sql("select id, state, payload, context from outbox order by id")
    assert rows[:2] == [(1, "dropped", "", None), (2, "dropped", "", None)]
    assert [(row[1], row[2]) for row in rows[3:]] == [("pending", '{"text": "others"}')]
