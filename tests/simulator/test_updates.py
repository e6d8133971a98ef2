import asyncio
import time

import pytest
from aiohttp import web


async def test_updates_come_until_they_are_confirmed(telegram, api):
    amina = telegram.person(5, "Amina", "so")
    for text in ("one", "two", "three"):
        telegram.send_text(amina, text)
    first = await api("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert first[0]["message"]["from"] == {"id": 5, "is_bot": False, "first_name": "Amina", "language_code": "so"}
    assert await api("getUpdates", limit=2) == first
    rest = await api("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert telegram.pending_updates == [rest[0]["update_id"]]
    assert await api("getUpdates", offset=rest[0]["update_id"] + 1) == []


async def test_a_long_poll_ends_as_soon_as_something_happens(telegram, api):
    amina = telegram.person(5)
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.requests("getUpdates"))
    begun = time.monotonic()
    telegram.send_text(amina, "hei")
    assert (await poll)[0]["message"]["text"] == "hei"
    assert time.monotonic() - begun < 1


async def test_the_older_of_two_polls_is_ended(telegram, api):
    older = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.requests("getUpdates"))
    newer = asyncio.create_task(api("getUpdates", timeout=30))
    ended = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert await older == ended
    telegram.send_text(telegram.person(5), "hei")
    assert len(await newer) == 1


async def test_only_kinds_that_were_asked_for_are_sent(telegram, api):
    amina = telegram.person(5)
    desk = telegram.supergroup("Desk")
    telegram.add_member(desk, amina)
    assert [set(update) - {"update_id"} for update in await api("getUpdates")] == [{"message"}]
    await api("getUpdates", offset=-1, allowed_updates=["chat_member", "message_reaction"])
    telegram.remove_member(desk, amina)
    telegram.react(amina, telegram.messages(desk)[0], "👍")
    kinds = [next(key for key in update if key != "update_id") for update in (await api("getUpdates"))[1:]]
    assert kinds == ["chat_member", "message_reaction"]


async def test_a_repeated_update_is_the_same_once_more(telegram, api):
    telegram.send_text(telegram.person(5), "hei")
    (update,) = await api("getUpdates")
    assert await api("getUpdates", offset=update["update_id"] + 1) == []
    telegram.repeat(update["update_id"])
    assert await api("getUpdates", offset=update["update_id"] + 1) == [update]
    assert await api("getUpdates", offset=update["update_id"] + 1) == []
    with pytest.raises(KeyError):
        telegram.repeat(1)


class Hook:
    """A webhook that takes, refuses or hangs as told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict]] = []
        self.refuse = 0
        self.arrived = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), update))
        self.arrived.set()
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        return web.Response()


@pytest.fixture
async def hook():
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_every_update_once_in_order_with_the_secret(telegram, api, hook):
    amina, omar = telegram.person(5), telegram.person(6)
    telegram.send_text(amina, "waiting since before")
    assert await api("setWebhook", url=hook.url, secret_token="se-cret_1") is True
    for number in range(10):
        telegram.send_text(amina, f"a{number}")
        telegram.send_text(omar, f"o{number}")
    await telegram.settled()
    texts = [update["message"]["text"] for _, update in hook.got]
    assert [text for text in texts if text[0] == "a"] == [f"a{number}" for number in range(10)]
    assert [text for text in texts if text[0] == "o"] == [f"o{number}" for number in range(10)]
    assert len(texts) == 21
    assert {secret for secret, _ in hook.got} == {"se-cret_1"}
    conflict = await api("getUpdates")
    assert conflict.startswith("Conflict: can't use getUpdates method while webhook is active")


async def test_a_refused_update_is_tried_again_before_the_next_of_its_chat(telegram, api, hook):
    amina = telegram.person(5)
    hook.refuse = 2
    await api("setWebhook", url=hook.url)
    telegram.send_text(amina, "one")
    telegram.send_text(amina, "two")
    await hook.arrived.wait()
    await telegram.wait_for(lambda: not telegram.pending_updates)
    assert [update["message"]["text"] for _, update in hook.got] == ["one", "one", "one", "two"]
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    telegram.repeat(hook.got[0][1]["update_id"])
    await telegram.wait_for(lambda: len(hook.got) == 5)
    assert await api("deleteWebhook") is True
    assert await api("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "nowhere"}, "invalid webhook URL specified"),
        ({"url": "https://x.fi", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://x.fi", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_refused_webhooks(telegram, api, params, reason):
    assert await api("setWebhook", **params) == f"Bad Request: {reason}"


async def test_a_webhook_ends_a_waiting_poll(telegram, api, hook):
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.requests("getUpdates"))
    await api("setWebhook", url=hook.url)
    assert await poll == "Conflict: terminated by setWebhook request"
