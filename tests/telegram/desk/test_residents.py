"""What a resident sees of a desk: every way to a person, every change, everything that can be added, and the end."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.locales import translator
from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Message

from .conftest import Room

DAYCARE = "how do I get a day care place?"
NONSENSE = ("xqzv wkrt plmnb", "zzkp qqwx wkkz")
EVICTED = "My landlord wants me to leave my flat in a week, what can I do?"


def data(message: Message) -> list[str]:
    """The callback data of a message's buttons."""
    return [str(button.get("callback_data")) for row in message.inline_keyboard for button in row]


def said(room: Room, person: Person) -> list[str]:
    """What the bot has said to the person."""
    return [message.text for message in room.server.messages(person) if message.from_bot]


async def write(room: Room, person: Person, text: str) -> list[str]:
    """Everything that the bot says to one message."""
    known = len(said(room, person))
    room.server.send_text(person, text)
    await room.drained()
    return said(room, person)[known:]


async def press(room: Room, person: Person, action: str) -> dict[str, Any]:
    """The answer to a press on the newest button with this callback data, after everything that follows."""
    answer = await room.server.press(person, await room.button(person, action), action).answered()
    await room.drained()
    return dict(answer)


async def test_every_way_to_a_person_leads_to_one_short_hand_over(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo")
    first, *others = [await room.resident(number) for number in (1, 2, 3, 4)]
    hand_over = (await write(room, first, "/human"))[-1]
    assert "photo or a voice message" in hand_over
    assert "w" not in data(server.last(first)), "there is no last question yet"

    by_button, in_words, not_understood = others
    for person in others:
        await write(room, person, DAYCARE)
    await press(room, by_button, "h|daycare-application")
    await write(room, in_words, "I want to talk to a human being please")
    await write(room, not_understood, NONSENSE[0])
    assert "w" not in data(server.last(not_understood)), "one miss is none too many"
    await write(room, not_understood, NONSENSE[1])
    for person in others:
        assert server.last(person).text == hand_over
        assert data(server.last(person)) == ["w", "x"], "the last question is offered, and the way back"
        await press(room, person, "w")
    assert DAYCARE in server.last(by_button).text
    assert DAYCARE in server.last(in_words).text, "asking for a person is no question"
    assert NONSENSE[1] in server.last(not_understood).text
    assert room.bot.sql("select count(*) from tickets") == [(0,)], "nothing is passed on without consent"
    await press(room, by_button, "S")
    assert room.bot.sql("select chat, intent from tickets") == [(by_button.id, "daycare-application")]
    assert "w" not in data(server.last(by_button))


async def test_a_person_is_asked_for_in_finnish_and_swedish_too(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo")
    for number, (language, words) in enumerate(
        [("fi", "haluan puhua ihmisen kanssa"), ("sv", "jag vill prata med en människa")], 1
    ):
        person = await room.resident(number, language)
        await write(room, person, words)
        assert data(server.last(person))[-1] == "x"
        await write(room, person, DAYCARE)
        assert "S" in data(server.last(person)), "the next message is what it is about"
        await press(room, person, "S")
    assert room.bot.sql("select language, languages from tickets order by id") == [("fi", "fi,en"), ("sv", "sv,en")]


async def test_languages_are_chosen_on_one_message_and_nothing_is_passed_on_after_cancelling(
    server: TelegramServer, room: Room
) -> None:
    await room.desk("espoo")
    amina = await room.resident(1)
    await write(room, amina, "/human")
    await write(room, amina, EVICTED)
    summary = await room.button(amina, "S")
    assert EVICTED in summary.text
    assert "Espoo" in summary.text
    assert "☑ English" in summary.buttons
    assert "☐ Suomi" in summary.buttons
    await press(room, amina, "k|more")
    await press(room, amina, "k|so")
    await press(room, amina, "k|en")
    shown = await room.button(amina, "S")
    assert shown.id == summary.id, "the same message is edited"
    assert "☑ Soomaali" in shown.buttons
    assert "☐ English" in shown.buttons
    assert "k|more" not in data(shown)
    await press(room, amina, "x")
    assert (await press(room, amina, "S"))["text"], "an old consent passes nothing on"
    assert (await press(room, amina, "k|fi"))["text"]
    assert room.bot.sql("select count(*) from tickets") == [(0,)]

    await write(room, amina, "/human")
    await press(room, amina, "w") if "w" in data(server.last(amina)) else await write(room, amina, EVICTED)
    await press(room, amina, "k|fi")
    await press(room, amina, "S")
    assert room.bot.sql("select languages from tickets") == [("en,fi",)]
    assert (await press(room, amina, "S"))["text"], "pressed twice is one ticket"
    assert room.bot.sql("select count(*) from tickets") == [(1,)]


@pytest.mark.parametrize("how", ["word", "button", "location"])
async def test_the_city_is_asked_when_it_is_not_known(server: TelegramServer, room: Room, how: str) -> None:
    espoo = await room.desk("espoo")
    await room.desk("helsinki")
    amina = server.person(1, "Amina", "en")
    await write(room, amina, "/human")
    await write(room, amina, "I need help with my rent")
    assert "S" not in data(server.last(amina))
    if how == "word":
        await write(room, amina, "Tapiola")
    elif how == "button":
        await press(room, amina, "c|espoo")
    else:
        server.send_location(amina, 60.2178, 24.8110)
        await room.drained()
    summary = await room.button(amina, "S")
    assert "I need help with my rent" in summary.text
    await press(room, amina, "S")
    assert room.bot.sql("select city, desk from tickets") == [("espoo", "espoo")]
    await room.topic(espoo, 1)


async def test_an_urgent_matter_is_answered_at_once(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo")
    amina = await room.resident(1)
    await write(room, amina, "/human")
    urgent, *_, summary = await write(room, amina, "my husband hits me and I am afraid")
    assert "112" in urgent
    assert "my husband hits me" in summary
    await press(room, amina, "S")
    as_bot, again, *_ = await write(room, amina, "my child is not breathing, what number do I call")
    assert "bot" in as_bot
    assert "112" in again, "an urgent question is answered while the ticket waits"
    assert "bot" in (await write(room, amina, "I am afraid at home"))[0]
    assert any("domestic-violence" in action for action in data(server.last(amina))), "and what may be one is, too"


async def test_the_ticket_its_place_and_the_hours_are_told(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo", settings=("language en", "hours 24/7"))
    first, second, third = [await room.resident(number) for number in (1, 2, 3)]
    await room.ask(first)
    told = said(room, first)[-1]
    assert "#1" in told
    assert "first in the queue" in told
    assert "Open day and night" in told
    assert "Espoo" in told
    await room.ask(second)
    assert "1 request is before yours" in said(room, second)[-1]
    await room.ask(third)
    assert "2 requests are before yours" in said(room, third)[-1]
    await press(room, first, "z|1")
    status = (await write(room, third, "/status"))[-1]
    assert "#3" in status
    assert "1 request is before yours" in status
    assert "Open day and night" in status


async def test_outside_hours_it_is_told_when_the_desk_opens_and_which_other_desk_is_open(
    server: TelegramServer, room: Room
) -> None:
    tomorrow = datetime.now(ZoneInfo("Europe/Helsinki")) + timedelta(days=1)
    day = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[tomorrow.weekday()]
    await room.desk("espoo", settings=("language en", f"hours {day} 10:00-11:00"))
    amina, noor = await room.resident(1), await room.resident(2)
    await room.ask(amina)
    told = said(room, amina)[-1]
    assert "#1" in told, "the ticket is taken all the same"
    assert "Closed now, opens" in told
    assert "10" in told
    assert "Open now" not in told, "no other desk is linked"
    vantaa = await room.desk("vantaa", settings=("language en", "hours 24/7"))
    await room.desk("helsinki", settings=("language en", f"hours {day} 10:00-11:00"))
    await room.ask(noor)
    told = said(room, noor)[-1]
    line = next(line for line in told.splitlines() if "Vantaa" in line)
    assert "pen now" in line
    assert "Helsinki" not in told
    assert room.state(2) == "waiting"
    await press(room, noor, "v|2|vantaa")
    assert room.bot.sql("select desk, state from tickets where id = 2") == [("vantaa", "waiting")]
    assert "Vantaa" in said(room, noor)[-1]
    topic = await room.topic(vantaa, 2)
    await room.drained()
    assert any("I need help with my rent" in text for text in room.texts(vantaa, topic.id))
    for stale in ("v|2|vantaa", "v|1|helsinki", "v|2|tampere"):
        server.press_data(noor, server.last(noor), stale)
    await room.drained()
    assert room.bot.sql("select desk from tickets order by id") == [("espoo",), ("vantaa",)]


async def test_outside_hours_an_open_advice_point_is_named_where_no_desk_is_open(
    server: TelegramServer, room: Room
) -> None:
    talk = room.bot.current.conversation
    point = talk.catalogue.points["hello-espoo-info"]
    points = {key: replace(one, hours="off") for key, one in talk.catalogue.points.items()}
    espoo = await room.desk("espoo")
    amina, noor = await room.resident(1), await room.resident(2)
    room.bot.current.conversation = talk.over(replace(talk.catalogue, points=points))
    await room.ask(amina)
    assert "Closed now" in said(room, amina)[-1]
    assert "open now" not in said(room, amina)[-1]
    room.bot.current.conversation = talk.over(
        replace(talk.catalogue, points=points | {point.id: replace(point, hours="24/7")})
    )
    server.send_text(room.admin, "/desk espoo hours Jan 01 09:00-10:00", chat=espoo)
    await room.drained()
    await room.ask(noor)
    line = next(line for line in said(room, noor)[-1].splitlines() if "open now" in line)
    assert point.names["en"] in line
    assert point.phones[0].number in line


@pytest.mark.parametrize("names", ["off", "on"])
async def test_every_change_is_told_in_a_line(server: TelegramServer, room: Room, names: str) -> None:
    maria, ville = server.person(11, "Maria", "fi"), server.person(12, "Ville", "fi")
    espoo = await room.desk("espoo", maria, settings=("language en", f"names {names}"))
    vantaa = await room.desk("vantaa", ville)
    server.send_text(ville, "/skills housing", chat=vantaa)
    await server.next_message(vantaa, containing="housing")
    amina = await room.resident(1)
    number = await room.ask(amina)
    lines: list[str] = []

    async def told() -> str:
        """The one line that was said since."""
        await room.drained()
        new = said(room, amina)[len(lines) :]
        lines.extend(new)
        assert len(new) == 1, new
        return new[0]

    lines += said(room, amina)
    topic = await room.take(maria, espoo, number)
    taken = await told()
    assert ("Maria" in taken) is (names == "on")
    assert "\n" not in taken
    server.send_text(maria, "/release", chat=espoo, thread=topic.id)
    released = await told()
    assert "waits for another advisor" in released
    server.send_text(maria, "/transfer housing", chat=espoo, thread=topic.id)
    moved = await told()
    assert "Vantaa" in moved
    assert "know this matter better" in moved
    there = await room.take(ville, vantaa, number)
    assert "Ville" not in await told(), "Vantaa's desk has not decided names on"
    server.send_text(ville, "/transfer espoo", chat=vantaa, thread=there.id)
    moved = await told()
    assert "Espoo" in moved
    assert "better" not in moved
    await room.take(maria, espoo, number)
    await told()
    server.send_text(maria, "/close", chat=espoo, thread=topic.id)
    closed = await told()
    assert f"#{number} is closed" in closed


async def test_changes_are_told_in_the_language_that_the_resident_has_now(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1, "en")
    number = await room.ask(amina)
    await write(room, amina, "/language")
    await press(room, amina, "l|fi")
    await room.take(maria, espoo, number)
    finnish = translator("fi")(
        "An advisor has your request {number} and writes to you here. I, the bot, am silent until it is closed.",
        number=f"#{number}",
    )
    assert said(room, amina)[-1] == finnish
    assert room.bot.sql("select language from tickets") == [("fi",)]


async def test_everything_that_a_resident_adds_reaches_the_topic(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.topic(espoo, number)

    def there(kind: str) -> list[Any]:
        return [one.json[kind] for one in server.messages(espoo, topic.id) if one.from_bot and kind in one.json]

    text = server.send_text(amina, "zz the contract ends on Friday zz")
    await server.next_message(espoo, thread=topic.id, containing="the contract ends on Friday")
    await server.next_message(amina, containing=f"Added to your request #{number}")
    server.send_photo(amina, "the letter")
    await server.wait_for(lambda: there("photo"))
    photo = next(one for one in server.messages(espoo, topic.id) if "photo" in one.json)
    assert "the letter" in photo.json["caption"]
    await room.take(maria, espoo, number)
    quiet = len(said(room, amina))
    server.send_voice(amina)
    server.send_document(amina, "contract.pdf")
    server.send_location(amina, 60.2178, 24.8110)
    await server.wait_for(lambda: there("voice") and there("document") and there("location"))
    assert there("document")[0]["file_name"] == "contract.pdf"
    server.edit(amina, text, "the contract ends on Monday")
    await server.wait_for(lambda: any("ends on Monday" in one for one in room.texts(espoo, topic.id)))
    await room.drained()
    assert not any("ends on Friday" in one for one in room.texts(espoo, topic.id)), "the same message is edited"
    assert len(said(room, amina)) == quiet, "with an advisor the bot is silent"
    assert "60.21" not in room.bot.dump(), "coordinates are passed on, not kept"
    await room.drained()
    history = room.bot.sql("select media from entries where author = 'resident' order by id")
    assert [one for (one,) in history] == [None, None, "photo", "voice", "document", "location"]


async def test_an_edit_of_the_first_words_reaches_the_advisor_and_is_no_new_question(
    server: TelegramServer, room: Room
) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    await write(room, amina, "/human")
    first = server.send_text(amina, "I need help with my rent")
    await press(room, amina, "S")
    topic = await room.take(maria, espoo, 1)
    quiet = len(said(room, amina))
    server.edit(amina, first, "I need help with my rent and my day care place")
    await server.next_message(espoo, thread=topic.id, containing="and my day care place")
    await room.drained()
    assert len(said(room, amina)) == quiet


async def test_a_photo_can_be_what_it_is_about(server: TelegramServer, room: Room) -> None:
    espoo = await room.desk("espoo")
    amina = await room.resident(1)
    await write(room, amina, "/human")
    server.send_photo(amina, "What is this letter? I am 131052-308T")
    await room.drained()
    assert any("removed a personal number" in one for one in said(room, amina)), "the sender is told"
    await press(room, amina, "S")
    topic = await room.topic(espoo, 1)
    await room.drained()
    photo = next(one for one in server.messages(espoo, topic.id) if "photo" in one.json)
    assert "131052" not in str(photo.json)
    assert any("What is this letter?" in text for text in room.texts(espoo, topic.id))


async def test_while_it_waits_the_bot_answers_and_with_an_advisor_it_is_silent(
    server: TelegramServer, room: Room
) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    topic = await room.topic(espoo, number)
    as_bot, answer, *_ = await write(room, amina, DAYCARE)
    assert "This is the bot's answer" in as_bot
    assert f"#{number}" in as_bot
    assert "childhood education" in answer
    assert any(DAYCARE in text for text in room.texts(espoo, topic.id)), "it is added to the ticket as well"
    (added,) = await write(room, amina, NONSENSE[0])
    (again,) = await write(room, amina, NONSENSE[1])
    assert added == again, "what the bot cannot place is for the advisor, and no reason for another hand-over"

    await room.take(maria, espoo, number)
    assert await write(room, amina, DAYCARE) == []
    assert await write(room, amina, NONSENSE[0]) == []
    assert "has it" in (await write(room, amina, "/status"))[-1]
    assert "/human" in (await write(room, amina, "/help"))[-1]
    assert f"#{number}" in (await write(room, amina, "/human"))[-1], "no second ticket beside the open one"
    await write(room, amina, "/city")
    assert await write(room, amina, "The landlord has called me again today") == [], "no answer to the bot's question"
    assert any("has called me again" in text for text in room.texts(espoo, topic.id))
    await write(room, amina, "/city")
    await write(room, amina, "Vantaa")
    assert room.bot.sql("select city from residents") == [("vantaa",)]
    assert not any("Vantaa" in text for text in room.texts(espoo, topic.id)[-1:])

    server.send_text(maria, "/close", chat=espoo, thread=topic.id)
    await room.button(amina, f"g|{number}|5")
    assert any("childhood education" in text for text in await write(room, amina, DAYCARE)), "the bot is back"
    recorded = [what for (what,) in room.bot.sql("select text from entries where author = 'event' order by id")]
    assert recorded == ["opened", "taken", "closed by advisor"]
    assert room.bot.sql("select taken_at <= closed_at from tickets") == [(1,)]
    acts = [(act, actor) for act, actor in room.bot.sql("select act, actor from audit where ticket = ?", number)]
    assert ("taken", maria.id) in acts
    assert ("closed by advisor", maria.id) in acts


async def test_a_resident_closes_and_opens_again(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina, noor = await room.resident(1), await room.resident(2)
    number = await room.ask(amina)
    topic = await room.topic(espoo, number)
    await write(room, amina, "/status")
    await press(room, amina, f"z|{number}")
    assert room.state(number) == "closed"
    assert f"Z|{number}" in data(server.last(amina))
    assert f"g|{number}|5" not in data(server.last(amina)), "nobody advised, so nothing is to be rated"
    assert espoo.topics[topic.id].closed
    assert "no open request" in (await write(room, amina, "/status"))[-1]
    assert (await press(room, amina, f"z|{number}"))["text"], "the old button changes nothing"

    server.press_data(noor, server.last(noor), f"Z|{number}")
    server.press_data(noor, server.last(noor), f"Z|{'9' * 40}")
    server.press_data(noor, server.last(noor), f"g|{number}|1")
    await room.drained()
    assert room.bot.sql("select state, stars from tickets") == [("closed", None)], "nobody touches another's ticket"

    await press(room, amina, f"Z|{number}")
    assert room.state(number) == "waiting"
    assert "first in the queue" in said(room, amina)[-1]
    assert not espoo.topics[topic.id].closed
    await room.take(maria, espoo, number)
    await write(room, amina, "hello again")
    assert any("hello again" in text for text in room.texts(espoo, topic.id))
    await press(room, amina, f"z|{number}")
    assert f"g|{number}|5" in data(server.last(amina))


async def test_a_rating_and_a_comment_that_need_not_come(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina, noor = await room.resident(1), await room.resident(2)
    for person, comment in ((amina, "It took long, but the advice was good"), (noor, None)):
        number = await room.ask(person)
        topic = await room.take(maria, espoo, number)
        server.send_text(maria, "/close", chat=espoo, thread=topic.id)
        await press(room, person, f"g|{number}|4")
        asked = said(room, person)[-1]
        assert "No name is asked" in asked
        if comment:
            assert "without your name" in (await write(room, person, comment))[-1]
            assert any(comment in text for text in room.texts(espoo, topic.id))
        else:
            await write(room, person, "/cancel")
            assert (await press(room, person, "S"))["text"], "a rating is no request that could be passed on"
            assert any("childhood education" in text for text in await write(room, person, DAYCARE))
    stored = room.bot.sql("select stars, comment from tickets order by id")
    assert stored == [(4, "It took long, but the advice was good"), (4, None)]
    await press(room, noor, "g|2|1")
    assert room.bot.sql("select stars from tickets where id = 2") == [(1,)], "an opinion may be changed"


async def test_helpful_and_not_helpful_under_the_bots_answers(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo")
    amina = await room.resident(1)
    await write(room, amina, DAYCARE)
    assert (await press(room, amina, "y|daycare-application"))["text"]
    assert room.bot.sql("select helpful from exchanges where intents = 'daycare-application'") == [(1,)]
    await press(room, amina, "n|daycare-application")
    assert room.bot.sql("select helpful from exchanges where intents = 'daycare-application'") == [(0,)]
    await press(room, amina, "h")
    assert data(server.last(amina)) == ["w", "x"], "a person is offered instead"


async def test_without_a_desk_the_wish_is_kept_and_it_is_said_whom_to_call(server: TelegramServer, room: Room) -> None:
    amina = await room.resident(1)
    assert "do not answer in this chat yet" in (await write(room, amina, "/human"))[-1]
    *_, told, points = await write(room, amina, EVICTED)
    assert "not connected" in told
    assert "Espoo" in points
    assert room.bot.sql("select text from exchanges where kind = 'wish'") == [(EVICTED,)]
    assert room.bot.sql("select count(*) from tickets") == [(0,)]
    assert room.bot.sql("select state from residents") == [("bot",)]
