"""`neuvoja demo`: the practice room, on this machine only."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Intents, Knowledge, conversation, fail, settings
from bot.cli.explain import as_words
from bot.logs import configure

if TYPE_CHECKING:
    from bot.practice.practice import Practice

PORT = 8700
PORTS = 20
"""Ports that are tried one after the other when none is named."""


def command(
    folder: Annotated[
        Path | None, typer.Option(help="Where the bot's database stays; else a temporary folder.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help=f"The page's port; else the first free one from {PORT}.")
    ] = None,
    *,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, where there is one.")] = True,
    story: Annotated[str | None, typer.Option(help="Play this story, or `all`, say how it went and end.")] = None,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Open the practice room: a local Bot API server, the real bot and one page; no account, no internet."""
    chosen = settings(intents, knowledge)
    print("The practice room opens: the catalogue and its model first (a minute the very first time) ...", flush=True)
    talk = conversation(chosen)
    from bot.app import DatabaseError, drive  # heavy, and needed here only
    from bot.practice.practice import Practice

    configure("WARNING", None, None)
    number = _free(PORT, PORTS) if port is None else _free(port, 1)
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="neuvoja-") as temporary:
        place = folder or Path(temporary)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fail(f"--folder {place}: cannot be made ({error.strerror or error})")
        os.environ.setdefault("NEUVOJA_HEARTBEAT", str(place / "heartbeat"))

        async def opened() -> None:
            stop = asyncio.Event()
            for name in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(name, stop.set)
            room, playing = Practice(place, as_words), set[asyncio.Task[None]]()

            def ready(url: str) -> None:
                if story is None:
                    _welcome(url, folder, browser=browser)
                else:
                    playing.add(asyncio.create_task(_play(room, story, failed, stop)))

            await room.run(chosen, talk, port=number, stop=stop, ready=ready)
            await asyncio.gather(*playing)

        try:
            drive(opened())
        except DatabaseError as error:
            fail(f"{place}: the database cannot be opened ({type(error).__name__}); is the folder writable?")
    if failed:
        fail("\n".join(failed), 1)
    if story is None:
        print("\nThe practice room is closed; nothing is running any more.")


def _free(first: int, tries: int) -> int:
    """The first port of loopback that nobody listens on; exits 2 when all are busy."""
    found = next((number for number in range(first, first + tries) if _is_free(number)), None)
    if found is None:
        named = f"Port {first} is" if tries == 1 else f"The ports {first} to {first + tries - 1} are"
        fail(f"{named} busy; name another with --port.")
    return found


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def _welcome(url: str, folder: Path | None, *, browser: bool) -> None:
    """What runs where, what to try, how to stop."""
    seen = browser and _has_screen() and webbrowser.open(url)
    print(
        f"""
  The practice room is open: {url}{"  (opened in your browser)" if seen else ""}

  left    a resident's phone: choose who, write in any language, press buttons, share a location
  right   a city's desk: take a ticket, answer, `//` for a note, /transfer espoo, /close
  try     a guided story, or edit a file under intents/ and look at the inspector: it shows within two seconds

  running the local Bot API server and the bot, in this process, on this machine only
  kept    {f"the bot's database in {folder}" if folder else "nothing: the database is in a temporary folder"}
  stop    Ctrl-C
""",
        flush=True,
    )


def _has_screen() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _play(room: Practice, wanted: str, failed: list[str], stop: asyncio.Event) -> None:
    """Plays one story or all, one after the other, and says how each went; then the room closes."""
    from bot.simulator.story import StoryFailure

    assert room.player is not None
    try:
        names = list(room.player.stories) if wanted == "all" else [wanted]
        for name in names:
            if name not in room.player.stories:
                failed.append(f"There is no story {name!r}; there are: {', '.join(room.player.stories)}")
                continue
            try:
                await room.player.play(name, pause=0)
                print(f"{name}: played to its end", flush=True)
            except StoryFailure as failure:
                failed.append(f"{name}: {failure}")
    finally:
        stop.set()
