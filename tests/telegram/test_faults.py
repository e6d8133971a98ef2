"""Telegram misbehaves; nothing is lost, nothing is said twice without need."""

import asyncio
import time

from bot.simulator.server import TelegramServer
from bot.storage.engine import Database

from .conftest import ADMIN, Running

QUESTION = "how do I get a tax card"


async def answered(server: TelegramServer, person: object) -> None:
    await server.next_message(person, containing="ax card")


async def queue(bot: Running, chat: int, *texts: str, **more: object) -> None:
    """Puts messages into the outbox as another part of the program would."""
    database = await Database.open(bot.settings.database_url)
    async with database.write() as unit:
        for text in texts:
            unit.outbox.add(chat, "sendMessage", {"chat_id": chat, "text": text, "parse_mode": "HTML"} | more)
    await database.close()


async def test_a_blocked_bot_is_not_tried_again(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    server.send_text(resident, QUESTION)
    await answered(server, resident)
    await server.settled()
    server.send_text(resident, QUESTION)
    server.block(resident)
    await server.wait_for(lambda: [call for call in server.requests("sendMessage") if call.status == 403])
    await server.settled(quiet=0.5)
    await bot.drained()
    refused = [call for call in server.requests("sendMessage") if call.status == 403]
    assert len(refused) <= 1, "one 403 tells enough"
    assert bot.sql("select reachable from residents") == [(0,)]
    assert bot.sql("select count(*) from outbox where state = 'pending'") == [(0,)]
    server.unblock(resident)
    server.send_text(resident, QUESTION)
    await answered(server, resident)
    assert bot.sql("select reachable from residents") == [(1,)]


async def test_a_429_storm_loses_nothing_and_keeps_the_order(server: TelegramServer, bot: Running) -> None:
    people = [server.person(number, language_code="en") for number in range(1, 11)]
    server.fault("429", method="sendMessage", times=12, retry_after=1)
    for person in people:
        server.send_text(person, QUESTION)
        server.send_text(person, "/help")
    for person in people:
        await server.wait_for(lambda p=person: any("/topics" in m.text for m in server.messages(p)), 30)
    await server.settled(quiet=0.5, timeout=30)
    for person in people:
        said = [message.text for message in server.messages(person) if message.from_bot]
        assert sum("ax card" in text for text in said) == 1
        assert sum("/topics" in text for text in said) == 1
        assert next(i for i, t in enumerate(said) if "ax card" in t) < next(
            i for i, t in enumerate(said) if "/topics" in t
        )
    assert bot.sql("select state, count(*) from outbox group by state") == [
        ("sent", bot.sql("select count(*) from outbox")[0][0])
    ]


async def test_retry_after_is_honoured(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    fault = server.fault("429", method="sendMessage", times=1, retry_after=2)
    server.send_text(resident, QUESTION)
    await server.wait_for(lambda: fault.hits)
    begun = time.monotonic()
    await answered(server, resident)
    assert time.monotonic() - begun >= 1.9


async def test_refused_markup_is_sent_as_plain_text(server: TelegramServer, running) -> None:
    server.person(1)
    async with running(server) as bot:
        await bot.finish()
        await queue(bot, 1, "<b>Open &amp; <wrong>today</b>")
        await bot.start()
        message = await server.next_message(1)
        assert message.text == "Open & today"
        assert message.entities == []
        await server.settled(quiet=0.3)
        assert bot.sql("select state from outbox where chat = 1") == [("sent",)]


async def test_a_refused_call_is_parked_and_told_to_the_admins(server: TelegramServer, running) -> None:
    server.person(1)
    server.person(ADMIN)
    async with running(server) as bot:
        await bot.finish()
        await queue(bot, 1, "x" * 5000)
        await queue(bot, 1, "after the poisoned one")
        await bot.start()
        assert (await server.next_message(1)).text == "after the poisoned one"
        assert "parked" in (await server.next_message(ADMIN)).text
        await server.settled(quiet=0.3)
        assert bot.sql("select state from outbox where chat = 1 order by id") == [("parked",), ("sent",)]
        assert len([call for call in server.requests("sendMessage", chat=1) if call.status == 400]) == 3


async def test_a_group_that_became_a_supergroup_gets_its_message(server: TelegramServer, running) -> None:
    group = server.group("desk", members=(server.person(5),))
    async with running(server) as bot:
        await bot.finish()
        await queue(bot, group.id, "first", "second")
        upgraded = server.migrate(group)
        await bot.start()
        assert (await server.next_message(upgraded)).text == "first"
        assert (await server.next_message(upgraded)).text == "second"
        await server.settled(quiet=0.3)
        assert bot.sql("select distinct chat, state from outbox") == [(upgraded.id, "sent")]


async def test_server_errors_garbage_and_lost_connections_are_waited_out(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    for kind in ("500", "502", "drop-before"):
        server.fault(kind, method="sendMessage")
    server.send_text(resident, QUESTION)
    await server.next_message(resident, containing="ax card", timeout=20)
    await server.settled(quiet=0.5, timeout=20)
    assert sum("ax card" in message.text for message in server.messages(resident) if message.from_bot) == 1


async def test_an_answer_lost_on_the_way_back_may_come_twice_but_never_not_at_all(
    server: TelegramServer, bot: Running
) -> None:
    resident = server.person(1, language_code="en")
    server.fault("drop-after", method="sendMessage")
    server.send_text(resident, QUESTION)
    await server.wait_for(
        lambda: len([m for m in server.messages(resident) if m.from_bot and "ax card" in m.text]) == 2, 20
    )
    await server.settled(quiet=0.3, timeout=20)
    assert bot.sql("select count(*) from exchanges") == [(1,)]
    assert bot.sql("select count(*) from outbox where state != 'sent'") == [(0,)]


async def test_polling_survives_an_outage_of_telegram(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    server.fault("500", method="getUpdates", times=3)
    server.send_text(resident, QUESTION)
    await server.next_message(resident, containing="ax card", timeout=20)
    assert len(bot.sql("select * from exchanges")) == 1


async def test_a_poisoned_update_is_parked_and_holds_nobody_up(
    server: TelegramServer, bot: Running, monkeypatch
) -> None:
    server.person(ADMIN)
    respond = bot.current.conversation.respond

    def poisoned(heard, moment):
        if getattr(heard, "text", "") == "poison":
            raise ZeroDivisionError
        return respond(heard, moment)

    monkeypatch.setattr(bot.current.conversation, "respond", poisoned)
    first, second = server.person(1, language_code="en"), server.person(2, language_code="en")
    server.send_text(first, "poison")
    server.send_text(second, QUESTION)
    await answered(server, second)
    sorry = await server.next_message(first)
    assert "/human" in sorry.text
    assert "ZeroDivision" not in sorry.text
    assert "parked" in (await server.next_message(ADMIN)).text
    server.send_text(first, QUESTION)
    await answered(server, first)
    assert bot.sql("select state, count(*) from inbox group by state order by state") == [("done", 2), ("parked", 1)]


async def test_updates_that_telegram_never_sends_are_ignored(server: TelegramServer, bot: Running) -> None:
    from bot.telegram.scrub import scrub

    for update in ({}, {"update_id": 1}, {"update_id": "x", "message": {}}, {"update_id": 1, "message": None}, [], "x"):
        assert scrub(update) is None
    await asyncio.sleep(0)


async def test_a_queue_longer_than_what_is_read_ahead_is_sent_to_its_end(
    server: TelegramServer, running, monkeypatch
) -> None:
    monkeypatch.setattr("bot.telegram.sender.AHEAD", 3)
    people = [server.person(number) for number in range(1, 11)]
    async with running(server) as bot:
        await bot.finish()
        for person in people:
            await queue(bot, person.id, "one", "two")
        # All that is read ahead has to wait, so that the sender wakes without room for more.
        server.fault("429", method="sendMessage", times=3, retry_after=1)
        await bot.start()
        for person in people:
            assert (await server.next_message(person)).text == "one"
            assert (await server.next_message(person)).text == "two"


async def test_a_chat_goes_on_in_order_behind_a_message_that_failed_once(
    server: TelegramServer, bot: Running, monkeypatch
) -> None:
    respond, tries, heard_texts = bot.current.conversation.respond, [], []

    def fails_once(heard, moment):
        text = getattr(heard, "text", "")
        if text == "first" and not tries[2:]:
            tries.append(text)
            raise ZeroDivisionError
        heard_texts.append(text)
        return respond(heard, moment)

    monkeypatch.setattr(bot.current.conversation, "respond", fails_once)
    resident = server.person(1, language_code="en")
    server.send_text(resident, "first")
    server.send_text(resident, "second")
    await server.settled()
    await bot.drained()
    assert heard_texts == ["first", "second"]
    assert bot.sql("select state, count(*) from inbox group by state") == [("done", 2)]
