"""The bot as a process that is killed again and again while residents and advisors talk."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message, Person
from tests.telegram.conftest import ADMIN

SECONDS = 70.0
"""How long the bot is killed again and again."""
PATIENCE = 90.0
RESIDENTS, ADVISORS = 8, 3

# `neuvoja run` whose data is loaded once: every line read is answered by a new process that lives until it is killed.
LIVES = """
import os, sys
from bot.advice import converse
from bot.app import drive, run
from bot.logs import configure
from bot.settings import read_settings

settings = read_settings(need_token=True)
configure("INFO", None, None)
conversation = converse(settings)
print("ready", flush=True)
for _ in sys.stdin:
    life = os.fork()
    if not life:
        drive(run(settings, conversation, []))
        os._exit(0)
    print(life, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(life, 0)[1]), flush=True)
"""


class Lives:
    """Starts the bot's next process and ends it."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent
        self._pid = 0

    async def read(self) -> str:
        assert self._parent.stdout is not None
        return (await asyncio.wait_for(asyncio.to_thread(self._parent.stdout.readline), 120)).strip()

    async def begin(self) -> None:
        assert self._parent.stdin is not None
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        self._pid = int(await self.read())

    def kill(self) -> None:
        """Ends the process where it is."""
        os.kill(self._pid, signal.SIGKILL)

    def bury(self) -> None:
        """Ends whatever is left."""
        self._parent.stdin.close()
        if self._pid:
            with suppress(ProcessLookupError):
                self.kill()
        self._parent.wait(30)
        self._parent.stdout.close()

    async def end(self) -> int:
        """Ends the process politely; its exit code."""
        os.kill(self._pid, signal.SIGTERM)
        return int(await self.read())


class Town:
    """Residents and advisors who go on talking whether the bot lives or not, and what they expect of it."""

    def __init__(self, server: TelegramServer, path: Path, chance: random.Random) -> None:
        self.server = server
        self.path = path
        self.chance = chance
        self.over = False
        self.desk: Chat
        self.opened: Counter[int] = Counter()
        self.words: dict[int, list[str]] = {}
        """Ticket -> what its resident wrote, in order."""
        self.replies: dict[int, list[str]] = {}
        """Ticket -> what its advisor wrote, in order."""
        self.ready: set[int] = set()
        """Tickets whose resident has said everything."""

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path, timeout=20)) as connection:
            return connection.execute(query, values).fetchall()

    async def pause(self, most: float = 0.3) -> None:
        await asyncio.sleep(self.chance.random() * most)

    async def shown(self, chat: Any, words: str, data: str | None = None) -> Message:
        """The newest message of the bot with these words, and this button if given."""

        def found() -> Message | None:
            for message in reversed(self.server.messages(chat)):
                if message.from_bot and words in message.text and (data is None or data in _actions(message)):
                    return message
            return None

        return await self.server.wait_for(found, PATIENCE)

    async def settle(self, person: Person) -> None:
        """Language and city."""
        self.server.send_text(person, "/start")
        self.server.press(person, await self.shown(person, "", "l|en"), "l|en")
        await self.server.press(person, await self.shown(person, "", "c|espoo"), "c|espoo").answered(PATIENCE)

    async def resident(self, person: Person) -> None:
        """One ticket after the other, until it is over."""
        while not self.over:
            self.opened[person.id] += 1
            about = f"about-{person.id}-{self.opened[person.id]}-"
            self.server.send_text(person, "/human")
            await self.pause()
            self.server.send_text(person, about)
            summary = await self.shown(person, about, "S")
            for _ in range(self.chance.randint(1, 2)):
                self.server.press(person, summary, "S")
            number = await self.number(person, self.opened[person.id])
            await self.shown(person, f"#{number} has been received")
            said = self.words[number] = []
            for turn in range(self.chance.randint(2, 6)):
                said.append(f"word-{number}-{turn}-")
                if self.chance.random() < 0.2:
                    self.server.send_photo(person, said[-1])
                else:
                    self.server.send_text(person, said[-1])
                await self.pause()
            self.ready.add(number)
            await self.shown(person, f"#{number} is closed")

    async def number(self, person: Person, count: int) -> int:
        """The number of a resident's ticket, once it is in the database."""
        return int(
            await self.known("select id from tickets where chat = ? order by id limit 1 offset ?", person.id, count - 1)
        )

    async def known(self, query: str, *values: Any) -> Any:
        """The first value of a query, once there is one."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if rows := self.sql(query, *values):
                    return rows[0][0]
                await asyncio.sleep(0.05)

    async def advisor(self, person: Person) -> None:
        """Takes what waits, answers, closes; until everybody is served."""
        while True:
            await asyncio.sleep(0.05)
            # The thread of a topic is known before its card is shown.
            waiting = self.sql(
                "select tickets.id, thread from tickets join topics on ticket = tickets.id "
                "where state = 'waiting' and card is not null"
            )
            if waiting:
                await self.serve(person, *self.chance.choice(waiting))
            elif self.over and not self.sql("select id from tickets where state != 'closed'") and self.quiet():
                return

    def quiet(self) -> bool:
        """Everybody who began a ticket has it."""
        return self.sql("select count(*) from tickets") == [(sum(self.opened.values()),)]

    async def serve(self, person: Person, number: int, thread: int) -> None:
        cards = [one for one in self.server.messages(self.desk, thread) if f"D|take|{number}" in _actions(one)]
        if not cards:
            return
        toast = (await self.server.press(person, cards[-1], f"D|take|{number}").answered(PATIENCE))["text"]
        if self.sql("select taker from tickets where id = ?", number) != [(person.id,)]:
            assert "was faster" in toast or "old" in toast, toast
            return
        assert number not in self.replies, "taken twice"
        said = self.replies[number] = []
        for turn in range(self.chance.randint(1, 4)):
            said.append(f"reply-{number}-{turn}-")
            self.server.send_text(person, said[-1], chat=self.desk, thread=thread)
            await self.pause()
        await self.server.wait_for(lambda: number in self.ready, PATIENCE)
        self.server.send_text(person, "/close", chat=self.desk, thread=thread)
        await self.known("select 1 from tickets where id = ? and state = 'closed'", number)


def _actions(message: Message) -> set[str]:
    return {button.get("callback_data", "") for row in message.inline_keyboard for button in row}


@pytest.fixture
def lives(server: TelegramServer, data_settings: Settings, talk: object, tmp_path: Path) -> Any:
    """The bot's processes; `talk` has built the model."""
    environment = {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "ADMIN_IDS": str(ADMIN),
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db",
        "NEUVOJA_INTENTS": str(data_settings.neuvoja_intents),
        "NEUVOJA_KNOWLEDGE": str(data_settings.neuvoja_knowledge),
        "NEUVOJA_CACHE": str(data_settings.neuvoja_cache),
        "NEUVOJA_HEARTBEAT": str(tmp_path / "heartbeat"),
        "SEND_PER_SECOND": "1000",
        "SEND_PER_MINUTE_GROUP": "60000",
        "FLOOD_PER_MINUTE": "100000",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }

    def parent() -> subprocess.Popen[str]:
        with (tmp_path / "log").open("wb") as log:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log}
            return subprocess.Popen([sys.executable, "-c", LIVES], cwd=tmp_path, env=environment, text=True, **pipes)

    @asynccontextmanager
    async def begin() -> AsyncIterator[Lives]:
        found = Lives(parent())
        try:
            assert await found.read() == "ready", (tmp_path / "log").read_text()
            yield found
        finally:
            found.bury()

    return begin


async def test_killed_at_random_points_the_bot_loses_and_doubles_nothing(
    server: TelegramServer, lives: Any, tmp_path: Path
) -> None:
    seed = int(os.environ.get("NEUVOJA_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"NEUVOJA_SEED={seed}")
    chance = random.Random(seed)
    town = Town(server, tmp_path / "neuvoja.db", chance)
    kills: list[tuple[float, float]] = []
    async with lives() as bot:
        await bot.begin()
        admin = server.person(ADMIN, "Coordinator", "fi")
        advisors = [server.person(100 + number, f"Advisor{number}", "fi") for number in range(ADVISORS)]
        town.desk = server.supergroup("Desk", forum=True, owner=admin, members=(admin, *advisors))
        for command in ("/desk espoo", "/desk espoo language en"):
            server.send_text(admin, command, chat=town.desk)
            await server.next_message(town.desk, containing="espoo", timeout=30)
        residents = [server.person(number, f"Resident{number}", "en") for number in range(1, RESIDENTS + 1)]
        await asyncio.gather(*map(town.settle, residents))
        talking = asyncio.gather(*map(town.resident, residents), *map(town.advisor, advisors))
        until = server.world.loop_time() + SECONDS
        while server.world.loop_time() < until and not talking.done():
            # Most times right after a call has been made: between Telegram's answer and the commit.
            if chance.random() < 0.3:
                await asyncio.sleep(1 + chance.random())
            else:
                begun, wanted = len(server.calls), chance.randint(1, 40)
                await server.world.bell.until(lambda begun=begun, wanted=wanted: made(server, begun) >= wanted, 3)
            killed = server.world.clock()
            bot.kill()
            assert int(await bot.read()) == -signal.SIGKILL
            await bot.begin()
            # What the dead process had written into its connections is read by now.
            kills.append((killed, server.world.clock()))
        town.over = True
        await asyncio.wait_for(talking, PATIENCE)
        await server.settled(quiet=1, timeout=30)
        assert await bot.end() == 0
    print(f"killed {len(kills)} times, {sum(town.opened.values())} tickets, {len(server.calls)} calls")
    log = (tmp_path / "log").read_text()
    for words in ("parked", "failed", "database out of reach", "nothing follows"):
        assert words not in log, log[-2000:]
    assert len(kills) >= 10, "this machine is too slow to show anything"
    consistent(town)
    delivered(town)
    doubled_only_by(kills, server)


def made(server: TelegramServer, begun: int) -> int:
    """How many calls of the outbox were made since."""
    return sum(1 for call in server.calls[begun:] if call.method not in {"getUpdates", "setMyCommands"})


def consistent(town: Town) -> None:
    """The database agrees with itself and with what was asked of it."""
    sql = town.sql
    assert sql("select state, count(*) from inbox where state != 'done' group by state") == []
    assert sql("select state, method, error from outbox where state not in ('sent', 'dropped')") == []
    assert dict(sql("select chat, count(*) from tickets group by chat")) == dict(town.opened), "a ticket for each wish"
    assert sql("select distinct state, closed_by from tickets") == [("closed", "advisor")]
    assert sql("select distinct state from residents") == [("bot",)]
    tickets = {number for (number,) in sql("select id from tickets")}
    for act in ("opened", "taken", "closed by advisor"):
        done = sql("select ticket, count(*) from audit where act = ? group by ticket", act)
        assert dict(done) == dict.fromkeys(tickets, 1), act
    assert sql("select count(*), count(distinct ticket) from topics") == [(len(tickets), len(tickets))]
    for author, said in (("resident", town.words), ("advisor", town.replies)):
        assert said.keys() == tickets
        for number in tickets:
            kept = sql("select text from entries where ticket = ? and author = ? order by id", number, author)
            assert [text for (text,) in kept if not text.startswith("about-")] == said[number], author


def delivered(town: Town) -> None:
    """Everybody has everything that was meant for them, in order, and nothing else."""
    server = town.server
    for number, chat, thread in town.sql(
        "select tickets.id, tickets.chat, thread from tickets join topics on ticket = tickets.id"
    ):
        seen = [one.text for one in server.messages(chat) if one.from_bot]
        story = [f"#{number} has been received", f"has your request #{number} ", f"#{number} is closed"]
        firsts = [next(place for place, text in enumerate(seen) if words in text) for words in story]
        assert firsts == sorted(firsts), "received, taken, closed"
        assert list(dict.fromkeys(text for text in seen if f"reply-{number}-" in text)) == [
            f"💬 {reply}" for reply in town.replies[number]
        ]
        shown = [one.text for one in server.messages(town.desk, thread) if one.from_bot]
        relayed = dict.fromkeys(text for text in shown if text.startswith("👤 word-"))
        assert list(relayed) == [f"👤 {words}" for words in town.words[number]]
    known = {thread for (thread,) in town.sql("select thread from topics")}
    cards = [one for one in server.messages(town.desk) if any(data.startswith("D|") for data in _actions(one))]
    assert {card.thread for card in cards} == known, "no card stands in a topic that nobody listens to"
    for person in town.opened:
        own = {number for (number,) in town.sql("select id from tickets where chat = ?", person)}
        replies = [one.text for one in server.messages(person) if one.from_bot and "reply-" in one.text]
        assert {int(text.split("-")[1]) for text in replies} <= own, "nobody gets another's words"


ONCE = ("word-", "reply-", "about-", "has been received", "has your request", "is closed", "has taken #")
"""Words of what is to be said once."""


def doubled_only_by(kills: list[tuple[float, float]], server: TelegramServer) -> None:
    """What was sent twice was sent by a life that was killed, and again by a later one; `kills` have begin and end."""
    sent: dict[tuple[Any, ...], float] = {}
    doubled = 0
    for call in server.calls:
        words = str(call.params.get("text") or call.params.get("caption") or "")
        if not call.ok or call.method not in {"sendMessage", "copyMessage"} or not any(mark in words for mark in ONCE):
            continue
        key = (call.method, call.chat_id, call.params.get("message_thread_id"), words)
        if key in sent:
            doubled += 1
            between = any(sent[key] <= end and begin <= call.time for begin, end in kills)
            assert between, f"{words} twice without a kill in between"
        sent[key] = call.time
    print(f"{doubled} messages doubled")
