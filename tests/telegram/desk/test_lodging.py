"""Starting a matter with an advisor: what is done where, what to prepare, at most four questions, the checklist."""

from typing import Any

from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Message

from .conftest import Room

MATTER = "daycare-application"
QUESTION = "how do I get a day care place?"


def data(message: Message) -> list[str]:
    """The callback data of a message's buttons."""
    return [str(button.get("callback_data")) for row in message.inline_keyboard for button in row]


async def press(room: Room, person: Person, action: str) -> dict[str, Any]:
    """The answer to a press on the newest button with this callback data, after everything that follows."""
    answer = await room.server.press(person, await room.button(person, action), action).answered()
    await room.drained()
    return dict(answer)


async def begin(room: Room, person: Person, question: str = QUESTION) -> list[Message]:
    """What starting the matter from under its answer shows."""
    room.server.send_text(person, question)
    await room.button(person, f"j|{MATTER}")
    known = len(room.server.messages(person))
    await press(room, person, f"j|{MATTER}")
    return room.server.messages(person)[known:]


async def test_a_matter_is_started_and_the_advisor_gets_its_checklist(server: TelegramServer, room: Room) -> None:
    espoo = await room.desk("espoo")
    amina = await room.resident(1)
    catalogue = room.bot.current.conversation.catalogue
    matter, texts = catalogue.lodging[MATTER], catalogue.intents[MATTER].texts
    overview, question = await begin(room, amina)
    assert matter.online["en"] in overview.text
    assert matter.in_person["en"] in overview.text
    assert texts["en"].bring
    assert all(f"• {item}" in overview.text for item in texts["en"].bring)
    assert "identity code" in overview.text

    chosen: list[str] = []
    for number, name in enumerate(matter.questions):
        asked = catalogue.lodging_questions[name]
        assert asked.text["en"] in question.text
        options = list(asked.options)
        assert data(question) == [*(f"q|{number}|{option}" for option in options), "x"]
        chosen.append(options[-1])
        await press(room, amina, f"q|{number}|{options[-1]}")
        question = server.last(amina)
    assert 1 <= len(chosen) <= 4
    assert "S" in data(question), "then the consent, as for every request"
    assert texts["en"].title in question.text
    for name, option in zip(matter.questions, chosen, strict=True):
        assert catalogue.lodging_questions[name].options[option]["en"] in question.text, "every answer is shown"
    assert room.bot.sql("select count(*) from tickets") == [(0,)]
    await press(room, amina, "S")
    assert "starting a matter" in server.last(amina).text

    assert room.bot.sql("select kind, intent, city from tickets") == [("lodging", MATTER, "espoo")]
    topic = await room.topic(espoo, 1)
    assert topic.name == f"#1 · en · {MATTER}"
    card = await room.button(espoo, "D|take|1", topic.id)
    assert "starting a matter" in card.text
    await room.drained()
    checklist = room.texts(espoo, topic.id)[-1]
    assert all(f"☐ {item}" in checklist for item in texts["fi"].bring)
    for name, option in zip(matter.questions, chosen, strict=True):
        asked = catalogue.lodging_questions[name]
        assert f"{asked.text['fi']} – {asked.options[option]['fi']}" in checklist


async def test_stale_and_forged_answers_change_nothing(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo")
    amina = await room.resident(1)
    _, first = await begin(room, amina)
    for forged in ("q|0|nonsense", "q|1|weeks", "q|9|yes", "j|no-such-matter"):
        known = len(server.messages(amina))
        answer = await server.press_data(amina, first, forged).answered()
        await room.drained()
        assert answer["text"], forged
        assert len(server.messages(amina)) == known, forged
    await press(room, amina, "q|0|yes")
    second = server.last(amina)
    await press(room, amina, "q|0|no")
    assert server.last(amina).id == second.id, "the first question is answered already"
    assert (await server.press_data(amina, second, "S").answered())["text"], "there is no consent before the end"
    assert (await server.press_data(amina, second, "k|so").answered())["text"]
    await press(room, amina, "x")
    assert (await press(room, amina, "q|1|weeks"))["text"], "cancelled is cancelled"

    await press(room, amina, f"h|{MATTER}")
    server.send_text(amina, "I do not understand the form")
    await room.button(amina, "S")
    assert (await press(room, amina, "q|0|yes"))["text"], "a question to a person has no such questions"
    await press(room, amina, "S")
    assert room.bot.sql("select kind from tickets") == [("question",)]
    waiting = server.last(amina).id
    await press(room, amina, f"j|{MATTER}")
    assert "#1" in server.last(amina).text, "beside an open ticket no other is begun"
    assert server.last(amina).id != waiting
    assert room.bot.sql("select count(*) from tickets") == [(1,)]


async def test_no_identity_code_is_kept_and_a_question_in_between_is_answered(
    server: TelegramServer, room: Room
) -> None:
    espoo = await room.desk("espoo")
    amina = await room.resident(1)
    await begin(room, amina)
    await press(room, amina, "q|0|yes")
    server.send_text(amina, "my child's identity code is 131052-308T")
    await server.next_message(amina, containing="removed a personal number")
    server.send_text(amina, "where do I get a tax card?")
    await server.next_message(amina, containing="tax card")
    catalogue = room.bot.current.conversation.catalogue
    for number, name in enumerate(catalogue.lodging[MATTER].questions[1:], 1):
        await press(room, amina, f"q|{number}|{next(iter(catalogue.lodging_questions[name].options))}")
    await press(room, amina, "S")
    await room.topic(espoo, 1)
    await room.drained()
    assert room.bot.sql("select kind from tickets") == [("lodging",)]
    assert "131052" not in room.bot.dump()
    assert not any("131052" in str(call.params) for call in server.calls)


async def test_the_city_is_asked_at_the_end_when_it_is_not_known(server: TelegramServer, room: Room) -> None:
    await room.desk("vantaa")
    amina = server.person(1, "Amina", "en")
    await begin(room, amina)
    catalogue = room.bot.current.conversation.catalogue
    for number, name in enumerate(catalogue.lodging[MATTER].questions):
        await press(room, amina, f"q|{number}|{next(iter(catalogue.lodging_questions[name].options))}")
    await press(room, amina, "c|vantaa")
    await press(room, amina, "S")
    assert room.bot.sql("select kind, city, desk from tickets") == [("lodging", "vantaa", "vantaa")]
    (checklist,) = [text for (text,) in room.bot.sql("select text from entries where author = 'bot'")]
    assert checklist.count(" – ") >= len(catalogue.lodging[MATTER].questions), "no answer was lost on the way"


async def test_without_a_desk_the_overview_names_the_advice_points(server: TelegramServer, room: Room) -> None:
    amina = await room.resident(1)
    overview, told, points = await begin(room, amina)
    matter = room.bot.current.conversation.catalogue.lodging[MATTER]
    assert matter.online["en"] in overview.text
    assert "advisor can start" not in overview.text
    assert "do not answer in this chat yet" in told.text
    assert "Espoo" in points.text
    assert not [one for one in room.server.messages(amina) if "q|0|yes" in data(one)]
