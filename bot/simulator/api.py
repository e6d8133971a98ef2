"""One API request from its address to its answer."""

import asyncio
import inspect
import json
from typing import Any

from aiohttp import web

from bot.simulator.calls import Call
from bot.simulator.errors import ApiError, unauthorized
from bot.simulator.faults import GARBAGE, Fault
from bot.simulator.methods import METHODS, NAMES
from bot.simulator.params import read_params
from bot.simulator.world import World

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Api:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A method call; unknown methods are 404, foreign tokens 401."""
        token, method = request.match_info["token"], request.match_info["method"]
        if token != self._token:
            if ":" not in token:
                return _answer(ApiError(401, "Unauthorized: invalid token specified"))
            return _answer(unauthorized())
        lowered = method.lower()
        try:
            params = await read_params(request)
        except ApiError as error:
            return _answer(error)
        call = self._world.calls.add(NAMES.get(lowered, method), params.values, self._world.clock())
        call.files = tuple(upload.name for upload in params.uploads.values())
        self._world.bell.ring()
        fault = self._world.faults.take(lowered, call.chat_id)
        if fault is not None:
            answer = await self._fault_before(request, call, fault)
            if answer is not None:
                return answer
        try:
            response = _result(call, await self._run(lowered, params))
        except ApiError as error:
            response = _answer(error, call)
        self._world.emit("call", call.public)
        self._world.bell.ring()
        if fault is not None and fault.kind == "drop-after":
            return _drop(request)
        return response

    async def _run(self, method: str, params: Any) -> Any:
        handler = METHODS.get(method)
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        if self._world.logged_out:
            raise ApiError(400, "Logged out")
        result = handler(self._world, params)
        return await result if inspect.isawaitable(result) else result

    async def _fault_before(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse | None:
        """The faulty answer, or None where the request is still to be carried out."""
        call.fault = fault.kind
        self._world.bell.ring()
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
            return None
        if fault.kind == "drop-before":
            return _drop(request)
        if fault.kind == "502":
            call.status = 502
            return web.Response(status=502, text=GARBAGE, content_type="text/html")
        error = fault.error()
        return None if error is None else _answer(error, call)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file by the path that getFile gave."""
        file = self._world.files.by_path.get(request.match_info["path"])
        if request.match_info["token"] != self._token:
            return _answer(unauthorized())
        if file is None:
            return _answer(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")


def not_found() -> web.Response:
    """404 for addresses that are no method."""
    return _answer(ApiError(404, "Not Found"))


def _result(call: Call, result: Any) -> web.Response:
    call.result = result
    call.status = 200
    body = b'{"ok":true,"result":' + _encode(result).encode("utf-8", "surrogatepass") + b"}"
    return web.Response(body=body, content_type="application/json")


def _answer(error: ApiError, call: Call | None = None) -> web.Response:
    body = error.body()
    if call is not None:
        call.status = error.code
        call.error = body
    wait = (error.parameters or {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else None
    return web.json_response(body, status=error.code, headers=headers)


def _drop(request: web.Request) -> web.Response:
    """Cuts the connection; the response is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
