"""Callback data, which any client can forge: it is decoded or is nothing, and moves only what is one's own."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.conversation import Conversation
from bot.conversation.heard import DeskView, Moment, Pressed
from bot.domain.resident import Resident, State, Step
from bot.domain.ticket import Draft, Ticket, TicketKind, TicketState
from bot.rendering.actions import ARGUMENTS, DESK, Action, decode, encode
from bot.rendering.screen import ACTION_BYTES
from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.simulator.state import Message
from bot.telegram import pacing
from tests.telegram.conftest import Running
from tests.telegram.desk.conftest import Room

from .conftest import TIMES, examples
from .screens import NOON, sendable

LARGE = (str(2**31), str(2**63 - 1), str(2**63), str(2**64), "9" * 50, "0", "00", "01", "-1", "1_0", "1e5", "0x1")
BEYOND = (str(2**63 - 1), str(2**63), "9" * 40)
"""Numbers of tickets at the edge of what a database takes, and beyond."""
IDS = ("tax-card", "no-such-intent", "espoo", "vantaa", "none", "more", "fi", "xx", "hello-espoo-info", "1", "2", "5")
VERBS = ("take", "release", "close", "reopen", "history", "move", "suggest", "to", "answer", "link", "erase", "_")

ARGUMENT = st.one_of(st.sampled_from(IDS + LARGE + VERBS), st.text("abcxyzABCXYZ0123456789_-", min_size=1, max_size=20))
FORMED = st.builds(
    lambda kind, rest: "|".join([kind, *rest]), st.sampled_from(sorted(ARGUMENTS)), st.lists(ARGUMENT, max_size=4)
)
ANY = st.one_of(FORMED, st.text(max_size=ACTION_BYTES), st.text("|aDTzZgkq0123456789-\0 ٣²\n", max_size=ACTION_BYTES))
"""Data of a button's form, and any text."""

ACTIONS = st.sampled_from(sorted(ARGUMENTS)).flatmap(
    lambda kind: st.sampled_from(list(ARGUMENTS[kind])).flatmap(
        lambda count: st.tuples(*[st.text("abcxyzABCXYZ0123456789_-", min_size=1, max_size=18)] * count).map(
            lambda args: Action(kind, args)
        )
    )
)


@examples(400)
@given(action=ACTIONS)
def test_what_is_encoded_is_decoded_the_same(action: Action) -> None:
    data = encode(action)
    assert len(data.encode()) <= ACTION_BYTES
    assert decode(data) == action


@examples(600)
@given(data=ANY)
def test_what_is_decoded_would_be_written_so(data: str) -> None:
    action = decode(data)
    if action is None:
        return
    assert encode(action) == data
    assert len(action.args) in ARGUMENTS[action.kind]
    assert data.isascii()


TICKET = Ticket(
    id=3,
    chat=1,
    city="espoo",
    desk="espoo",
    kind=TicketKind.QUESTION,
    state=TicketState.WAITING,
    intent=None,
    language="en",
    languages=("en",),
    opened_at=NOON.timestamp(),
    waiting_since=NOON.timestamp(),
)
RESIDENTS = st.builds(
    Resident,
    chat=st.just(1),
    language=st.sampled_from([None, "fi", "en", "ar"]),
    city=st.sampled_from([None, "espoo", "none"]),
    state=st.sampled_from(State),
    step=st.sampled_from(Step),
    last_intent=st.sampled_from([None, "tax-card", "gone"]),
    last_question=st.sampled_from([None, "", "how do I get a tax card"]),
    draft=st.sampled_from(
        [
            None,
            Draft(),
            Draft(about="x", languages=("en",)),
            Draft(intent="tax-card", kind=TicketKind.LODGING),
            Draft(intent="daycare-application", kind=TicketKind.LODGING, answers=("a", "b", "c", "d", "e")),
            Draft(rated=7),
        ]
    ),
)
DESKS = st.sampled_from([DeskView(), DeskView(staffed=True), DeskView(staffed=True, ticket=TICKET)])


@examples(400)
@given(data=ANY, resident=RESIDENTS, desk=DESKS)
def test_any_press_in_any_state_is_answered(talk: Conversation, data: str, resident: Resident, desk: DeskView) -> None:
    action = decode(data)
    reply = talk.respond(Pressed(action), Moment(resident, NOON, "en", desk))
    sendable(reply)
    assert reply.resident.chat == 1
    if action is None or action.kind == DESK:
        assert reply.toast
        assert not reply.screens
        assert not reply.duty


class Scene:
    """Two residents' requests at two desks: whoever presses, only the presser's own ones may change."""

    def __init__(self, server: TelegramServer, room: Room) -> None:
        self.server = server
        self.room = room

    async def set(self) -> None:
        self.maria, self.olli = self.server.person(11, "Maria", "fi"), self.server.person(12, "Olli", "fi")
        self.espoo = await self.room.desk("espoo", self.maria)
        self.vantaa = await self.room.desk("vantaa", self.olli)
        self.owner = await self.room.resident(1)
        self.ticket = await self.room.ask(self.owner)
        self.topic = await self.room.take(self.maria, self.espoo, self.ticket)
        self.card = await self.room.button(self.espoo, f"D|release|{self.ticket}", self.topic.id)
        self.stranger = await self.room.resident(2, city="vantaa")
        self.greeting = self.server.last(self.stranger)

    async def press(self, person: Person, message: Message, data: str) -> None:
        """A press, until everything that follows from it is done."""
        await self.server.press_data(person, message, data).answered(20)

    def stored(self, ticket: int | None = None) -> list[Any]:
        """What is stored about the owner and a request, else the owner's."""
        ticket = ticket or self.ticket
        sql = self.room.bot.sql
        tables = ("entries", "topics", "pairs", "audit")
        found = [sql(f"select * from {table} where ticket = ? order by id", ticket) for table in tables]
        return [
            *found,
            sql("select * from tickets where id = ?", ticket),
            sql("select * from residents where chat = 1"),
        ]


@pytest.fixture
async def scene(server: TelegramServer, bot: Running, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(pacing, "PRIVATE_BURST", 10_000.0)
    made = Scene(server, Room(server, bot))
    await made.set()
    return made


def forged(ticket: int, random: Random) -> str:
    """Data about a ticket, or about what there is none of."""
    number = random.choice((str(ticket), str(ticket), *LARGE))
    formed = (
        f"z|{number}", f"Z|{number}", f"g|{number}|{random.randrange(7)}", f"v|{number}|{random.choice(IDS)}",
        f"D|{random.choice(VERBS)}|{number}", f"D|{random.choice(VERBS)}|{number}|{random.choice(IDS)}",
        f"a|{random.choice(IDS)}", f"j|{number}", f"q|{number}|{random.choice(IDS)}", f"k|{random.choice(IDS)}",
        "".join(chr(random.randrange(1, 0x2000)) for _ in range(20)), "",
    )  # fmt: skip
    return random.choice(formed)


async def test_forged_numbers_move_nobody_elses_request(scene: Scene, bot: Running) -> None:
    server, random = scene.server, Random(5)
    elsewhere = server.supergroup("Not a desk", forum=True, members=(scene.stranger, scene.maria))
    thread = server.open_topic(scene.stranger, elsewhere, "#1 · en · tax-card")
    place = server.say(scene.stranger, {"text": "a card"}, elsewhere, thread.id)
    own = server.say(scene.olli, {"text": "a card"}, scene.vantaa)
    await scene.room.drained()
    before = scene.stored()
    pressers: list[tuple[Person, Message]] = [
        (scene.stranger, scene.greeting),
        (scene.stranger, place),
        (scene.maria, place),
        (scene.olli, own),
    ]
    for _ in range(60 * TIMES):
        who, message = random.choice(pressers)
        data = forged(scene.ticket, random)
        await scene.press(who, message, data)
        assert scene.stored() == before, (who.id, message.chat.id, data)
    await bot.drained(60)
    assert bot.sql("select * from inbox where state != 'done'") == []
    assert scene.stored() == before


async def test_numbers_of_other_requests_and_of_none_do_nothing_in_a_requests_own_topic(
    scene: Scene, bot: Running
) -> None:
    others = await scene.room.ask(scene.stranger)
    before = scene.stored(), scene.stored(others)
    for number in (str(others), *BEYOND):
        for verb in VERBS:
            given = "|tax-card" if verb == "answer" else "|espoo" if verb == "to" else ""
            await scene.press(scene.maria, scene.card, f"D|{verb}|{number}{given}")
    await bot.drained()
    assert bot.sql("select * from inbox where state != 'done'") == []
    assert (scene.stored(), scene.stored(others)) == before
