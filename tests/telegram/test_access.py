"""Who may call the webhook, over real HTTP: the peer is this machine, so proxies stand for everybody else."""

import asyncio
from typing import Any

import aiohttp
import pytest
import structlog

from bot.simulator.server import TelegramServer
from bot.telegram.webhook import FORWARDED_HEADER, SECRET_HEADER

from .test_webhook import free_port

TELEGRAM = "149.154.160.0/20,91.108.4.0/22"
HERE = "127.0.0.0/8"
SECRET = "s3cret_-"
UPDATE = {"update_id": 777, "message": {"message_id": 9, "date": 1, "chat": {"id": 1, "type": "private"},
          "from": {"id": 1, "is_bot": False, "first_name": "A"}, "text": "/help"}}  # fmt: skip


def changes(**more: str) -> dict[str, Any]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    return {"webhook_url": url, "webhook_secret": SECRET, "webhook_listen": f"127.0.0.1:{port}", **more}


async def answer(url: str, forwarded: tuple[str, ...] = (), secret: str = SECRET) -> tuple[int, str, dict[str, str]]:
    headers = [(SECRET_HEADER, secret), *((FORWARDED_HEADER, one) for one in forwarded)]
    async with aiohttp.ClientSession() as caller, caller.post(url, json=UPDATE, headers=headers) as response:
        told = {name: value for name, value in response.headers.items() if name != "Date"}
        return response.status, await response.text(), told


async def status(url: str, forwarded: tuple[str, ...] = (), secret: str = SECRET) -> int:
    return (await answer(url, forwarded, secret))[0]


@pytest.mark.parametrize("more", [{}, {"webhook_networks": HERE}, {"webhook_networks": f"{TELEGRAM},{HERE}"}])
async def test_telegram_itself_is_heard(server: TelegramServer, running: Any, more: dict[str, str]) -> None:
    async with running(server, **changes(**more)):
        await server.next_call("setWebhook")
        resident = server.person(1, language_code="en")
        server.send_text(resident, "how do I get a tax card")
        await server.next_message(resident, containing="ax card")


async def test_others_get_the_answer_of_a_wrong_secret_and_are_logged_once(
    server: TelegramServer, running: Any
) -> None:
    given = changes(webhook_networks=TELEGRAM, webhook_proxies="10.0.0.0/8")
    async with running(server, **given) as bot:
        await server.next_call("setWebhook")
        with structlog.testing.capture_logs() as logged:
            for forwarded in ((), ("149.154.161.4",), ("149.154.161.4", "10.0.0.1")):
                for secret in (SECRET, "wrong"):
                    refused = await answer(given["webhook_url"], forwarded, secret)
                    assert refused[0] == 403, "this machine is no trusted proxy"
        assert bot.sql("select count(*) from inbox") == [(0,)]
    assert [one["event"] for one in logged] == ["webhook called from outside WEBHOOK_NETWORKS"]
    assert "127.0.0.1" not in str(logged)
    given = changes()
    async with running(server, **given):
        await server.next_call("setWebhook", after=server.calls[-1].number)
        assert await answer(given["webhook_url"], (), "wrong") == refused


BEHIND_PROXIES = [
    (("149.154.161.4",), 200),
    ((" 91.108.7.255 ",), 200),
    (("149.154.161.4:41234",), 200),
    (("::ffff:149.154.161.4",), 200),
    (("[::ffff:149.154.161.4]:41234",), 200),
    (("203.0.113.9, 149.154.161.4",), 200),
    (("149.154.161.4, 10.1.2.3",), 200),
    (("149.154.161.4", "::ffff:10.1.2.3, 10.9.9.9"), 200),
    ((), 403),
    (("",), 403),
    (("203.0.113.9",), 403),
    (("149.154.161.4, 203.0.113.9",), 403),
    (("149.154.161.4", "203.0.113.9"), 403),
    (("149.154.161.4, 203.0.113.9, 10.1.2.3",), 403),
    (("149.154.161.4, unknown",), 403),
    (("149.154.161.4,",), 403),
    (("10.1.2.3",), 403),
    (("149.154.176.1",), 403),
    (("2001:67c:4e8:f004::9",), 403),
    (("149.154.161.4/20",), 403),
    (("::149.154.161.4",), 403),
]
"""X-Forwarded-For as it comes from a trusted proxy, and the answer."""


async def test_behind_trusted_proxies_the_nearest_stranger_counts(server: TelegramServer, running: Any) -> None:
    given = changes(webhook_networks=TELEGRAM, webhook_proxies=f"{HERE}, 10.0.0.0/8")
    async with running(server, **given):
        await server.next_call("setWebhook")
        answers = [(forwarded, await status(given["webhook_url"], forwarded)) for forwarded, _ in BEHIND_PROXIES]
        assert answers == BEHIND_PROXIES
        assert await status(given["webhook_url"], ("149.154.161.4",), "wrong") == 403, "the secret is wanted besides"


async def test_proxies_alone_keep_nobody_out(server: TelegramServer, running: Any) -> None:
    given = changes(webhook_proxies=HERE)
    async with running(server, **given):
        await server.next_call("setWebhook")
        assert await status(given["webhook_url"], ("203.0.113.9",)) == 200


async def test_a_secret_that_is_no_text_is_a_wrong_one(server: TelegramServer, running: Any) -> None:
    given = changes()
    port = int(given["webhook_listen"].rpartition(":")[2])
    async with running(server, **given):
        await server.next_call("setWebhook")
        for secret in (b"\xff\xfe", b"s3cret_-\x80", "sécret".encode()):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n"
            writer.write(head + SECRET_HEADER.encode() + b": " + secret + b"\r\n\r\n{}")
            assert (await reader.readline()).split()[1] == b"403"
            writer.close()
            await writer.wait_closed()
