import ast
import asyncio
import json
import sys
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

import bot.simulator
from bot.simulator import TelegramServer


async def act(http, telegram, name, **arguments):
    async with http.post(f"{telegram.url}/simulator/{name}", json=arguments) as answer:
        return await answer.json()


async def test_a_conversation_over_http_alone(telegram, api, http):
    person = await act(http, telegram, "person", user_id=5, first_name="Amina", language_code="so")
    assert person["result"]["language_code"] == "so"
    sent = await act(http, telegram, "send_text", person=5, text="/start")
    assert sent["result"]["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    keyboard = {"inline_keyboard": [[{"text": "Soomaali", "callback_data": "so"}]]}
    shown = await api("sendMessage", chat_id=5, text="Kieli?", reply_markup=keyboard)
    press = await act(http, telegram, "press", person=5, message=shown["message_id"], button="Soomaali")
    query = press["result"]["query"]
    await api("answerCallbackQuery", callback_query_id=query, text="ok")
    async with http.get(f"{telegram.url}/simulator/answer", params={"query": query}) as answer:
        assert (await answer.json())["text"] == "ok"
    async with http.get(f"{telegram.url}/simulator/messages", params={"chat": 5, "after": 1}) as answer:
        assert [message["text"] for message in (await answer.json())["messages"]] == ["Kieli?"]
    async with http.get(f"{telegram.url}/simulator/calls", params={"method": "sendMessage"}) as answer:
        assert (await answer.json())[0]["result"]["text"] == "Kieli?"


async def test_groups_and_faults_over_http(telegram, api, http):
    await act(http, telegram, "person", user_id=7)
    desk = (await act(http, telegram, "supergroup", title="Desk", forum=True, owner=7))["result"]["id"]
    thread = (await api("createForumTopic", chat_id=desk, name="Amina"))["message_thread_id"]
    sent = await act(http, telegram, "send_text", person=7, text="/take", chat=desk, thread=thread)
    assert sent["result"]["thread"] == thread
    assert (await act(http, telegram, "fault", kind="429", method="sendMessage", retry_after=4))["ok"]
    assert await api("sendMessage", chat_id=desk, text="x") == "Too Many Requests: retry after 4"
    async with http.get(f"{telegram.url}/simulator/chats") as answer:
        (group,) = [chat for chat in await answer.json() if chat["type"] == "supergroup"]
    assert group["topics"] == [{"id": thread, "name": "Amina", "closed": False}]
    assert (await act(http, telegram, "flood_limits", on=True))["result"] is True


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("dance", {}, "no such act: dance"),
        ("send_text", {"person": 99, "text": "x"}, "KeyError"),
        ("send_text", {"person": 5}, "missing a required argument: 'text'"),
        ("stop", {}, "no such act: stop"),
        ("tap", {"person": 5, "text": "x"}, "no reply keyboard button"),
    ],
)
async def test_what_cannot_be_done_is_said(telegram, http, name, arguments, reason):
    telegram.person(5)
    answer = await act(http, telegram, name, **arguments)
    assert answer["ok"] is False
    assert reason in answer["description"]


async def test_events_for_a_page(telegram, api, http):
    amina = telegram.person(5)
    async with http.get(f"{telegram.url}/simulator/events") as stream:
        assert await stream.content.readline() == b": connected\n"
        telegram.send_text(amina, "hei")
        await api("sendChatAction", chat_id=5, action="typing")
        kinds = {}
        while "action" not in kinds:
            line = (await stream.content.readline()).decode()
            if line.startswith("event: "):
                kind = line.removeprefix("event: ").strip()
                kinds[kind] = json.loads((await stream.content.readline()).decode().removeprefix("data: "))
    assert kinds["message"]["text"] == "hei"
    assert kinds["action"] == {"chat": 5, "thread": None, "action": "typing"}


async def test_subscribing_in_process(telegram, api):
    telegram.person(5)
    feed = telegram.subscribe()
    first = asyncio.create_task(anext(feed))
    await asyncio.sleep(0)
    await api("sendMessage", chat_id=5, text="hei")
    kind, payload = await first
    assert (kind, payload["text"]) == ("message", "hei")
    await feed.aclose()


async def test_next_message_gives_each_once_and_starts_anew_when_a_person_acts(telegram, api):
    amina = telegram.person(5)
    for text in ("one", "two", "three"):
        await api("sendMessage", chat_id=5, text=text)
    assert (await telegram.next_message(amina)).text == "one"
    assert (await telegram.next_message(amina, containing="thr")).text == "three"
    telegram.send_text(amina, "?")
    later = asyncio.create_task(telegram.next_message(amina))
    await asyncio.sleep(0)
    await api("sendMessage", chat_id=5, text="four")
    assert (await later).text == "four"
    with pytest.raises(TimeoutError, match=r"the last API requests were\n(?s:.*)sendMessage .*four.* -> ok"):
        await telegram.next_message(amina, timeout=0.05)


async def test_waiting_for_edits_calls_and_quiet(telegram, api):
    amina = telegram.person(5)
    sent = await api("sendMessage", chat_id=5, text="x")
    await api("editMessageText", chat_id=5, message_id=sent["message_id"], text="y")
    assert (await telegram.next_edit(amina)).text == "y"
    call = await telegram.next_call("sendmessage", amina)
    assert (call.method, call.status, call.result["message_id"]) == ("sendMessage", 200, sent["message_id"])
    telegram.send_text(amina, "unread")
    with pytest.raises(TimeoutError):
        await telegram.settled(quiet=0.01, timeout=0.1)
    await api("getUpdates", offset=2**31)
    await telegram.settled(quiet=0.01)


@pytest.mark.parametrize(
    ("fault", "description"),
    [
        ({"kind": "429", "retry_after": 7}, "Too Many Requests: retry after 7"),
        ({"kind": "500"}, "Internal Server Error"),
        ({"kind": "error", "code": 403, "description": "Forbidden: bot was kicked from the group chat"},
         "Forbidden: bot was kicked from the group chat"),
        ({"kind": "error", "migrate_to": -1001}, "Bad Request: group chat was upgraded to a supergroup chat"),
    ],
)  # fmt: skip
async def test_faults_hit_so_many_times(telegram, api, fault, description):
    telegram.person(5)
    set_fault = telegram.fault(**fault, method="sendMessage", times=2)
    assert (await api("getMe"))["id"] == 123456
    assert [await api("sendMessage", chat_id=5, text="x") for _ in range(2)] == [description] * 2
    assert (await api("sendMessage", chat_id=5, text="x"))["text"] == "x"
    assert (set_fault.hits, len(telegram.messages(5))) == (2, 1)


async def test_faults_for_one_chat_and_for_a_time(telegram, api):
    telegram.person(5)
    telegram.person(6)
    telegram.fault("500", chat=6, for_seconds=0.05)
    assert (await api("sendMessage", chat_id=5, text="x"))["text"] == "x"
    assert await api("sendMessage", chat_id=6, text="x") == "Internal Server Error"
    await asyncio.sleep(0.06)
    assert (await api("sendMessage", chat_id=6, text="x"))["text"] == "x"
    telegram.fault("500", times=None)
    assert await api("getMe") == "Internal Server Error"
    telegram.clear_faults()
    assert (await api("getMe"))["is_bot"]


async def test_garbage_hanging_and_cut_connections(telegram, api, http):
    telegram.person(5)
    url, body = f"{telegram.url}/bot{telegram.token}/sendMessage", {"chat_id": 5, "text": "x"}
    telegram.fault("502")
    async with http.post(url, json=body) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    telegram.fault("drop-before")
    with pytest.raises(aiohttp.ClientError):
        await http.post(url, json=body)
    assert telegram.messages(5) == []
    telegram.fault("drop-after")
    with pytest.raises(aiohttp.ClientError):
        await http.post(url, json=body)
    assert len(telegram.messages(5)) == 1
    telegram.fault("hang", seconds=0.05)
    with pytest.raises(TimeoutError):
        await http.post(url, json=body, timeout=aiohttp.ClientTimeout(total=0.01))
    assert [call.fault for call in telegram.calls] == ["502", "drop-before", "drop-after", "hang"]


async def test_memory_can_be_capped():
    async with TelegramServer(keep_calls=3, keep_messages=2) as telegram, aiohttp.ClientSession() as http:
        telegram.person(5)
        for number in range(5):
            url = f"{telegram.url}/bot{telegram.token}/sendMessage"
            await http.post(url, json={"chat_id": 5, "text": str(number)})
        assert [message.text for message in telegram.messages(5)] == ["3", "4"]
        assert [call.number for call in telegram.calls] == [3, 4, 5]


async def test_it_runs_alone():
    command = [sys.executable, "-m", "bot.simulator", "--port", "0", "--token", "77:ALONE"]
    root = Path(bot.simulator.__file__).parents[2]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=root)
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        base = line.split()[3].removesuffix("/<method>,")
        async with aiohttp.ClientSession() as http, http.get(f"{base}/getMe") as answer:
            assert (await answer.json())["result"]["id"] == 77
    finally:
        process.terminate()
        await process.wait()


def test_the_simulator_imports_aiohttp_and_nothing_of_the_bot():
    allowed = set(sys.stdlib_module_names) | {"aiohttp"}
    for path in Path(bot.simulator.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("bot.simulator") or name.split(".")[0] in allowed, f"{path.name} imports {name}"


async def test_it_can_go_down_and_come_back_with_everything(http):
    telegram = TelegramServer()
    telegram.pages.append(lambda app: app.router.add_get("/", _page))
    url = await telegram.start()
    telegram.send_text(telegram.person(5), "hei")
    await telegram.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await http.get(f"{url}/bot{telegram.token}/getMe")
    assert await telegram.start(port=int(url.rpartition(":")[2])) == url
    async with http.get(f"{url}/bot{telegram.token}/getUpdates") as answer:
        assert (await answer.json())["result"][0]["message"]["text"] == "hei"
    async with http.get(url) as answer:
        assert await answer.text() == "the practice room"
    await telegram.stop()


async def _page(request: web.Request) -> web.Response:
    return web.Response(text="the practice room")
