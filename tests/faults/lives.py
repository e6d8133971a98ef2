"""A replica's lives: `neuvoja run`, killed and begun again; the data is loaded once, each life is a fork."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARENT = """
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
    """Begins the replica's next process and ends it."""

    def __init__(self, parent: subprocess.Popen[str], log: Path) -> None:
        self._parent = parent
        self._pid = 0
        self.log = log

    async def begin(self) -> None:
        """Starts a process; it takes in updates a moment later."""
        assert self._parent.stdin is not None
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        self._pid = int(await self._read())

    async def kill(self) -> None:
        """Ends the process where it is."""
        os.kill(self._pid, signal.SIGKILL)
        assert int(await self._read()) == -signal.SIGKILL

    async def end(self) -> int:
        """Ends the process politely; its exit code."""
        os.kill(self._pid, signal.SIGTERM)
        return int(await self._read())

    async def ready(self) -> None:
        """Until the data is loaded."""
        words = await self._read()
        assert words == "ready", self.log.read_text()

    def bury(self) -> None:
        """Ends whatever is left."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.close()
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._parent.wait(30)
        self._parent.stdout.close()

    async def _read(self) -> str:
        assert self._parent.stdout is not None
        return (await asyncio.wait_for(asyncio.to_thread(self._parent.stdout.readline), 120)).strip()


@asynccontextmanager
async def replicas(folder: Path, *environments: Mapping[str, str]) -> AsyncIterator[list[Lives]]:
    """A replica for each environment, its data loaded, none begun; their logs are in `folder`."""
    made = []
    try:
        for number, environment in enumerate(environments, 1):
            log = folder / f"log-{number}"
            made.append(Lives(_parent(folder, environment, log), log))
        for one in made:
            await one.ready()
        yield made
    finally:
        for one in made:
            one.bury()


def _parent(folder: Path, environment: Mapping[str, str], log: Path) -> subprocess.Popen[str]:
    with log.open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-c", PARENT],
            cwd=folder,
            env={**environment, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
