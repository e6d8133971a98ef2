"""Who may not, may not: strangers, other desks, other residents, forged, stale and repeated updates."""

import asyncio
from typing import Any

from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message
from tests.telegram.conftest import Running

from .conftest import Room

COMMANDS = (
    "/take", "/release", "/close", "/reopen", "/transfer vantaa", "/expert vantaa who?", "/answer tax-card", "/history",
    "/queue", "/who", "/ban 30 a reason", "/unban", "/skills so",
    "/notice hello-espoo-info closed", "/take@neuvoja_bot",
)  # fmt: skip

STALE = "old"
"""In the toast of a button that changes nothing."""


def state(bot: Running) -> list[Any]:
    """Everything that people at a desk can change."""
    tables = ("tickets", "topics", "entries", "desks", "advisors", "bans", "notices", "audit")
    return [bot.sql(f"select * from {table} order by 1, 2") for table in tables]


async def pressed(server: TelegramServer, person: Person, message: Message, data: str) -> str:
    """The toast of a press."""
    answer = await server.press_data(person, message, data).answered()
    return str(answer["text"])


async def quiet(server: TelegramServer, bot: Running) -> None:
    """Until everything that came in is handled and answered."""
    await server.settled()
    await bot.drained()


async def two_desks(server: TelegramServer, room: Room) -> tuple[Person, Person, Chat, Chat]:
    maria, olli = server.person(11, "Maria", "fi"), server.person(12, "Olli", "fi")
    return maria, olli, await room.desk("espoo", maria), await room.desk("vantaa", olli)


async def test_nobody_outside_linked_groups_runs_a_desk_command(server: TelegramServer, room: Room) -> None:
    maria, _, espoo, _ = await two_desks(server, room)
    amina = await room.resident(1)
    await room.take(maria, espoo, await room.ask(amina))
    stranger = server.person(13, "Mallory", "en")
    elsewhere = server.supergroup("Not a desk", forum=True, members=(stranger, maria, room.admin))
    thread = server.open_topic(stranger, elsewhere, "#1 · en · tax-card")
    await quiet(server, room.bot)
    before = state(room.bot)
    for command in COMMANDS:
        for person in (stranger, maria, room.admin):
            server.send_text(person, command, chat=elsewhere, thread=thread.id)
            server.send_text(person, command, chat=elsewhere)
            server.send_text(person, command)
        server.send_text(amina, command)
    await quiet(server, room.bot)
    # A resident's own command goes to the resident's own ticket at most as words.
    assert [rows for number, rows in enumerate(state(room.bot)) if number != 2] == [
        rows for number, rows in enumerate(before) if number != 2
    ]
    assert not [one for one in server.messages(elsewhere) if one.from_bot], "strangers' groups are not answered"
    assert room.state(1) == "taken"
    for person in (stranger, maria):
        for group in (elsewhere, espoo):
            if person is maria or group is elsewhere:
                server.send_text(person, "/desk vantaa", chat=group)
                server.send_text(person, "/desk espoo goal 1", chat=group)
    await quiet(server, room.bot)
    assert state(room.bot)[3] == before[3]
    assert room.bot.sql("select city, chat from desks where city = 'espoo'") == [("espoo", espoo.id)]


async def test_names_in_groups_that_are_no_desks_are_not_kept(server: TelegramServer, room: Room) -> None:
    await room.desk("espoo")
    stranger = server.person(700_100_300, "Malloryxyz", "en", last_name="Secretname", username="mallory_s")
    elsewhere = server.supergroup("Neighboursxyz", forum=True, members=(stranger,))
    thread = server.open_topic(stranger, elsewhere, "a topic")
    for words in ("wordone", "/take", "/desk espoo"):
        server.send_text(stranger, words, chat=elsewhere, thread=thread.id)
    server.send_photo(stranger, "wordtwo", chat=elsewhere)
    server.send_album(stranger, 2, "wordthree", chat=elsewhere)
    refused = await server.next_message(elsewhere)
    await pressed(server, stranger, refused, "D|link|0|espoo")
    await quiet(server, room.bot)
    dump = room.bot.dump()
    for secret in (
        "Malloryxyz",
        "Secretname",
        "mallory_s",
        "Neighboursxyz",
        "700100300",
        "wordone",
        "wordtwo",
        "three",
    ):
        assert secret not in dump


async def test_a_residents_forged_presses_change_nothing(server: TelegramServer, room: Room) -> None:
    maria, _, espoo, _ = await two_desks(server, room)
    amina, mallory = await room.resident(1), await room.resident(2)
    closed = await room.ask(amina)
    topic = await room.take(maria, espoo, closed)
    server.send_text(maria, "/close", chat=espoo, thread=topic.id)
    await room.button(amina, f"g|{closed}|5")
    taken = await room.ask(amina)
    await room.take(maria, espoo, taken)
    await quiet(server, room.bot)
    before, mine = state(room.bot), server.last(mallory)
    residents = room.bot.sql("select chat, state, step, draft from residents")
    huge = "9" * 40
    for number in (str(closed), str(taken), "0", "77", huge, "01", "٢"):
        for data in (f"z|{number}", f"Z|{number}", f"g|{number}|1", f"D|close|{number}", f"D|history|{number}"):
            await server.press_data(mallory, mine, data).answered()
    for data in (f"D|take|{taken}", f"D|to|{taken}|vantaa", f"D|answer|{taken}|tax-card", "D|link|0|espoo", "D|link"):
        assert STALE in await pressed(server, mallory, mine, data), data
        assert STALE in await pressed(server, amina, server.last(amina), data), data
    await quiet(server, room.bot)
    assert state(room.bot) == before
    assert room.bot.sql("select chat, state, step, draft from residents") == residents
    assert room.bot.sql("select count(*) from inbox where state = 'parked'") == [(0,)], "no number is too large"
    server.send_text(mallory, "bad, very bad")
    await quiet(server, room.bot)
    assert room.bot.sql("select comment from tickets where comment is not null") == []


async def test_an_advisor_presses_only_for_tickets_that_are_shown_there(server: TelegramServer, room: Room) -> None:
    maria, olli, espoo, vantaa = await two_desks(server, room)
    amina, bashir = await room.resident(1), await room.resident(2, city="vantaa")
    theirs = await room.ask(amina)
    own = await room.ask(bashir)
    topic, elsewhere = await room.topic(vantaa, own), await room.topic(espoo, theirs)
    card = await room.button(vantaa, f"D|take|{own}", topic.id)
    server.send_text(olli, "/help", chat=vantaa)
    general = await server.next_message(vantaa, containing="/queue")
    await quiet(server, room.bot)
    before = state(room.bot)
    for message in (card, general):
        for number in (theirs, 77, int("9" * 30)):
            for verb in ("take", "release", "close", "reopen", "history", "move", "suggest", "nonsense"):
                assert STALE in await pressed(server, olli, message, f"D|{verb}|{number}")
            for given in ("vantaa", "espoo", "housing", "tax-card"):
                assert STALE in await pressed(server, olli, message, f"D|to|{number}|{given}")
                assert STALE in await pressed(server, olli, message, f"D|answer|{number}|{given}")
    for data in ("z|1", "g|1|5", "S", "d", "drop table", "D|take", "D|take|x"):
        assert STALE in await pressed(server, olli, card, data), data
    await quiet(server, room.bot)
    assert state(room.bot) == before
    # The same advisor as a colleague who is asked gives advice and nothing else.
    await room.take(maria, espoo, theirs)
    server.send_text(maria, "/expert vantaa please help", chat=espoo, thread=elsewhere.id)
    asked = await room.topic(vantaa, theirs)
    await quiet(server, room.bot)
    before = state(room.bot)
    there = server.messages(vantaa, asked.id)[1]
    for verb in ("release", "close", "history", "move", "suggest"):
        assert STALE in await pressed(server, olli, there, f"D|{verb}|{theirs}")
    for command in ("/take", "/release", "/close", "/transfer vantaa", "/answer tax-card", "/history", "/ban 3 reason"):
        server.send_text(olli, command, chat=vantaa, thread=asked.id)
    await quiet(server, room.bot)
    assert state(room.bot) == before


async def test_helping_out_is_for_tickets_that_still_wait(server: TelegramServer, room: Room) -> None:
    maria, olli, espoo, vantaa = await two_desks(server, room)
    number = await room.ask(await room.resident(1))
    server.send_text(olli, "/help", chat=vantaa)
    general = await server.next_message(vantaa, containing="/queue")
    await room.take(maria, espoo, number)
    assert STALE in await pressed(server, olli, general, f"D|to|{number}|vantaa"), "somebody has it"
    assert room.bot.sql("select desk, taker from tickets") == [("espoo", maria.id)]
    topic = await room.topic(espoo, number)
    server.send_text(maria, "/release", chat=espoo, thread=topic.id)
    await quiet(server, room.bot)
    assert STALE in await pressed(server, olli, general, f"D|to|{number}|vantaa"), "the region was not told of it"
    assert room.bot.sql("select desk, state from tickets") == [("espoo", "waiting")]


async def test_stale_buttons_change_nothing(server: TelegramServer, room: Room) -> None:
    maria, _, espoo, _ = await two_desks(server, room)
    olli = server.person(14, "Olivia", "fi")
    server.add_member(espoo, olli)
    number = await room.ask(await room.resident(1))
    topic = await room.topic(espoo, number)
    card = await room.button(espoo, f"D|take|{number}", topic.id)
    await room.take(maria, espoo, number)
    assert "Maria was faster" in await pressed(server, olli, card, f"D|take|{number}")
    assert "cannot be done" in await pressed(server, maria, card, f"D|reopen|{number}")
    await pressed(server, maria, card, f"D|close|{number}")
    for verb in ("take", "release", "close"):
        assert await pressed(server, maria, card, f"D|{verb}|{number}")
    await pressed(server, maria, card, f"D|answer|{number}|tax-card")
    await quiet(server, room.bot)
    assert room.bot.sql("select state, closed_by from tickets") == [("closed", "advisor")]
    assert room.bot.sql("select count(*) from audit where ticket = ? and act like 'closed%'", number) == [(1,)]


async def test_only_a_coordinator_moves_a_desk(server: TelegramServer, room: Room) -> None:
    maria, _, espoo, _ = await two_desks(server, room)
    other = server.supergroup("New desk", forum=True, owner=room.admin, members=(room.admin, maria))
    server.send_text(room.admin, "/desk espoo", chat=other)
    asked = await room.button(other, "D|link|0|espoo")
    before = state(room.bot)
    assert await pressed(server, maria, asked, "D|link|0|espoo"), "told why not"
    assert await pressed(server, maria, server.last(espoo), "D|link|0|vantaa")
    for data in ("D|link|0|nowhere", "D|link|0", "D|link|0|espoo|x"):
        await pressed(server, maria, asked, data)
        await pressed(server, room.admin, asked, data)
    await quiet(server, room.bot)
    assert state(room.bot) == before
    assert room.bot.sql("select chat from desks where city = 'espoo'") == [(espoo.id,)]


async def test_a_repeated_update_is_done_once(server: TelegramServer, room: Room) -> None:
    maria, _, espoo, vantaa = await two_desks(server, room)
    amina = await room.resident(1)
    topic = await room.take(maria, espoo, await room.ask(amina))
    server.send_text(maria, "hello", chat=espoo, thread=topic.id)
    server.send_album(amina, 2, "two pages")
    server.edit(amina, server.send_text(amina, "first words"), "second words")
    server.send_text(maria, "/ban 3 a reason", chat=espoo, thread=topic.id)
    await server.next_message(amina, containing="closed")
    await quiet(server, room.bot)
    before = state(room.bot)
    shown = [len(server.messages(chat)) for chat in (amina, espoo, vantaa)]
    for (update,) in room.bot.sql("select update_id from inbox"):
        server.repeat(update)
    await asyncio.sleep(0.5)
    await quiet(server, room.bot)
    assert state(room.bot) == before
    assert [len(server.messages(chat)) for chat in (amina, espoo, vantaa)] == shown
