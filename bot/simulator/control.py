"""The control side over HTTP: /simulator/... for tests and pages outside this process."""

import asyncio
import inspect
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.simulator.people import Press
from bot.simulator.state import Chat, Member, Message, Person, Topic

if TYPE_CHECKING:
    from bot.simulator.server import TelegramServer

ACTS = (
    "person",
    "supergroup",
    "group",
    "add_member",
    "remove_member",
    "set_bot",
    "send_text",
    "tap",
    "send_location",
    "send_contact",
    "send_photo",
    "send_document",
    "send_voice",
    "send_sticker",
    "send_album",
    "press",
    "press_data",
    "edit",
    "react",
    "block",
    "unblock",
    "deactivate",
    "open_topic",
    "close_topic",
    "delete_topic",
    "delete_group",
    "migrate",
    "fault",
    "clear_faults",
    "repeat",
)


class Control:
    """POST /simulator/<act> with the act's arguments as JSON; people, chats and messages are given by id."""

    def __init__(self, server: "TelegramServer") -> None:
        self._server = server

    def add_routes(self, app: web.Application) -> None:
        """Adds the /simulator/ addresses."""
        app.router.add_get("/simulator/people", self._people)
        app.router.add_get("/simulator/chats", self._chats)
        app.router.add_get("/simulator/messages", self._messages)
        app.router.add_get("/simulator/calls", self._calls)
        app.router.add_get("/simulator/answer", self._callback_answer)
        app.router.add_get("/simulator/events", self._events)
        app.router.add_post("/simulator/flood_limits", self._flood_limits)
        app.router.add_post("/simulator/{act}", self._act)

    async def _act(self, request: web.Request) -> web.Response:
        name = request.match_info["act"]
        if name not in ACTS:
            return _problem(404, f"no such act: {name}; there are {', '.join(ACTS)}")
        act: Callable[..., Any] = getattr(self._server, name)
        try:
            given = await request.json() if request.can_read_body else {}
            arguments = {key: self._argument(key, value, given) for key, value in given.items()}
            inspect.signature(act).bind(**arguments)
            return web.json_response({"ok": True, "result": as_json(act(**arguments))})
        except (LookupError, ValueError, TypeError, AttributeError, PermissionError) as error:
            return _problem(400, f"{type(error).__name__}: {error}")

    def _argument(self, name: str, value: Any, given: dict[str, Any]) -> Any:
        world = self._server.world
        match name:
            case "person" | "owner" | "by" if value is not None:
                return world.people[int(value)]
            case "members":
                return tuple(world.people[int(number)] for number in value)
            case "rights":
                return tuple(value)
            case "chat" if value is not None:
                return world.chats[int(value)]
            case "message" | "reply_to" if value is not None:
                # A message's number is unique within its chat only; without `chat` it is in the person's own.
                place = value if isinstance(value, dict) else {"chat": given["person"], "id": value}
                return world.chats[int(place["chat"])].messages[int(place["id"])]
            case "content":
                return str(value).encode()
        return value

    async def _people(self, _: web.Request) -> web.Response:
        return web.json_response([as_json(person) for person in self._server.world.people.values()])

    async def _chats(self, _: web.Request) -> web.Response:
        return web.json_response([as_json(chat) for chat in self._server.world.chats.values()])

    async def _messages(self, request: web.Request) -> web.Response:
        try:
            chat = self._server.world.chats[int(request.query["chat"])]
        except (KeyError, ValueError):
            return _problem(404, "no such chat")
        thread = int(request.query["thread"]) if "thread" in request.query else None
        after = int(request.query.get("after", 0))
        messages = [message.public() for message in chat.history(thread) if message.id > after]
        return web.json_response({"messages": messages, "keyboard": chat.keyboard, "pinned": chat.pinned})

    async def _calls(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", 0))
        calls = self._server.requests(request.query.get("method"))
        return web.json_response([call.public() for call in calls if call.number > after])

    async def _callback_answer(self, request: web.Request) -> web.Response:
        query = self._server.world.queries.get(request.query.get("query", ""))
        return _problem(404, "no such callback query") if query is None else web.json_response(query.answer)

    async def _flood_limits(self, request: web.Request) -> web.Response:
        self._server.flood_limits = bool((await request.json()).get("on"))
        return web.json_response({"ok": True, "result": self._server.flood_limits})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: every event of `subscribe`."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        feed = self._server.world.open_feed()
        try:
            await response.write(b": connected\n\n")
            while True:
                event = await feed.get()
                data = json.dumps(event.payload, ensure_ascii=False)
                await response.write(f"event: {event.kind}\ndata: {data}\n\n".encode())
        except (asyncio.CancelledError, ConnectionResetError):
            return response
        finally:
            self._server.world.close_feed(feed)


def as_json(value: Any) -> Any:
    """What an act gave, as JSON."""
    match value:
        case Message():
            return value.public()
        case Press():
            return {"query": value.query.id, "update_id": value.update_id, "answer": value.answer}
        case Person():
            flags = {"blocked": value.blocked, "started": value.started, "deactivated": value.deactivated}
            return value.user() | flags
        case Chat():
            topics = [as_json(topic) for topic in value.topics.values()]
            members = [as_json(member) for member in value.members.values()]
            return value.json() | {"topics": topics, "members": members, "migrated_to": value.migrated_to}
        case Topic():
            return {"id": value.id, "name": value.name, "closed": value.closed}
        case Member():
            return value.json()
        case list():
            return [as_json(item) for item in value]
        case None | bool() | int() | str():
            return value
    return str(value)


def _problem(status: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "description": description}, status=status)
