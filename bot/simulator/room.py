"""The practice room: a web page with a resident's phone, a desk's group, an inspector and guided stories."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.simulator.control import as_json
from bot.simulator.player import Player
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Person
from bot.simulator.story import Story, Words

PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

Inspect = Callable[[int, str], Awaitable[dict[str, Any]]]
"""What the bot makes of a text of a person (id)."""


@dataclass(frozen=True, slots=True)
class Room:
    """Who and what the page shows; `borders` is GeoJSON with `city` and `name_fi` as properties."""

    title: str
    residents: tuple[Person, ...]
    advisors: tuple[Person, ...]
    desks: tuple[Chat, ...]
    borders: dict[str, Any]
    stories: tuple[Story, ...] = ()
    inspect: Inspect | None = None
    notes: Mapping[int, Words] = field(default_factory=dict)
    """One line about a person, by id."""


def add_room(server: TelegramServer, room: Room) -> Player:
    """Adds the page at / and its addresses below /room/; before `server.start()`."""
    player = Player(server, room.stories, room.desks)
    server.pages.append(_Routes(server, room, player).add)
    return player


class _Routes:
    def __init__(self, server: TelegramServer, room: Room, player: Player) -> None:
        self._server = server
        self._room = room
        self._player = player

    def add(self, app: web.Application) -> None:
        app.middlewares.append(_only_this_page)
        app.router.add_get("/", self._index)
        app.router.add_get("/room/page/{name}", self._file)
        app.router.add_get("/room/config", self._config)
        app.router.add_get("/room/commands", self._commands)
        app.router.add_get("/room/inspect", self._inspect)
        app.router.add_post("/room/story", self._story)
        app.router.add_post("/room/story/step", self._step)
        app.router.add_post("/room/story/stop", self._stop)

    async def _index(self, _: web.Request) -> web.Response:
        return _page("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in {path.name for path in PAGE.iterdir()}:
            return _problem(404, "no such file")
        return _page(name)

    async def _config(self, _: web.Request) -> web.Response:
        room = self._room
        stories = [
            {"id": story.id, "title": dict(story.title), "about": _words(story.about), "steps": len(story.steps)}
            for story in room.stories
        ]
        config = {
            "title": room.title,
            "bot": self._server.world.bot,
            "residents": [as_json(person) for person in room.residents],
            "advisors": [as_json(person) for person in room.advisors],
            "desks": [as_json(desk) for desk in room.desks],
            "notes": {str(person): _words(line) for person, line in room.notes.items()},
            "stories": stories,
            "progress": self._player.progress,
            "inspector": room.inspect is not None,
            "borders": room.borders,
        }
        return web.json_response(config)

    async def _commands(self, request: web.Request) -> web.Response:
        """The bot's menu of commands in a language, as it has set it for everybody; English where it has none."""
        menus = self._server.world.profile["commands"]
        default = '{"type": "default"}'
        menu = menus.get((default, request.query.get("language", ""))) or menus.get((default, "")) or []
        return web.json_response(menu)

    async def _inspect(self, request: web.Request) -> web.Response:
        if self._room.inspect is None:
            return _problem(404, "this room has no inspector")
        try:
            person = int(request.query["person"])
            text = request.query["text"]
        except (KeyError, ValueError):
            return _problem(400, "give person (an id) and text")
        if person not in self._server.world.people:
            return _problem(404, "no such person")
        return web.json_response(await self._room.inspect(person, text))

    async def _story(self, request: web.Request) -> web.Response:
        try:
            given = await request.json()
            pause = given.get("pause", 1.0)
            self._player.start(str(given["id"]), None if pause is None else float(pause))
        except (ValueError, TypeError, AttributeError):
            return _problem(400, "give the story's id, and pause in seconds or null")
        except KeyError as error:
            return _problem(404, f"no such story: {error}")
        await asyncio.sleep(0)  # the first step has begun
        return web.json_response({"ok": True, "result": self._player.progress})

    async def _step(self, _: web.Request) -> web.Response:
        self._player.step()
        return web.json_response({"ok": True, "result": self._player.progress})

    async def _stop(self, _: web.Request) -> web.Response:
        self._player.stop()
        return web.json_response({"ok": True, "result": self._player.progress})


@web.middleware
async def _only_this_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Another site that is open in the same browser may not act here."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return _problem(403, "only the page of this server may ask")
    return await handler(request)


def _page(name: str) -> web.Response:
    path = PAGE / name
    return web.Response(
        body=path.read_bytes(),
        content_type=_TYPES.get(path.suffix, "application/octet-stream"),
        charset="utf-8",
        headers=_HEADERS,
    )


def _words(words: Words) -> str | dict[str, str]:
    return words if isinstance(words, str) else dict(words)


def _problem(status: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "description": description}, status=status)
