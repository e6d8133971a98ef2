"""What residents are told about their data, what of it is kept, and that it goes."""

import asyncio
import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.advice import compose
from bot.logs import configure
from bot.privacy.retention import DAY
from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message
from tests.telegram.conftest import Running

from .conftest import Room

CODE = "131052-308T"
RESIDENT = 700_100_200
"""An id that no other number in the database looks like."""

SETTLED = ('INSERT INTO "outbox"', 'INSERT INTO "inbox"')
"""Lines of a dump with calls that were made and updates that were handled: emptied, and pruned within days."""


def hidden(server: TelegramServer, number: int = RESIDENT) -> Person:
    """A resident whose names would be noticed anywhere."""
    return server.person(number, "Zaynabxyz", "en", last_name="Abdihakim", username="zaynab_ah")


async def settle(room: Room, person: Person, city: str = "espoo") -> None:
    """Language and city told."""
    room.server.send_text(person, "/start")
    room.press(person, await room.button(person, "l|en"), "l|en")
    menu = await room.button(person, f"c|{city}")
    await room.server.press(person, menu, f"c|{city}").answered()
    await room.bot.drained()


async def own_data(server: TelegramServer, person: Person) -> dict[str, Any]:
    """The file that /mydata sends."""
    server.send_text(person, "/mydata")
    sent = await server.wait_for(
        lambda: next((one for one in reversed(server.messages(person)) if one.json.get("document")), None)
    )
    found: dict[str, Any] = json.loads(server.world.files.by_id[sent.json["document"]["file_id"]].content)
    return found


def seen(server: TelegramServer, group: Chat) -> str:
    """Everything that the bot has written in a group, as Telegram shows it, and the names of topics."""
    said = [json.dumps(one.json, ensure_ascii=False) for one in server.messages(group) if one.from_bot]
    return "\n".join([*said, *(topic.name for topic in group.topics.values())])


def change(bot: Running, statement: str) -> None:
    """As an operator at the file; used to let time pass."""
    with closing(sqlite3.connect(bot.path, timeout=10)) as connection:
        connection.execute(statement)
        connection.commit()


async def test_first_use_shows_a_short_notice_from_the_running_settings(server: TelegramServer, running: Any) -> None:
    async with running(server, retention_days=33) as bot:
        talk = bot.current.conversation
        bot.current.conversation = compose(talk.catalogue, talk.guide.matcher, bot.settings)
        for number, first in enumerate(("/start", "how do I get a tax card"), 1):
            person = server.person(number, language_code="en")
            server.send_text(person, first)
            notice = await server.next_message(person, containing="33 days")
            for owner in ("City of Helsinki", "City of Espoo", "City of Vantaa", "City of Kauniainen"):
                assert owner in notice.text
            assert "/privacy" in notice.text
            assert "not your name" in notice.text
            assert len(notice.text) < 800, "it is read on a phone"
        server.send_text(person, "/city")
        server.press(person, await Room(server, bot).button(person, "c|vantaa"), "c|vantaa")
        await bot.drained()
        server.send_text(person, "/privacy")
        whole = await server.next_message(person, containing="33 days")
        assert "Controller: City of Vantaa" in whole.text
        assert "City of Espoo" not in whole.text
        assert "/mydata" in whole.text
        assert "/delete" in whole.text


async def test_own_data_hold_tickets_their_history_and_the_rating(server: TelegramServer, room: Room) -> None:
    maria = server.person(811_001, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina, other = await room.resident(1), await room.resident(2)
    topic = await room.take(maria, espoo, await room.ask(amina, "My rent is too high"))
    await room.ask(other, "A matter of somebody else")
    server.send_text(maria, "Please send me the contract", chat=espoo, thread=topic.id)
    await server.next_message(amina, containing="contract")
    server.send_text(amina, "here is what it says")
    await server.next_message(espoo, thread=topic.id, containing="here is what")
    server.send_text(maria, "/close", chat=espoo, thread=topic.id)
    server.press(amina, await room.button(amina, "g|1|4"), "g|1|4")
    await server.next_message(amina, containing="good or bad")
    server.send_text(amina, "It took long")
    await room.bot.drained()
    data = await own_data(server, amina)
    ((request,), whole) = data["requests"], json.dumps(data)
    assert (request["id"], request["state"], request["stars"], request["comment"]) == (1, "closed", 4, "It took long")
    said = [(line["author"], line["text"]) for line in request["history"] if line["author"] != "event"]
    assert said == [
        ("resident", "My rent is too high"),
        ("advisor", "Please send me the contract"),
        ("resident", "here is what it says"),
    ]
    assert "somebody else" not in whole
    assert "811001" not in whole, "an advisor's number is not the resident's data"
    assert room.bot.sql("select act, actor from audit where act = 'exported'") == [("exported", None)]


async def test_everything_is_erased_while_a_ticket_is_open(server: TelegramServer, room: Room) -> None:
    maria, olli = server.person(811_001, "Maria", "fi"), server.person(811_002, "Olli", "fi")
    espoo, vantaa = await room.desk("espoo", maria), await room.desk("vantaa", olli)
    amina = hidden(server)
    await settle(room, amina)
    first = await room.ask(amina, "wordone about my rent")
    topic = await room.take(maria, espoo, first)
    server.send_text(maria, "/close", chat=espoo, thread=topic.id)
    server.press(amina, await room.button(amina, f"g|{first}|2"), f"g|{first}|2")
    await server.next_message(amina, containing="good or bad")
    server.send_text(amina, "wordtwo was bad")
    await room.bot.drained()
    second = await room.ask(amina, "wordthree about my visa")
    topic = await room.take(maria, espoo, second)
    server.send_photo(amina, "wordfour on paper")
    server.send_text(maria, "wordfive is the answer", chat=espoo, thread=topic.id)
    server.send_text(maria, "// wordsix is a note", chat=espoo, thread=topic.id)
    server.send_text(maria, "/expert vantaa wordseven?", chat=espoo, thread=topic.id)
    server.send_text(maria, "/transfer vantaa", chat=espoo, thread=topic.id)
    await server.settled()
    await room.bot.drained()
    assert len(vantaa.topics) == 1, "a topic that was asked for twice is there once"
    await room.take(olli, vantaa, second)
    server.send_text(amina, "/delete")
    server.press(amina, await room.button(amina, "d"), "d")
    await server.next_message(amina, containing="deleted")
    told = await server.next_message(vantaa, containing=f"#{second} has erased everything")
    assert told.thread is None, "in the general topic: the ticket's own is gone"
    await room.bot.drained()
    await server.settled()
    assert not [topic.name for group in (espoo, vantaa) for topic in group.topics.values() if "#" in topic.name]
    dump = room.bot.dump()
    for number in ("one", "two", "three", "four", "five", "six", "seven"):
        assert f"word{number}" not in dump
        assert f"word{number}" not in seen(server, espoo) + seen(server, vantaa)
    figures = room.bot.sql("select id, chat, state, closed_by, stars, desk from tickets order by id")
    assert figures == [(1, 0, "closed", "advisor", 2, "espoo"), (2, 0, "closed", "deleted", None, "vantaa")]
    for table in ("residents", "exchanges", "pairs", "albums"):
        assert room.bot.sql(f"select count(*) from {table}") == [(0,)], table
    kept = [line for line in dump.splitlines() if str(RESIDENT) in line]
    assert all(line.startswith(SETTLED) for line in kept), "pruned within days"
    acts = [act for (act,) in room.bot.sql("select act from audit where ticket = 2 order by id")]
    assert acts == ["opened", "taken", "expert asked", "moved", "taken", "closed by deleted", "deleted"]
    server.send_text(olli, "are you there?", chat=vantaa)
    server.send_text(amina, "how do I get a tax card")
    await server.next_message(amina, containing="ax card")
    assert (await own_data(server, amina))["requests"] == []


async def test_a_ban_is_told_and_outlives_the_deletion(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    topic = await room.take(maria, espoo, await room.ask(amina))
    server.send_text(maria, "/ban 30 threats", chat=espoo, thread=topic.id)
    closed = await server.next_message(amina, containing="closed")
    assert "How was the advice" not in closed.text
    assert (await own_data(server, amina))["ban"]["reason"] == "threats"
    server.send_text(amina, "/delete")
    server.press(amina, await room.button(amina, "d"), "d")
    await server.next_message(amina, containing="deleted")
    await server.next_message(amina, containing="cannot send requests")
    await settle(room, amina)
    server.send_text(amina, "/human")
    await server.next_message(amina)
    server.send_text(amina, "me again")
    server.press(amina, await room.button(amina, "S"), "S")
    await server.next_message(amina, containing="cannot send requests")
    assert room.bot.sql("select count(*) from tickets where state <> 'closed'") == [(0,)]


async def test_a_desk_is_linked_only_where_its_topics_can_be_erased(server: TelegramServer, room: Room) -> None:
    rights = ("can_manage_chat", "can_manage_topics")
    group = server.supergroup("Desk", forum=True, owner=room.admin, members=(room.admin,), rights=rights)
    server.send_text(room.admin, "/desk espoo", chat=group)
    await server.next_message(group)
    assert room.bot.sql("select * from desks") == []
    server.set_bot(group, "administrator", room.admin, rights=(*rights, "can_delete_messages"))
    server.send_text(room.admin, "/desk espoo", chat=group)
    await server.next_message(group)
    assert room.bot.sql("select city, chat from desks") == [("espoo", group.id)]


async def test_a_topic_that_is_yet_to_be_made_is_erased_too(server: TelegramServer, room: Room) -> None:
    espoo = await room.desk("espoo")
    amina = await room.resident(RESIDENT)
    server.fault("429", method="createForumTopic", retry_after=2)
    server.send_text(amina, "/human")
    await server.next_message(amina)
    server.send_text(amina, "wordone about my rent")
    server.press(amina, await room.button(amina, "S"), "S")
    await server.next_message(amina, containing="#1")
    server.send_text(amina, "/delete")
    server.press(amina, await room.button(amina, "d"), "d")
    await server.next_message(amina, containing="deleted")
    assert "wordone" not in room.bot.dump(), "while Telegram does not take calls"
    await room.bot.drained()
    assert not espoo.topics
    assert "wordone" not in seen(server, espoo)


async def test_texts_go_by_themselves_and_figures_stay(server: TelegramServer, running: Any) -> None:
    maria = server.person(811_001, "Maria", "fi")
    async with running(server) as bot:
        room = Room(server, bot)
        espoo = await room.desk("espoo", maria)
        amina, waiting = await room.resident(RESIDENT), await room.resident(2)
        topic = await room.take(maria, espoo, await room.ask(amina, "wordone about my rent"))
        server.send_text(maria, "wordtwo is the answer", chat=espoo, thread=topic.id)
        await server.next_message(amina, containing="wordtwo")
        server.send_text(maria, "/close", chat=espoo, thread=topic.id)
        await room.button(amina, "g|1|5")
        await room.ask(waiting, "wordthree about my visa")
        await bot.drained()
    change(bot, f"update entries set at = at - {181 * DAY}")
    change(bot, f"update exchanges set at = at - {181 * DAY}")
    change(bot, f"update residents set updated_at = updated_at - {181 * DAY}")
    change(bot, f"update tickets set opened_at = opened_at - {181 * DAY}, closed_at = closed_at - {179 * DAY}")
    async with running(server) as bot:
        await server.wait_for(lambda: "wordone" not in bot.dump())
        await bot.drained()
        assert any(one.name.startswith("#1") for one in espoo.topics.values()), "closed 179 days ago"
        assert "wordthree" not in bot.dump()
        server.send_text(waiting, "I still wait")
        await server.next_message(espoo, containing="I still wait")
    change(bot, f"update tickets set closed_at = closed_at - {2 * DAY}")
    async with running(server) as bot:
        await server.wait_for(lambda: not any(one.name.startswith("#1") for one in espoo.topics.values()))
        await bot.drained()
        assert any(one.name.startswith("#2") for one in espoo.topics.values()), "an open ticket keeps its topic"
        assert bot.sql("select chat, state, desk, language, taker from tickets where id = 1") == [
            (0, "closed", "espoo", "en", maria.id)
        ]
        assert "wordtwo" not in seen(server, espoo)
        about = [line for line in bot.dump().splitlines() if str(RESIDENT) in line]
        assert all(line.startswith(SETTLED) for line in about), "pruned within days"
        assert bot.sql("select chat, text from exchanges where text is not null") == []


async def test_staff_see_a_number_and_never_a_name(server: TelegramServer, room: Room) -> None:
    maria, olli = server.person(11, "Maria", "fi"), server.person(12, "Olli", "fi")
    espoo, vantaa = await room.desk("espoo", maria), await room.desk("vantaa", olli)
    amina = hidden(server)
    await settle(room, amina)
    server.send_text(amina, "/human")
    await server.next_message(amina)
    server.send_photo(amina, "about this letter")
    await server.press(amina, await room.button(amina, "S"), "S").answered()
    topic = await room.take(maria, espoo, 1)
    for send in (server.send_voice, server.send_document, server.send_sticker):
        send(amina)
    server.send_location(amina, 60.2, 24.8)
    server.send_contact(amina, "+358401234567")
    await server.next_message(amina, containing="removed")
    server.send_album(amina, 3, "three pages")
    text = server.send_text(amina, "my words")
    server.edit(amina, text, "my other words")
    await server.wait_for(lambda: any("my other words" in said for said in room.texts(espoo, topic.id)))
    for words in ("/history", "/who", "/queue", "/answer tax-card", "/transfer vantaa"):
        server.send_text(maria, words, chat=espoo, thread=topic.id)
    await room.topic(vantaa, 1)
    await room.bot.drained()
    server.block(amina)
    there = await room.take(olli, vantaa, 1)
    await server.next_message(vantaa, thread=there.id, containing="cannot be reached")
    shown = seen(server, espoo) + seen(server, vantaa)
    assert "three pages" in shown
    for secret in ("Zaynabxyz", "Abdihakim", "zaynab_ah", str(RESIDENT), "401234567"):
        assert secret not in shown
        if secret != str(RESIDENT):
            assert secret not in room.bot.dump()


async def masked_for(server: TelegramServer, room: Room) -> tuple[Person, Person, Chat, int]:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    topic = await room.take(maria, espoo, await room.ask(amina))
    return amina, maria, espoo, topic.id


async def test_a_residents_identity_code_reaches_nobody(server: TelegramServer, room: Room) -> None:
    amina, _, espoo, thread = await masked_for(server, room)
    plain, picture = server.send_text(amina, "wordone"), server.send_photo(amina, "wordtwo")
    await server.wait_for(lambda: [one for one in server.messages(espoo, thread) if "wordtwo" in one.text])
    before = len(told(server, amina, "I removed"))
    server.send_text(amina, f"wordthree {CODE}")
    server.send_photo(amina, f"wordfour {CODE}")
    server.send_album(amina, 2, f"wordfive {CODE}")
    server.edit(amina, plain, f"wordsix {CODE}")
    server.edit(amina, picture, f"wordseven {CODE}")
    for number in ("three", "four", "five", "six", "seven"):
        await server.wait_for(lambda n=number: [t for t in room.texts(espoo, thread) if f"word{n} [***id***]" in t])
    await server.wait_for(lambda: len(told(server, amina, "I removed")) == before + 5)
    await room.bot.drained()
    assert CODE not in seen(server, espoo) + room.bot.dump()
    server.send_text(amina, "/human")


async def test_an_advisors_identity_code_reaches_nobody(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await masked_for(server, room)
    await room.desk("vantaa")
    reply = server.send_text(maria, "wordone", chat=espoo, thread=thread)
    await server.next_message(amina, containing="wordone")
    server.send_text(maria, f"wordtwo {CODE}", chat=espoo, thread=thread)
    server.send_photo(maria, f"wordthree {CODE}", chat=espoo, thread=thread)
    server.send_album(maria, 2, f"wordfour {CODE}", chat=espoo, thread=thread)
    server.edit(maria, reply, f"wordfive {CODE}")
    for number in ("two", "three", "four", "five"):
        await server.wait_for(lambda n=number: [t for t in room.texts(amina) if f"word{n} [***id***]" in t])
    server.send_text(maria, f"// {CODE} has called", chat=espoo, thread=thread)
    server.send_text(maria, f"/expert vantaa what of {CODE}?", chat=espoo, thread=thread)
    await server.wait_for(lambda: len(told(server, espoo, "personal identifier was taken out")) == 6)
    await room.bot.drained()
    shown = "\n".join(room.texts(amina))
    assert CODE not in shown + room.bot.dump()
    assert "has called" not in shown
    assert room.bot.sql("select count(*) from entries where text like '%[***id***]%'") == [(6,)]
    server.send_text(maria, "Call the office: 09 310 1691", chat=espoo, thread=thread)
    await server.next_message(amina, containing="09 310 1691")


def told(server: TelegramServer, chat: Any, words: str) -> list[Message]:
    return [one for one in server.messages(chat) if one.from_bot and words in one.text]


async def test_an_edited_note_stays_a_note(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await masked_for(server, room)
    olli = server.person(12, "Olli", "fi")
    server.add_member(espoo, olli)
    note = server.send_text(maria, "// wordone", chat=espoo, thread=thread)
    others = server.send_text(olli, "wordtwo", chat=espoo, thread=thread)
    await server.next_message(espoo, thread=thread, containing="stays a note")
    server.edit(maria, note, "// wordthree")
    server.edit(olli, others, "wordfour")
    reply = server.send_text(maria, "hello", chat=espoo, thread=thread)
    await server.next_message(amina, containing="hello")
    server.edit(maria, reply, "// wordfive")
    await server.settled()
    await room.bot.drained()
    assert "word" not in "".join(text for text in room.texts(amina) if "own words" not in text)
    assert room.bot.sql("select text from entries where author = 'note'") == [("// wordthree",), ("wordfour",)]


async def test_the_log_of_acts_is_append_only_and_holds_no_text(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await masked_for(server, room)
    await room.desk("vantaa")
    server.send_text(maria, "wordone is the answer", chat=espoo, thread=thread)
    await server.next_message(amina, containing="wordone")
    card = await room.button(espoo, "D|history|1", thread)
    await server.press(maria, card, "D|history|1").answered()
    server.send_text(maria, "/answer tax-card", chat=espoo, thread=thread)
    await server.next_message(amina, containing="ax card")
    server.send_text(maria, "/expert vantaa wordtwo is my question", chat=espoo, thread=thread)
    server.send_text(maria, "/release", chat=espoo, thread=thread)
    server.send_text(maria, "/transfer vantaa", chat=espoo, thread=thread)
    await server.next_message(amina, containing="passed on")
    await own_data(server, amina)
    server.send_text(amina, "/delete")
    server.press(amina, await room.button(amina, "d"), "d")
    await server.next_message(amina, containing="deleted")
    await room.bot.drained()
    rows = room.bot.sql("select act, actor, detail from audit where ticket = 1 order by id")
    assert rows == [
        ("opened", None, ""),
        ("taken", maria.id, ""),
        ("read", maria.id, ""),
        ("answered", maria.id, "tax-card"),
        ("expert asked", maria.id, "vantaa vantaa"),
        ("released", maria.id, ""),
        ("moved", maria.id, "espoo > vantaa"),
        ("exported", None, ""),
        ("closed by deleted", None, ""),
        ("deleted", None, ""),
    ]
    every = room.bot.sql("select * from audit order by id")
    assert "word" not in json.dumps(every)
    for statement in (
        "update audit set actor = 1",
        "delete from audit",
        "insert or replace into audit (id, at, act, detail) values (1, 0, 'x', '')",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            change(room.bot, statement)
    assert room.bot.sql("select * from audit order by id") == every


async def test_log_lines_tell_nothing_of_people(
    server: TelegramServer, room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("DEBUG", server.token)
    maria = server.person(811_001, "Mariaxyz", "fi")
    espoo = await room.desk("espoo", maria)
    amina = hidden(server)
    await settle(room, amina)
    topic = await room.take(maria, espoo, await room.ask(amina, "wordone about <my> rent"))
    server.delete_topic(espoo, topic.id)
    server.fault("500", method="sendMessage")
    server.send_text(amina, "wordtwo")
    topic = await room.topic(espoo, 1)
    server.fault("error", method="sendMessage", times=3, description="Bad Request: something odd")
    server.send_text(maria, "wordthree", chat=espoo, thread=topic.id)
    await server.wait_for(lambda: room.bot.sql("select id from outbox where state = 'parked'"))
    server.block(amina)
    server.send_text(maria, "wordfour", chat=espoo, thread=topic.id)
    await server.next_message(espoo, thread=topic.id, containing="cannot be reached")
    await asyncio.sleep(0.1)
    lines = capsys.readouterr().err
    assert "a deleted topic is made again" in lines
    assert "call parked" in lines
    for secret in ("word", "Zaynabxyz", "Abdihakim", "zaynab_ah", "Mariaxyz", str(RESIDENT), "811001", server.token):
        assert secret not in lines, secret
