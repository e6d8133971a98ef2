"""*Human only*, turned by a coordinator while everybody writes: the real bot over HTTP, on both databases."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.locales import translator
from bot.simulator.people import Person
from bot.simulator.server import TelegramServer
from bot.storage.unit import Unit
from bot.telegram import gathering, pacing
from bot.telegram.current import Current
from bot.telegram.webhook import SECRET_HEADER
from tests.postgres import Postgres
from tests.telegram.desk.conftest import Room

from .conftest import ADMIN, Running

QUESTIONS = {
    "fi": "Miten haen lapselle päiväkotipaikan?",
    "en": "how do I apply for a day care place for my child?",
    "ar": "كيف أسجل طفلي في الروضة؟",
    "so": "Sideen u codsadaa xannaano maalmeed ilmahayga?",
}
ROOT = Path(__file__).parent.parent.parent
SECRET = "a-secret"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Residents get more than a message a second, or each conversation would take a minute."""
    monkeypatch.setattr(pacing, "PRIVATE_BURST", 10_000.0)


@pytest.fixture
def room(server: TelegramServer, bot: Running) -> Room:
    return Room(server, bot)


def notice(language: str) -> str:
    """The notice's first sentence."""
    tr = translator(language)
    whole = tr(
        "My own answers are switched off for now. A person helps you: press the button, or call or visit an advice "
        "point."
    )
    return whole.split(". ")[0]


def said(server: TelegramServer, person: Any) -> list[str]:
    """What the bot has said in a chat."""
    return [message.text for message in server.messages(person) if message.from_bot]


async def write(room: Room, person: Person, text: str) -> str:
    """Everything that the bot says to one message, as one text."""
    known = len(said(room.server, person))
    room.server.send_text(person, text)
    await room.drained()
    return "\n\n".join(said(room.server, person)[known:])


async def test_the_very_next_question_gets_the_notice_and_the_one_after_the_end_an_answer(
    server: TelegramServer, bot: Running, room: Room
) -> None:
    people = {code: server.person(number, code, code) for number, code in enumerate(QUESTIONS, 1)}
    before = {code: await write(room, person, QUESTIONS[code]) for code, person in people.items()}
    known = {code: len(said(server, person)) for code, person in people.items()}
    # Nobody waits for the switch: the questions are behind it in the same queue.
    server.send_text(room.admin, "/humanonly on")
    for code, person in people.items():
        server.send_text(person, QUESTIONS[code])
    await room.drained()
    for code, person in people.items():
        first, *_ = said(server, person)[known[code] :]
        assert first.startswith(notice(code)), "in its own language, before anything else"
        assert "112" in first
        assert notice(code) not in before[code]
    assert bot.sql("select kind, language from exchanges order by id desc limit 4") == [
        ("handoff", code) for code in reversed(QUESTIONS)
    ]
    for code, person in people.items():
        known[code] = len(said(server, person))
    server.send_text(room.admin, "/humanonly off")
    for code, person in people.items():
        server.send_text(person, QUESTIONS[code])
    await room.drained()
    for code, person in people.items():
        after = "\n\n".join(said(server, person)[known[code] :])
        assert notice(code) not in after
        assert after.split("\n")[0] in before[code], "the same answer as before"


async def test_the_way_to_a_person_goes_on_and_so_does_the_desk(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    espoo = await room.desk("espoo", maria)
    amina, boris = await room.resident(1), await room.resident(2)
    number = await room.ask(amina)
    await write(room, room.admin, "/humanonly on")
    added = await write(room, amina, "how do I apply for a day care place for my child?")
    assert f"#{number}" in added, "an open request is added to"
    assert "112" in added
    assert "childhood" not in added, "the bot answers nothing beside it"
    topic = await room.take(maria, espoo, number)
    server.send_text(maria, "I will help you", chat=espoo, thread=topic.id)
    await server.next_message(amina, containing="I will help you")
    server.send_text(maria, "/answer daycare-application", chat=espoo, thread=topic.id)
    await server.next_message(amina, containing="childhood education")
    server.send_text(amina, "thank you")
    await server.wait_for(lambda: [text for text in room.texts(espoo, topic.id) if "thank you" in text])

    asked = await write(room, boris, "I cannot pay my rent")
    assert notice("en") in asked
    server.press(boris, await room.button(boris, "h"), "h")
    server.press(boris, await room.button(boris, "w"), "w")
    await server.press(boris, await room.button(boris, "S"), "S").answered()
    await room.drained()
    ((second, kind),) = room.bot.sql("select id, kind from tickets where chat = ?", boris.id)
    await room.take(maria, espoo, second)
    assert room.state(second) == "taken"
    assert "my rent" in "\n".join(room.texts(espoo, (await room.topic(espoo, second)).id)), "the question was kept"
    assert kind == "question"
    server.send_text(boris, "/delete")
    await server.press(boris, await room.button(boris, "d"), "d").answered()
    await room.drained()
    assert room.bot.sql("select count(*) from residents where chat = ?", boris.id) == [(0,)]


async def test_admins_and_desks_are_told_in_their_language_and_it_is_logged(server: TelegramServer, room: Room) -> None:
    espoo = await room.desk("espoo", settings=("language fi",))
    vantaa = await room.desk("vantaa", settings=("language sv",))
    assert "Human only is off: the bot answers" in await write(room, room.admin, "/humanonly")
    on = await write(room, room.admin, "/HumanOnly@neuvoja_bot  ON")
    assert on.startswith("Human only is on (")
    assert str(ADMIN) in on
    assert room.texts(espoo)[-1].startswith("Vain ihminen -tila on päällä (")
    assert room.texts(vantaa)[-1].startswith("Läget Bara människor är på (")
    for same in ("/humanonly", "/humanonly on", "/humanonly please"):
        assert await write(room, room.admin, same) == on, "how it stands, and since when"
    assert (await write(room, room.admin, "/humanonly off")).startswith("Human only is off (")
    assert room.texts(espoo)[-1].startswith("Vain ihminen -tila on pois päältä (")
    assert sum("Bara människor" in text for text in room.texts(vantaa)) == 2, "each change once"
    assert room.bot.sql("select act, actor, detail from audit where act like 'human%' order by id") == [
        ("human only on", ADMIN, ""),
        ("human only off", ADMIN, ""),
    ]


async def test_to_anybody_else_it_is_an_unknown_command(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    unknown = await write(room, amina, "/nosuchcommand")
    assert "/topics" in unknown
    for text in ("/humanonly", "/humanonly on", "/humanonly off"):
        assert await write(room, amina, text) == unknown
        server.send_text(maria, text, chat=espoo)
        await server.next_message(espoo, containing="There is no command /humanonly")
    server.send_text(room.admin, "/humanonly on", chat=espoo)
    await server.next_message(espoo, containing="There is no command /humanonly")
    assert room.bot.sql("select * from switches") == []
    assert "childhood" in await write(room, amina, QUESTIONS["en"])


async def test_it_outlives_a_restart(server: TelegramServer, bot: Running, room: Room) -> None:
    amina = await room.resident(1)
    await write(room, room.admin, "/humanonly on")
    await bot.finish()
    bot.current = Current(bot.current.conversation)
    await bot.start()
    assert notice("en") in await write(room, amina, QUESTIONS["en"])


async def test_the_command_line_turns_it_while_the_bot_runs(
    server: TelegramServer, running: Any, settings_for: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(gathering, "REMIND_EVERY", 0.5)
    async with running(server) as bot:
        room = Room(server, bot)
        amina = await room.resident(1)
        environment = os.environ | {
            "DATABASE_URL": bot.settings.database_url,
            "ADMIN_IDS": str(ADMIN),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "bot", "human-only"]

        async def turn(wish: str) -> str:
            done = await asyncio.to_thread(
                subprocess.run, [*command, wish], env=environment, cwd=tmp_path, check=True, capture_output=True
            )
            return done.stdout.decode()

        assert (await turn("on")).startswith("Human only is on (")
        assert notice("en") in await write(room, amina, QUESTIONS["en"])
        told = await server.next_message(room.admin, containing="Human only is on")
        assert "command line" in told.text
        assert (await turn("off")).startswith("Human only is off")
        await server.next_message(room.admin, containing="Human only is off")
        assert "childhood" in await write(room, amina, QUESTIONS["en"])


class Watched(Current):
    """Counts the batches that its process has handled."""

    looks = 0

    async def look(self, unit: Unit) -> None:
        self.looks += 1
        await super().look(unit)


class Replica(Running):
    """One of several processes on a PostgreSQL database; updates are brought to it by hand."""

    def __init__(self, settings: Any, conversation: Any, path: Path) -> None:
        super().__init__(settings, conversation, path)
        self.current: Watched = Watched(conversation)

    async def bring(self, update: int, person: Person, text: str) -> None:
        message = {
            "message_id": update,
            "date": 1,
            "chat": {"id": person.id, "type": "private"},
            "from": {"id": person.id, "is_bot": False, "first_name": "A", "language_code": "en"},
            "text": text,
        }
        address = f"http://{self.settings.webhook_listen}/telegram"
        body = {"update_id": update, "message": message}
        async with aiohttp.ClientSession() as telegram:
            assert (await telegram.post(address, json=body, headers={SECRET_HEADER: SECRET})).status == 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def replicas(
    server: TelegramServer, talk: Any, settings_for: Any, postgres: Postgres, tmp_path: Path
) -> AsyncIterator[tuple[Replica, Replica]]:
    """Two bots at work on one database."""
    url = postgres.fresh()
    ports = free_port(), free_port()
    async with AsyncExitStack() as stack:
        stack.callback(postgres.drop, url)
        made = []
        for port in ports:
            changes = {
                "database_url": url,
                "webhook_url": f"http://127.0.0.1:{ports[0]}/telegram",
                "webhook_secret": SECRET,
                "webhook_listen": f"127.0.0.1:{port}",
            }
            replica = Replica(settings_for(server, **changes), talk, tmp_path / "none.db")
            await replica.start()
            stack.push_async_callback(replica.finish)
            made.append(replica)
        await server.next_call("setWebhook")
        yield made[0], made[1]


async def test_turned_in_one_replica_it_holds_in_the_other(
    server: TelegramServer, replicas: tuple[Replica, Replica]
) -> None:
    admin, amina = server.person(ADMIN, "Coordinator", "en"), server.person(1, "Amina", "en")
    updates = iter(range(1000, 2000))
    crossed = set()
    for round_number in range(12):
        one, other = replicas if round_number % 2 else reversed(replicas)
        for wish, answer in (("on", notice("en")), ("off", "childhood")):
            looks = one.current.looks, other.current.looks
            await one.bring(next(updates), admin, f"/humanonly {wish}")
            await server.next_message(admin, containing=f"Human only is {wish}")
            turned = one.current.looks > looks[0], other.current.looks > looks[1]
            looks = one.current.looks, other.current.looks
            await other.bring(next(updates), amina, QUESTIONS["en"])
            await server.next_message(amina, containing=answer)
            asked = one.current.looks > looks[0], other.current.looks > looks[1]
            if turned == (True, False) and asked == (False, True):
                crossed.add((one is replicas[0], wish))
        if len(crossed) == 4:
            break
    assert len(crossed) == 4, "turned on and off in each, and the next question handled by the other"
