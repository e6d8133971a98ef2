"""A region at work: PostgreSQL, a load balancer, replicas behind it, and Telegram in front; every part a real one."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.simulator.server import TelegramServer
from tests.faults.lives import ROOT, Lives, replicas

SECRET = "a-secret"
BALANCER = ROOT / "docs" / "operations" / "nginx.conf"
"""The file that operators take."""


@dataclass(frozen=True, slots=True)
class Region:
    """The replicas, begun, and their ports."""

    lives: list[Lives]
    ports: list[int]

    @property
    def logs(self) -> list[Path]:
        """The replicas' logs."""
        return [one.log for one in self.lives]


@contextlib.asynccontextmanager
async def region(
    server: TelegramServer, settings: Mapping[str, str], folder: Path, *, count: int = 2
) -> AsyncIterator[Region]:
    """`count` replicas on one database behind a balancer; `settings` are environment variables of all of them."""
    ports = [_free() for _ in range(count)]
    async with _balancer(ports, folder) as entrance:
        environments = [
            {
                **settings,
                "WEBHOOK_URL": f"http://127.0.0.1:{entrance}/telegram",
                "WEBHOOK_SECRET": SECRET,
                "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "NEUVOJA_HEARTBEAT": str(folder / f"heartbeat-{port}"),
            }
            for port in ports
        ]
        async with replicas(folder, *environments) as lives:
            for one in lives:
                await one.begin()
            await server.next_call("setWebhook", timeout=60)
            yield Region(lives, ports)


def installed() -> bool:
    """True when there is a balancer to run."""
    return shutil.which("nginx") is not None


@contextlib.asynccontextmanager
async def _balancer(ports: list[int], folder: Path) -> AsyncIterator[int]:
    """nginx with the operators' configuration, its addresses replaced; the port that it listens on."""
    entrance = _free()
    text = BALANCER.read_text(encoding="utf-8")
    (upstream,) = re.findall(r"^ *server bot-1:8080 (.*;)$", text, re.MULTILINE)
    text = re.sub(r"^ *server bot-\d+:8080 .*;\n", "", text, flags=re.MULTILINE)
    servers = "\n".join(f"server 127.0.0.1:{port} {upstream}" for port in ports)
    text = text.replace("upstream neuvoja {", "upstream neuvoja {\n" + servers).replace(
        "listen 8080", f"listen 127.0.0.1:{entrance}"
    )
    places = "".join(
        f"{name}_temp_path {folder}/nginx-{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {", "http {\n" + places)
    path = folder / "nginx.conf"
    path.write_text(
        f"pid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\ndaemon off;\nuser root;\n{text}", encoding="utf-8"
    )
    command = ["nginx", "-p", str(folder), "-c", str(path), "-e", str(folder / "nginx.log")]
    process = await asyncio.create_subprocess_exec(*command)
    try:
        yield entrance
    finally:
        process.terminate()
        await process.wait()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
