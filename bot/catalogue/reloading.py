"""Reads the data in a process of its own, which remembers what it has read: the bot goes on answering meanwhile.

The first reading takes seconds, one after an edit about one. Run as a module, this is that process: for each line on
its standard input, a day, it reads and checks everything and writes the result; it ends with its input.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import bot

if TYPE_CHECKING:
    from bot.catalogue.loader import Loaded

IDLE = 900.0
"""Seconds without an edit after which the process ends: it holds some 300 MB."""

_LENGTH = 8
"""Bytes before each result that say how long it is."""

_HOME = str(Path(bot.__file__).resolve().parent.parent)
_SECRETS = ("BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL")


class ReadingError(Exception):
    """The reading process ended without a result."""


class Reader:
    """Readings of two folders, one at a time; `close` ends the process."""

    def __init__(self, intents: Path, knowledge: Path) -> None:
        self._folders = (str(intents), str(knowledge))
        self._process: asyncio.subprocess.Process | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def read(self, today: date) -> Loaded:
        """What the folders hold now; ReadingError when the process died of it."""
        if self._idle:
            self._idle.cancel()
        process = self._process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{today.isoformat()}\n".encode())
            await process.stdin.drain()
            length = int.from_bytes(await process.stdout.readexactly(_LENGTH))
            written = await process.stdout.readexactly(length)
        except (OSError, asyncio.IncompleteReadError) as error:
            await self.close()
            raise ReadingError(f"the process that reads the data ended: {error}") from error
        except BaseException:
            await self.close()
            raise
        self._idle = asyncio.get_running_loop().call_later(IDLE, self._end)
        loaded: Loaded = await asyncio.to_thread(pickle.loads, written)  # what our own process wrote
        return loaded

    async def close(self) -> None:
        """Ends the process; the next reading begins with a new one."""
        process = self._process
        self._end()
        if process:
            await process.wait()

    def _end(self) -> None:
        if self._idle:
            self._idle.cancel()
        if self._process:
            with suppress(ProcessLookupError):
                self._process.kill()
        self._process = None

    async def _start(self) -> asyncio.subprocess.Process:
        environment = {name: value for name, value in os.environ.items() if name not in _SECRETS}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [_HOME, environment.get("PYTHONPATH")]))
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.catalogue.reloading", *self._folders),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment,
        )


def main(intents: str, knowledge: str) -> None:
    """Reads once for every line of standard input, after the bot's own work."""
    from bot.catalogue.loader import load
    from bot.catalogue.memory import Memory

    with suppress(OSError):
        os.nice(5)
    memory = Memory()
    for line in sys.stdin:
        loaded = load(Path(intents), Path(knowledge), today=date.fromisoformat(line.strip()), memory=memory)
        written = pickle.dumps(loaded)
        sys.stdout.buffer.write(len(written).to_bytes(_LENGTH) + written)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt, BrokenPipeError):
        main(*sys.argv[1:])
