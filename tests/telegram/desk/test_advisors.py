"""What advisors do in a ticket's topic, and what of it the resident sees."""

import sqlite3
from contextlib import closing
from typing import Any

from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message
from tests.telegram.conftest import Running

from .conftest import Room


async def write(room: Room, person: Person, text: str, group: Chat, thread: int) -> Message:
    """What an advisor writes in a topic, handled."""
    sent = room.server.send_text(person, text, chat=group, thread=thread)
    await room.drained()
    return sent


async def push(room: Room, person: Person, chat: Any, data: str, thread: int | None = None) -> str:
    """A press on the newest button with this callback data, handled; the words of its toast."""
    press = room.server.press(person, await room.button(chat, data, thread), data)
    answer = await press.answered()
    await room.drained()
    return answer.get("text") or ""


def alter(bot: Running, statement: str, *values: Any) -> None:
    """Changes the file while the bot is stopped, to let time pass."""
    with closing(sqlite3.connect(bot.path, timeout=10)) as connection, connection:
        connection.execute(statement, values)


def seen(room: Room, chat: Any, words: str, thread: int | None = None) -> bool:
    return any(words in text for text in room.texts(chat, thread))


async def test_the_card_tells_what_the_bot_knows(server: TelegramServer, room: Room) -> None:
    espoo = await room.desk("espoo", settings=("language en", "goal 20", "hours 24/7"))
    amina = await room.resident(1, "sv")
    server.send_text(amina, "hur ansöker jag om barnbidrag?")
    await server.next_message(amina, containing="FPA")
    number = await room.ask(amina, "min dotter behöver en dagisplats i september")
    topic = await room.topic(espoo, number)
    assert topic.name == f"#{number} · sv · daycare-application"
    card = (await room.button(espoo, f"D|take|{number}", topic.id)).text
    for part in (
        f"#{number}", "question", "0 of 20 min", "Svenska (sv)", "city: Espoo", "dagisplats i september",
        "before: Child benefit", "Suggested:", "daycare-application",
    ):  # fmt: skip
        assert part in card, part
    assert "Resident1" not in room.bot.dump()
    for verb in ("take", "close", "move", "suggest", "history"):
        assert (await room.button(espoo, f"D|{verb}|{number}", topic.id)).text == card


async def test_only_the_takers_words_reach_the_resident(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo = await room.desk("espoo", maria, noor)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.topic(espoo, number)
    await write(room, maria, "too early", espoo, topic.id)
    assert seen(room, espoo, "Nobody has taken this ticket", topic.id)
    await room.take(maria, espoo, number)
    toast = await push(room, noor, espoo, f"D|release|{number}", topic.id)  # a colleague may free it ...
    assert toast == ""
    await room.take(noor, espoo, number)
    assert "Noor" in await push_old(room, maria, espoo, f"D|take|{number}", topic.id)  # ... but not take it away
    mine = await write(room, noor, "hello from Noor", espoo, topic.id)
    note = await write(room, noor, "// call Kela", espoo, topic.id)
    foreign = await write(room, maria, "Maria's opinion", espoo, topic.id)
    assert seen(room, espoo, "Noor has this ticket", topic.id)
    file = server.send_document(maria, caption="Maria's file", chat=espoo, thread=topic.id)
    await room.drained()
    assert seen(room, amina, "💬 hello from Noor")
    # An edit neither carries a note out nor a colleague's words.
    server.edit(noor, note, "// call Kela at nine")
    server.edit(maria, foreign, "Maria's second opinion")
    server.edit(maria, file, "Maria's second file")
    server.edit(noor, mine, "hello from Noor, of Espoo")
    await room.drained()
    assert seen(room, amina, "💬 hello from Noor, of Espoo")
    server.edit(noor, mine, "// I should not have written that")
    await room.drained()
    for words in ("too early", "Kela", "opinion", "Maria", "should not"):
        assert not seen(room, amina, words), words
    assert not any(message.json.get("document") for message in server.messages(amina))
    assert [bool(one.reactions) for one in (mine, note, foreign)] == [True, False, False], "receipts"
    await push(room, noor, espoo, f"D|history|{number}", topic.id)
    history = "\n".join(room.texts(espoo, topic.id))
    for words in ("too early", "// call Kela at nine", "Maria's second opinion"):
        assert words in history, words
    assert ("read", 12) in room.bot.sql("select act, actor from audit")


async def push_old(room: Room, person: Person, chat: Any, data: str, thread: int) -> str:
    """A press on a button of the card that is no more there."""
    press = room.server.press_data(person, room.server.messages(chat, thread)[1], data)
    answer = await press.answered()
    await room.drained()
    return answer.get("text") or ""


async def test_buttons_and_commands_of_a_ticket(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo = await room.desk("espoo", maria, noor, settings=("language en", "names on"))
    vantaa = await room.desk("vantaa", noor)
    amina = await room.resident(1)
    number = await room.ask(amina, "my child needs a day care place")
    topic = await room.topic(espoo, number)
    await write(room, maria, "/take@neuvoja_bot", espoo, topic.id)
    assert seen(room, amina, "Maria, an advisor, has your request")
    await write(room, maria, "/release", espoo, topic.id)
    assert seen(room, amina, "waits for another advisor")
    assert room.state(number) == "waiting"
    await write(room, maria, "/reopen", espoo, topic.id)
    assert seen(room, espoo, "cannot be done now", topic.id)
    await write(room, maria, "/relese", espoo, topic.id)
    assert seen(room, espoo, "/help", topic.id), "a slip in a command is told, and nobody's reply"
    await push(room, maria, espoo, f"D|take|{number}", topic.id)
    await write(room, maria, "/clsoe", espoo, topic.id)
    assert not seen(room, amina, "clsoe")
    await push(room, maria, espoo, f"D|suggest|{number}", topic.id)
    await push(room, maria, espoo, f"D|answer|{number}|daycare-application", topic.id)
    assert seen(room, amina, "early childhood education")
    await push(room, maria, espoo, f"D|close|{number}", topic.id)
    assert room.state(number) == "closed"
    assert seen(room, amina, f"{number} is closed")
    await write(room, room.admin, "one more thing", espoo, topic.id)
    assert not seen(room, amina, "one more thing")
    await push(room, maria, espoo, f"D|reopen|{number}", topic.id)
    assert room.state(number) == "waiting"
    assert seen(room, amina, "open again")
    await write(room, maria, "/close", espoo, topic.id)
    await write(room, room.admin, "/reopen", espoo, topic.id)  # in a closed topic only administrators may write
    await push(room, maria, espoo, f"D|move|{number}", topic.id)
    await push(room, maria, espoo, f"D|to|{number}|vantaa", topic.id)
    assert seen(room, amina, "passed on to the advisors of Vantaa")
    there = await room.topic(vantaa, number)
    assert seen(room, vantaa, "day care place", there.id)
    assert topic.closed
    # What is left in the first city's topic changes nothing any more.
    assert "old" in await push_old(room, maria, espoo, f"D|close|{number}", topic.id)
    await write(room, room.admin, "/close", espoo, topic.id)
    assert room.state(number) == "waiting"
    await room.take(noor, vantaa, number)
    await write(room, noor, "/transfer espoo", vantaa, there.id)
    await room.take(maria, espoo, number)
    assert not topic.closed
    await write(room, room.admin, "we forgot the form", vantaa, there.id)
    assert seen(room, espoo, "🎓 Coordinator: we forgot the form", topic.id), "the earlier desk may still advise"
    assert not seen(room, amina, "forgot the form")
    await write(room, maria, "/who", espoo, topic.id)
    who = room.texts(espoo, topic.id)[-1]
    assert "Taken by: Maria" in who
    assert "moved vantaa > espoo Noor" in who


async def test_what_was_said_elsewhere_comes_back_with_the_ticket(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo, vantaa = await room.desk("espoo", maria), await room.desk("vantaa", noor)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.take(maria, espoo, number)
    await write(room, maria, "/transfer Vanda", espoo, topic.id)
    there = await room.take(noor, vantaa, number)
    await write(room, noor, "bring the lease", vantaa, there.id)
    await write(room, noor, "/transfer espoo", vantaa, there.id)
    assert seen(room, espoo, "bring the lease", topic.id)
    assert len(espoo.topics) == 1, "the same topic again"


async def test_replies_and_edits_go_both_ways(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.take(maria, espoo, number)
    asked = server.send_text(amina, "when does the office open?")
    copy = await server.next_message(espoo, thread=topic.id, containing="office open")
    answer = server.send_text(maria, "At nine", chat=espoo, thread=topic.id, reply_to=copy)
    got = await server.next_message(amina, containing="At nine")
    assert got.json["reply_to_message"]["message_id"] == asked.id
    back = server.say(amina, {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2}}, reply_to=got)
    voice = await server.wait_for(
        lambda: next((one for one in server.messages(espoo, topic.id) if one.json.get("voice")), None)
    )
    assert voice.json["reply_to_message"]["message_id"] == answer.id, "a voice message quotes as well"
    assert back.id

    server.edit(amina, asked, "when does the office open on Friday?")
    server.edit(maria, answer, "At ten")
    photo = server.send_photo(maria, "the form", chat=espoo, thread=topic.id)
    await room.drained()
    server.edit(maria, photo, "the form, page 1")
    await room.drained()
    assert copy.text == "👤 when does the office open on Friday?"
    assert got.text == "💬 At ten"
    picture = next(one for one in server.messages(amina) if one.json.get("photo"))
    assert picture.json["caption"] == "💬 the form, page 1"
    server.edit(maria, answer, "At ten, my code is 131052-308T")
    await room.drained()
    assert "131052-308T" not in got.text
    assert seen(room, espoo, "identifier was taken out", topic.id), "who edits an identifier in is told too"
    await write(room, maria, "/close", espoo, topic.id)
    server.edit(amina, asked, "when does it open on Saturday?")
    await room.drained()
    assert copy.text == "👤 when does it open on Saturday?", "an edit after the close is no new question"
    assert room.state(number) == "closed"


async def test_files_voice_albums_and_locations_go_both_ways(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.take(maria, espoo, number)

    def kinds(chat: Any, thread: int | None = None, *, bot: bool = True) -> list[str]:
        known = ("photo", "voice", "document", "location", "sticker")
        return [
            kind
            for one in server.messages(chat, thread)
            for kind in known
            if one.json.get(kind) and one.from_bot is bot
        ]

    server.send_voice(amina)
    server.send_document(amina, "letter.pdf", "the letter")
    server.send_location(amina, 60.2, 24.8)
    server.send_sticker(amina)
    server.send_album(amina, 3, "three pages")
    await server.wait_for(lambda: len(kinds(espoo, topic.id)) == 7)
    await room.drained()
    assert kinds(espoo, topic.id) == ["voice", "document", "location", "sticker", "photo", "photo", "photo"]
    assert seen(room, espoo, "three pages", topic.id)
    assert "24.8" not in room.bot.dump(), "no coordinates are stored"

    server.send_voice(maria, chat=espoo, thread=topic.id)
    server.send_document(maria, "form.pdf", "fill this in", chat=espoo, thread=topic.id)
    server.send_location(maria, 60.2, 24.66, chat=espoo, thread=topic.id)
    parts = server.send_album(maria, 2, "two maps", chat=espoo, thread=topic.id)
    await server.wait_for(lambda: len(kinds(amina)) == 5)
    await server.wait_for(lambda: parts[0].reactions)
    await room.drained()
    assert kinds(amina) == ["voice", "document", "location", "photo", "photo"]
    assert seen(room, amina, "two maps")
    assert not any(one.json.get("forward_origin") for one in server.messages(amina)), "nothing tells who sent it"
    assert room.bot.sql("select count(*) from tickets") == [(1,)]


async def test_an_answer_in_a_language_the_advisor_does_not_speak(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    espoo = await room.desk("espoo", maria)
    boris = await room.resident(2, "sv", "vantaa")
    number = await room.ask(boris, "jag behöver hjälp")
    topic = await room.topic(espoo, number)
    await write(room, maria, "/answer daycare-application", espoo, topic.id)
    assert seen(room, espoo, "Nobody has taken", topic.id)
    await room.take(maria, espoo, number)
    before = len(room.texts(boris))
    await write(room, maria, "/answer no-such-thing", espoo, topic.id)
    await write(room, maria, "/answer talk-to-human", espoo, topic.id)
    assert len(room.texts(boris)) == before
    assert seen(room, espoo, "no-such-thing", topic.id)
    await write(room, maria, "/answer daycare-application", espoo, topic.id)
    got = "\n".join(room.texts(boris)[before:])
    assert "småbarnspedagogik" in got
    assert "Vanda" in got, "the resident's city, though Espoo's desk answers"
    assert "Esbo" not in got
    shown = "\n".join(room.texts(espoo, topic.id))
    assert "varhaiskasvatus" in shown
    assert "Svenska" in shown
    assert "Vantaa" in shown
    assert ("answered", maria.id, "daycare-application") in room.bot.sql("select act, actor, detail from audit")


async def test_a_ticket_goes_where_the_expertise_or_the_language_is(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo, vantaa = await room.desk("espoo", maria), await room.desk("vantaa", noor)
    await write_general(room, noor, "/skills ar Housing", vantaa)
    assert seen(room, vantaa, "Noor: ar, housing")
    await write_general(room, noor, "/skills ääää 日", vantaa)
    assert room.bot.sql("select skills from advisors where user = 12") == [("ar,housing",)]
    for target, words in (("housing", "know this matter better"), ("ar", "العربية"), ("so", "Soomaali")):
        amina = await room.resident(20 + len(target) + ord(target[0]))
        number = await room.ask(amina)
        topic = await room.take(maria, espoo, number)
        await write(room, maria, f"/transfer {target}", espoo, topic.id)
        assert room.bot.sql("select desk, state from tickets where id = ?", number) == [("vantaa", "waiting")], target
        assert seen(room, amina, words), target
        await room.topic(vantaa, number)
    amina = await room.resident(3)
    number = await room.ask(amina)
    topic = await room.take(maria, espoo, number)
    await write(room, maria, "/transfer astrology", espoo, topic.id)
    assert seen(room, espoo, "housing", topic.id), "what there is"
    await write(room, maria, "/transfer kauniainen", espoo, topic.id)
    assert seen(room, espoo, "kauniainen", topic.id)
    await write(room, maria, "/transfer espoo", espoo, topic.id)
    assert seen(room, espoo, "at this desk already", topic.id)
    assert room.state(number) == "taken"


async def write_general(room: Room, person: Person, text: str, group: Chat) -> None:
    room.server.send_text(person, text, chat=group)
    await room.drained()


async def test_an_expert_is_asked_and_the_ticket_stays(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo, vantaa = await room.desk("espoo", maria), await room.desk("vantaa", noor)
    await write_general(room, noor, "/skills housing", vantaa)
    await write_general(room, maria, "/skills housing", espoo)
    amina = await room.resident(1)
    number = await room.ask(amina, "the landlord keeps my deposit")
    topic = await room.take(maria, espoo, number)
    await write(room, maria, "/expert housing may he keep the deposit?", espoo, topic.id)
    there = await room.topic(vantaa, number)
    assert seen(room, vantaa, "keeps my deposit", there.id)
    assert seen(room, vantaa, "may he keep the deposit?", there.id)
    assert not [row for one in server.messages(vantaa, there.id) for row in one.inline_keyboard], "no buttons there"
    advice = await write(room, noor, "only for damage", vantaa, there.id)
    assert seen(room, espoo, "🎓 Noor: only for damage", topic.id)
    server.edit(noor, advice, "only for damage and unpaid rent")
    await room.drained()
    assert seen(room, espoo, "🎓 Noor: only for damage and unpaid rent", topic.id)
    await write(room, noor, "// my own note", vantaa, there.id)
    await write(room, noor, "/take", vantaa, there.id)
    await write(room, noor, "/close", vantaa, there.id)
    server.send_photo(noor, "a page of the law", chat=vantaa, thread=there.id)
    await room.drained()
    assert seen(room, espoo, "my own note", topic.id) is False
    assert room.bot.sql("select desk, state, taker from tickets") == [("espoo", "taken", maria.id)]
    assert not any(
        words in text for text in room.texts(amina) for words in ("damage", "my own note", "page of", "Noor")
    )
    await write(room, maria, "and now?", espoo, topic.id)
    assert seen(room, amina, "and now?")
    await write(room, maria, "/expert housing what about the moving costs?", espoo, topic.id)
    assert seen(room, vantaa, "what about the moving costs?", there.id), "a second question in the same topic"
    assert len(vantaa.topics) == 1
    assert ("expert asked", "vantaa housing") in room.bot.sql("select act, detail from audit")


async def test_a_desk_that_speaks_the_language_gets_the_ticket(server: TelegramServer, room: Room) -> None:
    espoo, vantaa = await room.desk("espoo"), await room.desk("vantaa")
    amina = await room.resident(1)
    server.send_text(amina, "/human")
    await server.next_message(amina)
    server.send_text(amina, "I need help")
    await push(room, amina, amina, "k|more")
    await push(room, amina, amina, "k|so")
    await push(room, amina, amina, "k|en")
    await push(room, amina, amina, "S")
    assert room.bot.sql("select city, desk, languages from tickets") == [("espoo", "vantaa", "so")]
    topic = await room.topic(vantaa, 1)
    assert not any(name.name.startswith("#1") for name in espoo.topics.values())
    assert seen(room, amina, "The advisors of Vantaa have your request, because they speak Soomaali")
    assert seen(room, vantaa, "serves the language Soomaali", topic.id)


async def test_the_queue_and_its_reminders(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo = await room.desk("espoo", maria, settings=("language en", "goal 20", "hours 24/7"))
    vantaa = await room.desk("vantaa", noor)
    amina, boris, chen = [await room.resident(number) for number in (1, 2, 3)]
    for person in (amina, boris, chen):
        await room.ask(person)
    await room.take(maria, espoo, 3)

    async def pass_minutes(first: int, second: int) -> None:
        await room.bot.finish()
        now = "cast(strftime('%s', 'now') as real)"
        alter(room.bot, f"update tickets set waiting_since = {now} - ? where id = 1", first * 60 + 5)
        alter(room.bot, f"update tickets set waiting_since = {now} - ? where id = 2", second * 60 + 5)
        await room.bot.start()
        await room.drained()

    await pass_minutes(25, 3)
    await server.next_message(espoo, containing="#1 (en) has waited 25 minutes; the goal is 20.")
    assert not seen(room, vantaa, "has waited")
    await write_general(room, maria, "/queue", espoo)
    queue = room.texts(espoo)[-1].splitlines()
    assert [line.split(" · ")[0] for line in queue if line.startswith("#")] == ["#1", "#2", "#3"]
    assert "25 min" in queue[1]
    assert "Maria" in queue[-1]
    await write_general(room, noor, "/queue", vantaa)
    assert "#1 · Espoo" in room.texts(vantaa)[-1], "the region's queue"
    await pass_minutes(41, 3)
    for group in (espoo, vantaa):
        await server.next_message(group, containing="has waited 41 minutes")
    await pass_minutes(50, 3)
    told = [text for text in room.texts(espoo) if "has waited" in text]
    assert len(told) == 2, "each reminder once"
    # Another desk helps out, as long as nobody was faster.
    await push(room, noor, vantaa, "D|to|1|vantaa")
    assert room.bot.sql("select desk from tickets where id = 1") == [("vantaa",)]


async def test_a_taken_ticket_is_not_carried_off_by_an_old_reminder(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo = await room.desk("espoo", maria, settings=("language en", "goal 1", "hours 24/7"))
    vantaa = await room.desk("vantaa", noor)
    await room.ask(await room.resident(1))
    await room.bot.finish()
    alter(room.bot, "update tickets set waiting_since = waiting_since - 600")
    await room.bot.start()
    await room.button(vantaa, "D|to|1|vantaa")
    await room.take(maria, espoo, 1)
    assert await push(room, noor, vantaa, "D|to|1|vantaa")
    assert room.bot.sql("select desk, taker from tickets") == [("espoo", maria.id)]


async def test_a_notice_is_in_every_answer_at_once(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    espoo, vantaa = await room.desk("espoo", maria), await room.desk("vantaa", noor)
    amina = await room.resident(1)
    point = "hello-espoo-info"

    async def answer() -> str:
        server.send_text(amina, "where is the advice point of my city, when is it open")
        return (await server.next_message(amina)).text

    assert "flooded" not in await answer()
    await write_general(room, maria, "/notice no-such-point closed", espoo)
    assert seen(room, espoo, "no service point no-such-point")
    await write_general(room, maria, f"/notice {point}", espoo)
    await write_general(room, maria, f"/notice {point} until 2020-02-30 closed", espoo)
    await write_general(room, maria, f"/notice {point} until 2020-02-20 closed", espoo)
    assert room.bot.sql("select * from notices") == [], "no words, no such day, a day that is over"
    await write_general(room, maria, f"/notice {point} flooded, go to Iso Omena", espoo)
    assert "flooded, go to Iso Omena" in await answer()
    assert seen(room, vantaa, "flooded, go to Iso Omena"), "the other desks know too"
    await room.bot.finish()
    await room.bot.start()
    assert "flooded" in await answer(), "also after a restart"
    await write_general(room, maria, f"/notice {point} until 2999-12-31 fi: suljettu | en: closed by storm", espoo)
    shown = await answer()
    assert "closed by storm" in shown
    assert "suljettu" not in shown
    assert "flooded" not in shown
    await room.bot.finish()
    alter(room.bot, "update notices set until = '2020-01-01'")
    await room.bot.start()
    assert "storm" not in await answer(), "it ends by itself"
    await write_general(room, maria, f"/notice {point} closed again", espoo)
    assert "closed again" in await answer()
    await write_general(room, maria, f"/notice {point} off", espoo)
    assert "closed again" not in await answer()
    assert ("notice set", point) in room.bot.sql("select act, detail from audit")


async def test_a_flood_of_one_person_stops_at_the_limit(server: TelegramServer, running: Any) -> None:
    async with running(server, flood_per_minute=20) as bot:
        room = Room(server, bot)
        maria = server.person(11, "Maria")
        espoo = await room.desk("espoo", maria)
        amina, boris = await room.resident(1), await room.resident(2)
        number = await room.ask(amina)
        topic = await room.topic(espoo, number)
        for count in range(40):
            server.send_text(amina, f"message {count}")
        await bot.drained()
        through = [text for text in room.texts(espoo, topic.id) if text.startswith("👤 message")]
        assert 5 < len(through) < 20
        told = [text for text in room.texts(amina) if "very fast" in text]
        assert len(told) == 1, "told once"
        server.send_text(boris, "how do I get a day care place?")
        await server.next_message(boris, containing="childhood education")


async def test_a_ban_needs_a_reason_and_an_end(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.topic(espoo, number)
    for wrong in ("/ban", "/ban 30", "/ban threats", "/ban 0 threats", "/ban 400 threats", "/ban 30 x"):
        await write(room, maria, wrong, espoo, topic.id)
    assert room.bot.sql("select * from bans") == []
    assert room.state(number) == "waiting"
    await write(room, maria, "/ban 30 threatens the advisors", espoo, topic.id)
    assert room.bot.sql("select reason, actor from bans") == [("threatens the advisors", maria.id)]
    logged = room.bot.sql("select actor, ticket, detail from audit where act = 'banned'")
    assert [(actor, ticket) for actor, ticket, _ in logged] == [(maria.id, number)]
    assert "threatens" not in str(logged), "ids and dates only"
    assert room.bot.sql("select state, closed_by from tickets") == [("closed", "banned")]
    assert seen(room, amina, "cannot send requests to the advisors here until"), "the resident is told"
    assert not seen(room, amina, "threatens")
    server.send_text(amina, "how do I get a day care place?")
    await server.next_message(amina, containing="childhood education")
    server.send_text(amina, "/human")
    await server.next_message(amina)
    server.send_text(amina, "let me in")
    await push(room, amina, amina, "S")
    assert room.bot.sql("select count(*) from tickets") == [(1,)]
    await room.bot.finish()
    alter(room.bot, "update bans set until = strftime('%s', 'now') - 1")
    await room.bot.start()
    assert await room.ask(amina) == number + 1, "it ends by itself"
    second = await room.topic(espoo, number + 1)
    await write(room, maria, "/ban 5 threats again", espoo, second.id)
    assert second.closed
    await write_general(room, maria, f"/unban {number + 1}", espoo)
    assert await room.ask(amina) == number + 2
    assert ("unbanned",) in room.bot.sql("select act from audit")
