import asyncio
import socket

import aiohttp

from bot.simulator.server import TelegramServer
from bot.telegram.webhook import BODY_LIMIT, SECRET_HEADER


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_question_by_webhook(server: TelegramServer, running) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    changes = {"webhook_url": url, "webhook_secret": "s3cret_-", "webhook_listen": f"127.0.0.1:{port}"}
    async with running(server, **changes) as bot:
        await server.next_call("setWebhook")
        resident = server.person(1, language_code="en")
        server.send_text(resident, "how do I get a tax card")
        await server.next_message(resident, containing="ax card")
        good = {SECRET_HEADER: "s3cret_-"}
        update = {"update_id": 777, "message": {"message_id": 9, "date": 1, "chat": {"id": 1, "type": "private"},
                  "from": {"id": 1, "is_bot": False, "first_name": "A"}, "text": "/help"}}  # fmt: skip
        async with aiohttp.ClientSession() as stranger:
            for headers in ({}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: "s3cret_-x"}):
                assert (await stranger.post(url, json=update, headers=headers)).status == 403
            assert (await stranger.post(url, data=b"x" * (BODY_LIMIT + 1), headers=good)).status == 413
            assert (await stranger.post(url, data=b"{not json", headers=good)).status == 400
            assert (await stranger.post(url, data=b"[" * 100_000, headers=good)).status == 400
            assert (await stranger.post(url, json=[1, 2], headers=good)).status == 200
            assert (await stranger.get(url, headers=good)).status == 405
            assert (await stranger.post(f"{url}/other", json=update, headers=good)).status == 404
            assert bot.sql("select count(*) from inbox where update_id = 777") == [(0,)]
            for _ in range(3):
                assert (await stranger.post(url, json=update, headers=good)).status == 200
        await server.next_message(resident, containing="/topics")
        await asyncio.sleep(0.2)
        assert sum("/topics" in message.text for message in server.messages(resident)) == 1
