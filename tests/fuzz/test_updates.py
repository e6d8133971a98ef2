"""Updates of any form: what is stored of them is sound, and no update stops the bot."""

import json
import socket
from random import Random
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.server import TelegramServer
from bot.telegram import pacing
from bot.telegram.client import client
from bot.telegram.scrub import TEXT_LIMIT, scrub
from bot.telegram.webhook import SECRET_HEADER
from tests.telegram.desk.conftest import Room

from .conftest import TIMES, examples
from .strange import ADVISOR, OTHER, RESIDENT, SECRET, broken, file, in_topic, message, nested, person, shapes

from aiogram.types import Update  # isort: skip - aiogram is to be imported the bot's way

PERSON = {"id", "is_bot", "first_name", "language_code"}
PLACE = {"thread", "album", "quoted"}
MESSAGE = {"message_id", "date", "chat", "from", "text", "masked", "media", "shared", "caption", "migrate_to_chat_id"}
MEMBER = {"status", "until_date", "user"}
KEPT = {
    "message": MESSAGE | PLACE,
    "edited_message": MESSAGE | PLACE,
    "callback_query": {"id", "from", "chat_instance", "data", "message"},
    "callback_query.message": {"message_id", "date", "chat"} | PLACE,
    "my_chat_member": {"chat", "from", "date", "old_chat_member", "new_chat_member"},
    "my_chat_member.old_chat_member": MEMBER,
    "my_chat_member.new_chat_member": MEMBER,
    "": {"update_id", "message", "edited_message", "callback_query", "my_chat_member"},
}
"""What may be stored, by the path in the update; people and chats are alike everywhere."""

BOT = client("1:FUZZ", "http://127.0.0.1:9")


def unknown(part: dict[str, Any], path: str = "") -> list[str]:
    """Paths of what is not on the list."""
    ending = path.rpartition(".")[2]
    allowed = {"from": PERSON, "user": PERSON, "chat": {"id", "type", "title", "is_forum"}}.get(ending) or KEPT[path]
    found = [f"{path}.{key}" for key in part if key not in allowed]
    for key, value in part.items():
        if isinstance(value, dict):
            found += unknown(value, f"{path}.{key}".lstrip("."))
    return found


def texts(part: Any) -> list[str]:
    """Every text in an update."""
    if isinstance(part, dict):
        return [text for value in part.values() for text in texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in texts(value)]
    return [part] if isinstance(part, str) else []


def numbers(part: Any) -> list[float]:
    """Every number in an update."""
    if isinstance(part, dict | list):
        inner = part.values() if isinstance(part, dict) else part
        return [number for value in inner for number in numbers(value)]
    return [part] if isinstance(part, int | float) else []


def sound(update: Any) -> None:
    """Nothing is stored, or what may be, in a form that every database and aiogram take."""
    kept = scrub(update)
    if kept is None:
        return
    body = json.loads(kept.received.body)
    assert unknown(body) == []
    assert SECRET not in kept.received.body
    for text in texts(body):
        assert "\0" not in text
        assert len(text.encode()) <= 4 * TEXT_LIMIT
    assert all(isinstance(number, int) and abs(number) < 2**63 for number in numbers(body))
    assert Update.model_validate_json(kept.received.body.encode(), context={"bot": BOT}).update_id == body["update_id"]
    assert abs(kept.received.update_id) < 2**63
    (content,) = (value for key, value in body.items() if key != "update_id")
    chat = content.get("message", content)["chat"]
    assert chat["id"] == kept.received.chat
    assert chat["id"] > 0 if chat["type"] == "private" else chat["id"] < 0
    if kept.coordinates:
        assert abs(kept.coordinates[0]) <= 90
        assert abs(kept.coordinates[1]) <= 180


@examples(600)
@given(random=st.randoms(use_true_random=False))
def test_any_update_is_stored_soundly_or_not_at_all(random: Random) -> None:
    sound({"update_id": 7} | broken(random, shapes()))


@pytest.mark.parametrize("where", ["album", "press", "data", "staff"])
def test_a_person_in_the_place_of_a_label_is_not_stored(where: str) -> None:
    """What is a text at Telegram was once stored as it came, with all that it held."""
    pressing = {"id": "4", "from": person(RESIDENT), "data": "T", "message": message()}
    update = {
        "album": {"message": message(photo=[file()], media_group_id=person(RESIDENT))},
        "press": {"callback_query": pressing | {"id": person(RESIDENT)}},
        "data": {"callback_query": pressing | {"data": [person(RESIDENT)]}},
        "staff": {"message": in_topic(text="hei") | {"from": person(ADVISOR, first_name=person(ADVISOR))}},
    }[where]
    assert scrub({"update_id": 7} | update) is None


@pytest.mark.parametrize("depth", [900, 980])
def test_a_label_nested_as_deep_as_json_is_read_is_not_stored(depth: int) -> None:
    """Writing it as a text once ended in a RecursionError."""
    assert scrub({"update_id": 7, "message": message(photo=[file()], media_group_id=nested(depth, "x"))}) is None


@pytest.mark.parametrize("number", [0, -5])
def test_a_private_chat_without_a_persons_id_is_not_stored(number: int) -> None:
    """Chat 0 is who is forgotten: whoever wrote from it would own every forgotten resident's requests."""
    assert scrub({"update_id": 7, "message": message(number, text="/mydata")}) is None
    assert scrub({"update_id": 7, "message": in_topic(-number, text="/queue")}) is None


def test_no_text_keeps_the_character_that_postgresql_refuses() -> None:
    staff = in_topic(text="a\0b") | {"from": person(ADVISOR, first_name="\0")}
    pressing = {"id": "4\0", "from": person(RESIDENT, language_code="f\0i"), "data": "T\0", "message": message()}
    for update in (
        {"message": message(text="\0my code is 131052\0-308T")},
        {"message": message(photo=[file()], media_group_id="1\0", caption="\0")},
        {"message": staff},
        {"callback_query": pressing},
    ):
        kept = scrub({"update_id": 7} | update)
        assert kept
        assert "\0" not in "".join(texts(json.loads(kept.received.body)))
        assert "308T" not in kept.received.body


async def test_no_update_stops_the_bot(server: TelegramServer, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "PRIVATE_BURST", 10_000.0)
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    changes = {"webhook_url": url, "webhook_secret": "s3cret_-", "webhook_listen": f"127.0.0.1:{port}"}
    async with (
        running(server, **changes) as bot,
        aiohttp.ClientSession(headers={SECRET_HEADER: "s3cret_-"}) as telegram,
    ):
        await server.next_call("setWebhook")
        room = Room(server, bot)
        advisor = server.person(ADVISOR, "Maria", "fi")
        desk = await room.desk("espoo", advisor)
        ticket = await room.ask(await room.resident(RESIDENT))
        topic = await room.take(advisor, desk, ticket)
        server.person(OTHER)
        random, whole = Random(8), shapes(desk.id, topic.id, ticket)
        for number in range(150 * TIMES):
            update = broken(random, whole)
            async with telegram.post(url, json={"update_id": 900_000_000 + number} | update) as answer:
                assert answer.status == 200, update
        last = server.person(77, language_code="en")
        server.send_text(last, "how do I get a tax card")
        await server.next_message(last, containing="ax card", timeout=60)
        await bot.drained(60 * TIMES)
        assert bot.sql("select * from inbox where state != 'done'") == []
        assert bot.sql("select count(*) > 60 from inbox where update_id >= 900000000") == [(1,)], "most can be handled"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
