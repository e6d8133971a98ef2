"""The bot's pages for operators, read over HTTP as a load balancer and Prometheus do."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Scrape:
    """One reading of /metrics."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
        self.names = {one.name for one in self.samples}

    def value(self, name: str, **labels: str) -> float | None:
        """The sample of these labels, None when there is none."""
        found = [one.value for one in self.samples if one.name == name and one.labels == labels]
        return found[0] if found else None


class Pages:
    """Of one bot."""

    def __init__(self) -> None:
        self.listen = f"127.0.0.1:{free_port()}"

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(f"http://{self.listen}{path}") as answer:
            return answer.status, await answer.text()

    async def ready(self) -> tuple[int, dict[str, str]]:
        status, body = await self.get("/readyz")
        return status, json.loads(body)["checks"]

    async def scrape(self) -> Scrape:
        status, body = await self.get("/metrics")
        assert status == 200
        return Scrape(body)

    async def until_ready(self, status: int, seconds: float = 20) -> dict[str, str]:
        """The checks once /readyz answers with this status."""
        async with asyncio.timeout(seconds):
            while True:
                with suppress(aiohttp.ClientConnectorError):  # it starts
                    found, checks = await self.ready()
                    if found == status:
                        return checks
                await asyncio.sleep(0.05)

    async def until(self, holds: Callable[[Scrape], Any], seconds: float = 20) -> Scrape:
        """The first reading that `holds` is true of."""
        async with asyncio.timeout(seconds):
            while True:
                if holds(scrape := await self.scrape()):
                    return scrape
                await asyncio.sleep(0.05)
