"""`/desk CITY`: a coordinator links a forum group to a city; every reason why it cannot be is said plainly."""

from typing import Any

import pytest

from bot.simulator.server import TelegramServer

from .conftest import Room


async def told(server: TelegramServer, room: Room, group: Any, text: str, containing: str = "") -> str:
    """What the coordinator is answered to `text`."""
    server.send_text(room.admin, text, chat=group)
    return (await server.next_message(group, containing=containing)).text


def linked(room: Room) -> dict[str, int]:
    return dict(room.bot.sql("select city, chat from desks"))


async def test_only_a_coordinator_links_a_desk(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    group = server.supergroup("Desk", forum=True, owner=maria, members=(maria, room.admin))
    server.send_text(maria, "/desk espoo", chat=group)
    assert "ADMIN_IDS" in (await server.next_message(group)).text
    assert linked(room) == {}
    server.send_text(maria, "/queue", chat=group)
    server.send_text(maria, "/help", chat=group)
    await room.bot.drained()
    assert len(room.texts(group)) == 4, "a group that is no desk gets no answer to a desk's commands"
    assert "/desk espoo" in await told(server, room, group, "/desk")
    await told(server, room, group, "/desk espoo", "espoo")
    assert linked(room) == {"espoo": group.id}
    assert room.bot.sql("select actor, act, detail from audit") == [(room.admin.id, "desk linked", "espoo")]
    # Once linked, its settings stay the coordinators' too.
    server.send_text(maria, "/desk espoo goal 1", chat=group)
    assert "ADMIN_IDS" in (await server.next_message(group)).text
    assert room.bot.sql("select goal_minutes from desks") == [(30,)]


async def test_a_group_that_cannot_be_a_desk(server: TelegramServer, room: Room) -> None:
    plain = server.supergroup("Plain", owner=room.admin, members=(room.admin,))
    assert "aiheita" in await told(server, room, plain, "/desk espoo")
    basic = server.group("Basic", members=(room.admin,), bot="administrator")
    assert "aiheita" in await told(server, room, basic, "/desk espoo")
    member = server.supergroup("Member", forum=True, owner=room.admin, members=(room.admin,), bot="member")
    assert "ylläpitäjä" in await told(server, room, member, "/desk@neuvoja_bot espoo")
    server.set_bot(member, "administrator", room.admin, rights=("can_manage_chat",))
    assert "hallita aiheita" in await told(server, room, member, "/desk espoo")
    assert linked(room) == {}
    server.set_bot(member, "administrator", room.admin)
    await told(server, room, member, "/desk Esbo", "espoo")
    assert linked(room) == {"espoo": member.id}


async def test_an_unknown_city_and_a_silent_telegram(server: TelegramServer, room: Room) -> None:
    group = server.supergroup("Desk", forum=True, owner=room.admin, members=(room.admin,))
    words = await told(server, room, group, "/desk Tampere")
    assert "Tampere" in words
    assert "kauniainen" in words, "which cities there are"
    server.fault("500", method="getChatMember")
    assert "/desk" in await told(server, room, group, "/desk vantaa", "Telegram")
    assert linked(room) == {}
    server.fault("drop-before", method="getChatMember")
    await told(server, room, group, "/desk vantaa", "Telegram")
    await told(server, room, group, "/desk vantaa", "vantaa")
    assert linked(room) == {"vantaa": group.id}


@pytest.mark.parametrize(
    "wrong",
    ["goal", "goal 0", "goal -5", "goal soon", "goal 99999", "names", "names maybe", "language", "language so",
     "hours", "hours every day", "hours Mo-Fr 25:00-26:99", "colour red"],
)  # fmt: skip
async def test_wrong_settings_change_nothing(server: TelegramServer, room: Room, wrong: str) -> None:
    group = await room.desk("espoo", settings=())
    before = room.bot.sql("select * from desks")
    assert "goal 30" in await told(server, room, group, f"/desk espoo {wrong}")
    assert room.bot.sql("select * from desks") == before


async def test_settings_of_a_desk(server: TelegramServer, room: Room) -> None:
    group = await room.desk("espoo")
    await told(server, room, group, "/desk espoo goal 45", "45")
    await told(server, room, group, "/desk espoo names on", "on")
    await told(server, room, group, "/desk espoo hours Mo-Fr 09:00-15:00; PH off", "15:00")
    stored = "select goal_minutes, names, hours, language, chat from desks"
    assert room.bot.sql(stored) == [(45, 1, "Mo-Fr 09:00-15:00; PH off", "en", group.id)]
    assert "45" in await told(server, room, group, "/desk")
    await told(server, room, group, "/desk espoo hours off")
    assert room.bot.sql("select hours from desks") == [(None,)]
    other = server.supergroup("Other", forum=True, owner=room.admin, members=(room.admin,))
    await told(server, room, other, "/desk espoo goal 5", "/desk")
    assert room.bot.sql("select goal_minutes from desks") == [(45,)], "only where the desk is"
    # A second /desk espoo in the same group is no new link, and forgets no setting.
    await told(server, room, group, "/desk espoo", "already")
    assert room.bot.sql("select goal_minutes, names from desks") == [(45, 1)]


async def test_a_desk_moves_with_its_open_tickets(server: TelegramServer, room: Room) -> None:
    maria, noor = server.person(11, "Maria"), server.person(12, "Noor")
    old = await room.desk("espoo", maria, settings=("language en", "goal 7"))
    amina, boris = await room.resident(1), await room.resident(2)
    first = await room.ask(amina, "I need help with my rent")
    second = await room.ask(boris, "My landlord is angry")
    topic = await room.take(maria, old, first)
    server.send_text(maria, "Which letter did you get?", chat=old, thread=topic.id)
    await server.next_message(amina, containing="Which letter")

    new = server.supergroup("New desk", forum=True, owner=room.admin, members=(room.admin, maria, noor))
    server.send_text(room.admin, "/desk espoo", chat=new)
    asked = await room.button(new, "D|link|0|espoo")
    assert linked(room) == {"espoo": old.id}, "nothing moves before it is confirmed"
    press = server.press(noor, asked, "D|link|0|espoo")
    assert "ADMIN_IDS" in ((await press.answered())["text"] or "")
    assert linked(room) == {"espoo": old.id}, "another's press on the coordinator's button changes nothing"
    await server.press(room.admin, asked, "D|link|0|espoo").answered()
    await room.bot.drained()
    assert linked(room) == {"espoo": new.id}
    assert room.bot.sql("select goal_minutes from desks") == [(7,)], "its settings come along"

    moved = await room.topic(new, first)
    shown = "\n".join(room.texts(new, moved.id))
    assert "help with my rent" in shown
    assert "Which letter did you get?" in shown, "the history comes along"
    await room.topic(new, second)
    server.send_text(amina, "The letter of Monday")
    await server.next_message(new, thread=moved.id, containing="letter of Monday")
    server.send_text(maria, "Thank you, I read it", chat=new, thread=moved.id)
    await server.next_message(amina, containing="I read it")
    # What is written in the old group goes nowhere any more.
    server.send_text(maria, "lost words", chat=old, thread=topic.id)
    card = server.messages(old, topic.id)[1]
    await server.press_data(maria, card, f"D|release|{first}").answered()
    await room.bot.drained()
    assert not any("lost words" in text for text in room.texts(amina))
    assert room.state(first) == "taken"


async def test_a_desk_moves_away_and_back(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    home = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    away = server.supergroup("Away", forum=True, owner=room.admin, members=(room.admin, maria))
    for group in (away, home):
        server.send_text(room.admin, "/desk espoo", chat=group)
        asked = await room.button(group, "D|link|0|espoo")
        await server.press(room.admin, asked, "D|link|0|espoo").answered()
        await room.bot.drained()
    server.send_text(amina, "I am still here")
    await server.wait_for(lambda: any("still here" in text for text in room.texts(home)))
    assert not any("still here" in text for text in room.texts(away))
    topics = [topic for topic in home.topics.values() if topic.name.startswith(f"#{number} ·")]
    shown = next(topic.id for topic in topics if any("still here" in text for text in room.texts(home, topic.id)))
    server.send_text(maria, "/take", chat=home, thread=shown)
    await server.next_message(amina, containing="has your request")
    server.send_text(maria, "So am I", chat=home, thread=shown)
    await server.next_message(amina, containing="So am I")


async def test_a_group_does_not_leave_its_city_unasked(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    group = await room.desk("espoo", maria)
    server.send_text(room.admin, "/desk vantaa", chat=group)
    asked = await room.button(group, "D|link|0|vantaa")
    assert "Espoo" in asked.text, "which desk ends"
    assert linked(room) == {"espoo": group.id}
    await server.press(room.admin, asked, "D|link|0|vantaa").answered()
    await room.bot.drained()
    assert linked(room) == {"vantaa": group.id}


async def test_a_closed_ticket_opens_again_where_the_desk_is_now(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    old = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina, "I need help with my rent")
    topic = await room.take(maria, old, number)
    server.send_text(maria, "/close", chat=old, thread=topic.id)
    closed = await room.button(amina, f"Z|{number}")
    new = server.supergroup("New desk", forum=True, owner=room.admin, members=(room.admin, maria))
    server.send_text(room.admin, "/desk espoo", chat=new)
    asked = await room.button(new, "D|link|0|espoo")
    await server.press(room.admin, asked, "D|link|0|espoo").answered()
    await room.bot.drained()
    await server.press(amina, closed, f"Z|{number}").answered()
    again = await room.topic(new, number)
    await room.bot.drained()
    assert any("help with my rent" in text for text in room.texts(new, again.id))
    await room.take(maria, new, number)
    assert room.state(number) == "taken"
