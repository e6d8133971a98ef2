import asyncio
import json
import re

import aiohttp
import pytest

from bot.simulator import TelegramServer
from bot.simulator.room import PAGE, Room, add_room
from bot.simulator.story import Story, note, say

AMINA, LIISA = 5, 7
BORDERS = {"type": "FeatureCollection", "features": []}


async def inspect(person, text):
    return {"question": f"{person}: {text}", "lines": ["why"]}


@pytest.fixture
async def room():
    telegram = TelegramServer()
    amina, liisa = telegram.person(AMINA, "Amina", "so"), telegram.person(LIISA, "Liisa")
    desk = telegram.supergroup("Espoo", forum=True, members=(liisa,))
    steps = (note({"en": "Look", "fi": "Katso"}), say(amina, "hei"), say(amina, "moi"))
    story = Story("first", {"en": "First", "fi": "Ensimmäinen"}, "About", steps)
    notes = {AMINA: "Somali, Espoo"}
    add_room(telegram, Room("Neuvoja", (amina,), (liisa,), (desk,), BORDERS, (story,), inspect, notes))
    async with telegram:
        yield telegram


async def get(http, room, path, **query):
    async with http.get(room.url + path, params=query) as answer:
        return answer.status, await answer.json()


async def post(http, room, path, body=None, **headers):
    async with http.post(room.url + path, json=body or {}, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_the_page_and_its_files_come_with_a_strict_policy(room, http):
    for path, kind in (
        ("/", "text/html"),
        ("/room/page/main.js", "text/javascript"),
        ("/room/page/room.css", "text/css"),
    ):
        async with http.get(room.url + path) as answer:
            assert (answer.status, answer.content_type, answer.charset) == (200, kind, "utf-8")
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self';")
            assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["nothing.js", "..%2froom.py", "..%2F..%2Fsettings.py", "%2e%2e"])
async def test_nothing_else_of_the_disk_is_served(room, http, name):
    async with http.get(aiohttp.client.URL(f"{room.url}/room/page/{name}", encoded=True)) as answer:
        assert answer.status == 404


def test_the_page_needs_nothing_from_outside_and_nothing_inline():
    names = {path.name for path in PAGE.iterdir()}
    for path in PAGE.iterdir():
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"""(?:https?:|["'(=])//[\w.-]+\.[a-z]{2,}[^\s"'`)]*""", text)
        addresses = set(found) - {"http://www.w3.org/2000/svg"}
        assert not addresses, f"{path.name} names {addresses}"
        assert "innerHTML" not in re.sub(r"^//.*$", "", text, flags=re.MULTILINE), path.name
        for module in re.findall(r'from "\./([\w.]+)"', text):
            assert module in names, f"{path.name} imports {module}"
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", index)
    assert set(re.findall(r"/room/page/([\w.]+)", index)) <= names


def test_every_text_of_the_page_is_in_both_languages():
    words = (PAGE / "words.js").read_text(encoding="utf-8")
    table = words[words.index("const TEXTS") : words.index("const COMMANDS")]
    known = dict(re.findall(r'^  (\w+): \[(".*")\],$', table, flags=re.MULTILINE))
    for key, pair in known.items():
        english, finnish = json.loads(f"[{pair}]")
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", finnish)), key
    code = "\n".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js"))
    used = set(re.findall(r'\bt\("(\w+)"', code)) | set(re.findall(r'\bt(?:Label|Placeholder)?: "(\w+)"', code))
    assert used <= known.keys(), used - known.keys()


async def test_config_tells_who_is_there(room, http):
    status, config = await get(http, room, "/room/config")
    assert status == 200
    assert [person["first_name"] for person in config["residents"] + config["advisors"]] == ["Amina", "Liisa"]
    assert config["desks"][0]["members"][1]["user"]["id"] == LIISA
    assert config["notes"] == {"5": "Somali, Espoo"}
    assert config["stories"] == [
        {"id": "first", "title": {"en": "First", "fi": "Ensimmäinen"}, "about": "About", "steps": 3}
    ]
    assert (config["title"], config["inspector"], config["progress"]) == ("Neuvoja", True, None)
    assert config["borders"] == BORDERS


async def test_the_menu_of_commands_is_the_bots_own(room, http):
    assert await get(http, room, "/room/commands") == (200, [])
    url = f"{room.url}/bot{room.token}/setMyCommands"
    for language, line in (("", "begin"), ("so", "bilow")):
        body = {"commands": [{"command": "start", "description": line}], "language_code": language}
        await http.post(url, json=body)
    assert (await get(http, room, "/room/commands", language="so"))[1][0]["description"] == "bilow"
    assert (await get(http, room, "/room/commands", language="fi"))[1][0]["description"] == "begin"


async def test_inspecting(room, http):
    assert await get(http, room, "/room/inspect", person=AMINA, text="hei & moi") == (
        200,
        {"question": "5: hei & moi", "lines": ["why"]},
    )
    assert (await get(http, room, "/room/inspect", person="x", text="hei"))[0] == 400
    assert (await get(http, room, "/room/inspect", person=AMINA))[0] == 400
    assert (await get(http, room, "/room/inspect", person=99, text="hei"))[0] == 404


async def test_a_room_without_an_inspector_says_so(http):
    telegram = TelegramServer()
    add_room(telegram, Room("Neuvoja", (telegram.person(AMINA),), (), (), BORDERS))
    async with telegram:
        assert (await get(http, telegram, "/room/inspect", person=AMINA, text="x"))[0] == 404
        assert (await get(http, telegram, "/room/config"))[1]["inspector"] is False


async def test_a_story_over_http(room, http):
    async with http.get(f"{room.url}/simulator/events") as stream:
        assert await stream.content.readline() == b": connected\n"
        status, body = await post(http, room, "/room/story", {"id": "first", "pause": None})
        assert (status, body["result"]["state"]) == (200, "waiting")
        await post(http, room, "/room/story/step")
        await room.wait_for(lambda: room.messages(AMINA))
        await post(http, room, "/room/story", {"id": "first", "pause": 0})
        told = []
        while not told or told[-1]["state"] != "done":
            line = (await asyncio.wait_for(stream.content.readline(), 5)).decode()
            if line == "event: story\n":
                told.append(json.loads((await stream.content.readline()).decode().removeprefix("data: ")))
    assert [(one["step"], one["state"]) for one in told] == [
        (1, "playing"), (1, "waiting"), (2, "playing"), (2, "waiting"), (3, "playing"), (3, "done"),
    ]  # fmt: skip
    assert (told[0]["of"], told[0]["caption"], told[2]["chat"]) == (3, {"en": "Look", "fi": "Katso"}, AMINA)
    assert [message.text for message in room.messages(AMINA)] == ["hei", "moi"]
    assert (await get(http, room, "/room/config"))[1]["progress"] == told[-1]


async def test_a_story_is_stopped_over_http(room, http):
    await post(http, room, "/room/story", {"id": "first", "pause": 60})
    assert (await post(http, room, "/room/story/stop"))[1]["result"]["state"] == "stopped"
    assert room.messages(AMINA) == []


@pytest.mark.parametrize(
    ("body", "status"), [({"id": "other"}, 404), ({}, 404), ({"id": "first", "pause": "soon"}, 400), ([1], 400)]
)
async def test_what_is_no_story(room, http, body, status):
    assert (await post(http, room, "/room/story", body))[0] == status


async def test_another_site_may_not_act(room, http):
    body = {"person": AMINA, "text": "x"}
    for origin in ("https://example.org", "null"):
        assert (await post(http, room, "/simulator/send_text", body, Origin=origin))[0] == 403
    assert room.messages(AMINA) == []
    assert (await post(http, room, "/simulator/send_text", body, Origin=room.url))[0] == 200


async def test_what_the_page_must_hear_of(room, http):
    feed = room.world.open_feed()
    amina = room.world.people[AMINA]
    await post(http, room, "/simulator/block", {"person": AMINA})
    room.unblock(amina)
    async with http.post(f"{room.url}/bot{room.token}/sendMessage", json={"chat_id": AMINA, "text": "x"}) as answer:
        number = (await answer.json())["result"]["message_id"]
    place = {"chat_id": AMINA, "message_id": number}
    await http.post(f"{room.url}/bot{room.token}/pinChatMessage", json=place)
    await http.post(f"{room.url}/bot{room.token}/unpinAllChatMessages", json=place)
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await http.post(f"{room.url}/bot{room.token}/setMessageReaction", json=place | {"reaction": reaction})
    room.press_data(amina, room.last(AMINA), "a")
    events = [feed.get_nowait() for _ in range(feed.qsize())]
    told = [(one.kind, one.payload) for one in events if one.kind not in {"call", "message", "reaction"}]
    assert told[:2] == [("person", {"id": AMINA, "blocked": True}), ("person", {"id": AMINA, "blocked": False})]
    assert told[-2] == ("pinned", {"chat": AMINA, "ids": []})
    assert (told[-1][0], told[-1][1]["data"], told[-1][1]["id"]) == ("press", "a", number)
    (message,) = (await get(http, room, "/simulator/messages", chat=AMINA))[1]["messages"]
    assert message["reactions"] == reaction
