"""Who may not, may not: strangers, other desks, other residents, forged, stale and repeated updates."""

import asyncio
import inspect
import re
from typing import Any

import pytest

from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message
from bot.telegram import desk_presses
from bot.telegram.desk_commands import COMMANDS
from tests.telegram.conftest import Running

from .conftest import Room

ARGUMENTS = {
    "queue": ("",), "take": ("", "1"), "release": ("", "1"), "transfer": ("", "vantaa"),
    "expert": ("vantaa who?",), "answer": ("", "tax-card"), "close": ("", "1"), "reopen": ("", "1"),
    "history": ("", "1"), "ban": ("30 a reason",), "unban": ("", "1", "#1"), "who": ("", "1"), "skills": ("so",),
    "notice": ("hello-espoo-info closed", "hello-espoo-info off"), "help": ("",),
    "desk": ("", "espoo", "vantaa", "espoo goal 1", "espoo language sv"),
}  # fmt: skip
"""What follows each command of a desk so that it would change or show something."""

LINES = [f"/{name} {argument}".strip() for name, given in ARGUMENTS.items() for argument in given]
LINES += ["/take@neuvoja_bot", "/TAKE", "/close@neuvoja_bot 1"]

WORDS = "I need help with my rent"
TELLING = ("rent", "#1", "Maria", "Amina")
"""What would tell of the ticket, its resident or who has it."""

VERBS = set(re.findall(r'case "(\w+)":', inspect.getsource(desk_presses))) | {"link"}
"""What a desk's buttons do, in the source."""

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


def test_every_command_and_button_of_a_desk_is_tried() -> None:
    assert ARGUMENTS.keys() == COMMANDS.keys() | {"desk"}
    assert {"take", "release", "close", "reopen", "history", "move", "suggest", "to", "answer", "link"} == VERBS


def buttons(server: TelegramServer, *groups: Chat) -> list[str]:
    """The data of every button that these groups were ever shown, also of those that were edited away."""
    rows = [
        row
        for group in groups
        for call in server.requests(chat=group)
        for row in (call.params.get("reply_markup") or {}).get("inline_keyboard", [])
    ]
    return sorted({button["callback_data"] for row in rows for button in row})


def told(server: TelegramServer, chat: Any) -> list[str]:
    """What the bot says in a chat."""
    return [message.text for message in server.messages(chat) if message.from_bot]


async def used_desk(server: TelegramServer, room: Room) -> tuple[Person, Chat, Chat, Person]:
    """An advisor, Espoo's and Vantaa's desks, and the resident of ticket 1: every button was shown, a ban is set."""
    maria, _, espoo, vantaa = await two_desks(server, room)
    server.send_text(room.admin, "/desk vantaa", chat=espoo)
    amina = await room.resident(1)
    number = await room.ask(amina, WORDS)
    topic = await room.take(maria, espoo, number)
    for line in ("/transfer", "/answer", "/close", "/reopen", "/ban 30 a reason"):
        server.send_text(maria, line, chat=espoo, thread=topic.id)
    await quiet(server, room.bot)
    shown = {data.split("|")[1] for data in buttons(server, espoo) if data.startswith("D|")}
    assert shown == VERBS, "buttons that the source does not know, or that this room does not show"
    assert number == 1
    assert room.bot.sql("select count(*) from bans") == [(1,)]
    return maria, espoo, vantaa, amina


async def test_a_stranger_in_private_reaches_no_desk(server: TelegramServer, room: Room) -> None:
    maria, espoo, vantaa, amina = await used_desk(server, room)
    mallory, before = await room.resident(13), state(room.bot)
    for line in LINES:
        for person in (mallory, maria, room.admin):
            server.send_text(person, line)
    await quiet(server, room.bot)
    for data in buttons(server, espoo, vantaa):
        for person in (mallory, maria, room.admin, amina):
            answer = await server.press_data(person, server.last(person), data).answered()
            assert not [word for word in TELLING if word in str(answer["text"])], data
    await quiet(server, room.bot)
    assert state(room.bot) == before
    for person in (mallory, maria):
        assert not [text for text in told(server, person) if any(word in text for word in TELLING)]


@pytest.mark.parametrize("former", [False, True])
async def test_a_group_that_is_no_desk_reaches_none(server: TelegramServer, room: Room, former: bool) -> None:
    maria, espoo, vantaa, _ = await used_desk(server, room)
    mallory = server.person(13, "Mallory", "en")
    if former:  # the desk moves; what was written before it moved stays in the old group
        elsewhere = espoo
        new = server.supergroup("New desk", forum=True, owner=room.admin, members=(room.admin, maria))
        server.send_text(room.admin, "/desk espoo", chat=new)
        await server.press(room.admin, await room.button(new, "D|link|0|espoo"), "D|link|0|espoo").answered()
        server.add_member(elsewhere, mallory, "administrator", ("can_manage_topics",))
        thread = await room.topic(elsewhere, 1)
    else:
        elsewhere = server.supergroup("Not a desk", forum=True, members=(mallory, maria))
        thread = server.open_topic(mallory, elsewhere, "#1 · en · tax-card")
    await quiet(server, room.bot)
    before, shown, desks = state(room.bot), len(told(server, elsewhere)), (told(server, vantaa), told(server, 1))
    for line in LINES:
        for place in (thread.id, None):
            server.send_text(mallory, line, chat=elsewhere, thread=place)
    card = next(message for message in server.messages(elsewhere, thread.id))
    for data in buttons(server, espoo, vantaa):
        answer = await server.press_data(mallory, card, data).answered()
        if data.startswith("D|link"):
            assert "ADMIN_IDS" in answer["text"]
        else:
            assert not answer["text"], data
    await quiet(server, room.bot)
    assert state(room.bot) == before
    assert (told(server, vantaa), told(server, 1)) == desks
    said = set(told(server, elsewhere)[shown:])
    assert len(said) == 1, "only /desk is answered, in the same words whatever it says"
    assert "ADMIN_IDS" in said.pop()


async def test_a_former_member_has_nothing_left(server: TelegramServer, room: Room) -> None:
    maria, espoo, vantaa, amina = await used_desk(server, room)
    bashir = await room.resident(2)
    number = await room.ask(bashir, "My landlord is angry")
    topic = await room.take(maria, espoo, number)
    server.remove_member(espoo, maria, by=room.admin)
    with pytest.raises(PermissionError):
        server.send_text(maria, "/release", chat=espoo, thread=topic.id)
    own = server.supergroup("Maria's own", forum=True, owner=maria, members=(maria,))
    thread = server.open_topic(maria, own, topic.name)
    await quiet(server, room.bot)
    before = state(room.bot)
    for line in (*LINES, "/release", "an answer to the resident"):
        server.send_text(maria, line, chat=own, thread=thread.id)
        server.send_text(maria, line)
    await quiet(server, room.bot)
    for data in buttons(server, espoo, vantaa):
        await server.press_data(maria, server.last(maria), data).answered()
        await server.press_data(maria, server.messages(own)[0], data).answered()
    await quiet(server, room.bot)
    assert state(room.bot) == before
    assert not [text for person in (amina, bashir) for text in told(server, person) if "an answer" in text]
    assert not [text for text in told(server, maria) if "landlord" in text or f"#{number}" in text]


async def test_another_desk_leaves_a_ticket_alone(server: TelegramServer, room: Room) -> None:
    _, espoo, vantaa, _ = await used_desk(server, room)
    olli = server.person(12)
    amina, bashir = await room.resident(3), await room.resident(2, city="vantaa")
    asked, own = await room.ask(amina, WORDS), await room.ask(bashir)
    await room.take(server.person(11), espoo, asked)
    server.send_text(server.person(11), "/expert vantaa who?", chat=espoo, thread=(await room.topic(espoo, asked)).id)
    advice, theirs = await room.topic(vantaa, asked), await room.topic(vantaa, own)
    await quiet(server, room.bot)
    tables = ("tickets", "topics", "bans", "desks", "audit")

    def seen() -> list[Any]:
        return [room.bot.sql(f"select * from {table} order by 1, 2") for table in tables]

    before, shown = seen(), len(told(server, vantaa))
    for line in LINES:
        if not line.startswith(("/notice", "/skills")):  # those say nothing of a ticket and are any desk's
            server.send_text(olli, line, chat=vantaa)
            server.send_text(olli, line, chat=vantaa, thread=advice.id)
    server.send_text(olli, "/unban 1", chat=vantaa, thread=theirs.id)
    await quiet(server, room.bot)
    assert seen() == before
    assert not [text for text in told(server, vantaa)[shown:] if WORDS in text]
    places = [server.messages(vantaa, theirs.id)[1], server.messages(vantaa, advice.id)[1], server.messages(vantaa)[1]]
    for data in buttons(server, espoo):
        if data.startswith("D|link"):
            continue
        for place in places:
            assert STALE in await pressed(server, olli, place, data), data
    await quiet(server, room.bot)
    assert seen() == before


async def test_a_public_group_is_no_desk(server: TelegramServer, room: Room) -> None:
    maria, espoo, _, _ = await used_desk(server, room)
    bashir = await room.resident(2)
    number = await room.ask(bashir, "My landlord is angry")
    topic = await room.topic(espoo, number)
    open_to_all = server.supergroup("Open", forum=True, owner=room.admin, members=(room.admin,))
    open_to_all.json()["username"] = "everybody_reads"
    server.send_text(room.admin, "/desk kauniainen", chat=open_to_all)
    assert "julkinen" in (await server.next_message(open_to_all)).text
    espoo.json()["username"] = "everybody_reads_too"
    card = await room.button(espoo, f"D|take|{number}", topic.id)
    await pressed(server, maria, card, f"D|take|{number}")
    server.send_text(maria, "/take", chat=espoo, thread=topic.id)
    server.send_text(maria, "an answer to the resident", chat=espoo, thread=topic.id)
    await quiet(server, room.bot)
    assert room.bot.sql("select city from desks") == [("vantaa",)]
    assert room.state(number) == "waiting"
    assert any("public" in text for text in told(server, espoo)), "the group is told why"
    assert any("/desk espoo" in text for text in told(server, room.admin)), "and so are the coordinators"
    assert not [text for text in told(server, bashir) if "an answer" in text]
    assert "everybody_reads" not in room.bot.dump()
    del espoo.json()["username"]
    server.send_text(room.admin, "/desk espoo", chat=espoo)
    await quiet(server, room.bot)
    await room.take(maria, espoo, number)
    assert room.state(number) == "taken"


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
