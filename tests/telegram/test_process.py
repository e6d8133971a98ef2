"""The bot as operators run it: a process that is stopped politely, or killed."""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.simulator.server import TelegramServer

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def process(server: TelegramServer, data_settings, talk, tmp_path: Path):
    """Starts `neuvoja run` against the server; `talk` has built the model."""
    environment = {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": server.token,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/neuvoja.db",
        "NEUVOJA_INTENTS": str(data_settings.neuvoja_intents),
        "NEUVOJA_KNOWLEDGE": str(data_settings.neuvoja_knowledge),
        "NEUVOJA_CACHE": str(data_settings.neuvoja_cache),
        "NEUVOJA_HEARTBEAT": str(tmp_path / "heartbeat"),
        "SEND_PER_SECOND": "1000",
        "PYTHONPATH": str(ROOT),
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(**more: str) -> subprocess.Popen[bytes]:
        full = environment | {"TELEGRAM_API_URL": server.url} | more
        command = [sys.executable, "-m", "bot", "run"]
        running = subprocess.Popen(command, cwd=tmp_path, env=full, stderr=subprocess.PIPE)
        started.append(running)
        return running

    yield start
    for one in started:
        if one.poll() is None:
            one.kill()
        one.communicate()


def rows(tmp_path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(tmp_path / "neuvoja.db", timeout=10)) as connection:
        return connection.execute(query).fetchall()


async def ended(running: subprocess.Popen[bytes]) -> int:
    return await asyncio.wait_for(asyncio.to_thread(running.wait), 30)


async def test_sigterm_drains_and_exits_cleanly(server: TelegramServer, process, tmp_path: Path) -> None:
    running = process()
    people = [server.person(number, language_code="en") for number in range(1, 21)]
    for person in people:
        server.send_text(person, "how do I get a tax card")
    await server.wait_for(lambda: server.messages(people[0])[1:], 30)
    running.send_signal(signal.SIGTERM)
    assert await ended(running) == 0
    handled = rows(tmp_path, "select count(*) from inbox where state = 'done'")[0][0]
    assert rows(tmp_path, "select count(*) from inbox where state != 'done'") == [(0,)]
    assert rows(tmp_path, "select count(*) from outbox where state != 'sent'") == [(0,)]
    assert handled >= 1
    assert rows(tmp_path, "select count(*) from exchanges") == [(handled,)]
    assert b"Traceback" not in running.stderr.read()


async def test_sigkill_at_any_moment_loses_and_doubles_nothing(server: TelegramServer, process, tmp_path: Path) -> None:
    people = [server.person(number, language_code="en") for number in range(1, 31)]
    asked = 0
    for round_number, person_group in enumerate((people[:10], people[10:20], people[20:])):
        running = process()
        for person in person_group:
            server.send_text(person, "how do I get a tax card")
            asked += 1
        seen = len(server.requests("sendMessage"))
        await server.wait_for(lambda seen=seen, n=round_number: len(server.requests("sendMessage")) > seen + 3 * n, 30)
        running.kill()
        await ended(running)
    running = process()
    for person in people:
        await server.wait_for(lambda p=person: any("ax card" in m.text for m in server.messages(p) if m.from_bot), 30)
    await server.settled(quiet=1, timeout=30)
    running.send_signal(signal.SIGTERM)
    assert await ended(running) == 0
    assert rows(tmp_path, "select count(*), count(distinct chat) from exchanges") == [(asked, asked)]
    assert rows(tmp_path, "select count(*) from outbox where state != 'sent'") == [(0,)]
    answers = rows(tmp_path, "select chat, count(*) from outbox where payload like '%ax card%' group by chat")
    assert all(count == 1 for _, count in answers), "in the database every answer stands once"


async def test_a_refused_token_ends_with_one_line(server: TelegramServer, process) -> None:
    running = process(BOT_TOKEN="99:wrong")
    assert await ended(running) == 2
    words = running.stderr.read().decode()
    assert "BOT_TOKEN is refused" in words
    assert "99:wrong" not in words
    assert "Traceback" not in words


async def test_wrong_settings_are_all_named(process) -> None:
    running = process(BOT_TOKEN="", ADMIN_IDS="me", RETENTION_DAYS="0", TELEGRAM_API_URL="nowhere")
    assert await ended(running) == 2
    words = running.stderr.read().decode()
    for name in ("ADMIN_IDS", "RETENTION_DAYS", "TELEGRAM_API_URL"):
        assert name in words
    assert "Traceback" not in words


async def test_no_secret_and_no_words_of_residents_reach_the_log(server: TelegramServer, process) -> None:
    running = process(LOG_LEVEL="DEBUG")
    resident = server.person(1, "Salainen", language_code="en", username="salanimi")
    server.fault("500", method="sendMessage")
    server.send_text(resident, "how do I get a tax card, my code is 131052-308T")
    await server.next_message(resident, containing="ax card", timeout=30)
    running.send_signal(signal.SIGTERM)
    assert await ended(running) == 0
    log = running.stderr.read().decode()
    for secret in (server.token, "131052", "how do I get", "Salainen", "salanimi"):
        assert secret not in log, secret


async def test_a_message_can_be_followed_from_its_update_in_the_log(
    server: TelegramServer, process, tmp_path: Path
) -> None:
    running = process()
    resident, other = server.person(61, "Salainen", language_code="en"), server.person(62, language_code="fi")
    server.fault("429", method="sendMessage", chat=61, retry_after=1)
    server.send_text(resident, "how do I get a tax card")
    answer = await server.next_message(resident, containing="ax card", timeout=30)
    server.send_text(other, "/help")
    await server.next_message(other, containing="/topics", timeout=30)
    running.send_signal(signal.SIGTERM)
    assert await ended(running) == 0
    log = running.stderr.read().decode()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    handled = {line["update"]: line for line in lines if line["event"] == "handled"}
    made = [line for line in lines if line["event"] == "call made"]
    ((update, chat),) = rows(tmp_path, f"select origin, chat from outbox where message_id = {answer.id} and chat = 61")
    assert chat == 61
    assert handled[update]["kind"] == "message"
    assert handled[update]["ms"] > 0
    mine = [line for line in made if line["update"] == update]
    assert [line["verdict"] for line in mine if line["method"] == "sendMessage"][:2] == ["wait-chat", "sent"]
    kept = rows(tmp_path, "select id, method, origin, state from outbox order by id")
    assert [(line["row"], line["method"], line["update"]) for line in made if line["verdict"] == "sent"] == [
        (row, method, origin) for row, method, origin, state in sorted(kept) if state == "sent"
    ]
    assert handled.keys() == {origin for _, _, origin, _ in kept}
    for private in (server.token, "how do I", "Salainen", '"chat"', '"text"'):
        assert private not in log, private
    for line in lines:
        assert not {61, 62} & {value for key, value in line.items() if key not in {"row", "ms"}}


async def test_a_restart_with_bad_data_goes_on_with_the_last_good_one(
    server: TelegramServer, process, data_settings, tmp_path: Path
) -> None:
    for name in ("intents", "knowledge"):
        shutil.copytree(getattr(data_settings, f"neuvoja_{name}"), tmp_path / name)
    cache = tmp_path / "cache"
    shutil.copytree(data_settings.neuvoja_cache, cache, ignore=shutil.ignore_patterns("catalogue-*"))
    resident, admin = server.person(1, language_code="en"), server.person(900)
    places = {"NEUVOJA_INTENTS": str(tmp_path / "intents"), "NEUVOJA_KNOWLEDGE": str(tmp_path / "knowledge")}
    running = process(NEUVOJA_CACHE=str(cache), ADMIN_IDS="900", **places)
    await server.next_call("getUpdates", timeout=120)
    running.send_signal(signal.SIGTERM)
    assert await ended(running) == 0
    (tmp_path / "intents" / "topics.yaml").write_text("arrival: [\n", encoding="utf-8")
    running = process(NEUVOJA_CACHE=str(cache), ADMIN_IDS="900", **places)
    server.send_text(resident, "how do I get a tax card")
    await server.next_message(resident, containing="ax card", timeout=30)
    assert "topics.yaml" in (await server.next_message(admin, timeout=10)).text
    running.send_signal(signal.SIGTERM)
    assert await ended(running) == 0
