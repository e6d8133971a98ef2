"""The arguments of one request, whether they came as JSON, a form, multipart or a query string."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.simulator.errors import bad_request

_FORM = "application/x-www-form-urlencoded"
_TRUE = frozenset({"true", "yes", "1"})
_NUMBERS = ("chat_id", "message_id", "message_thread_id", "from_chat_id", "user_id", "offset", "limit", "timeout")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request."""

    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Params:
    """Named arguments; everything may come as a string, as the Bot API allows."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The argument as a string; empty when absent."""
        value = self.values.get(name)
        if type(value) is str:
            return value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return json.dumps(value) if isinstance(value, dict | list) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The argument as a whole number; what is no number counts as 0, as in the Bot API."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def decimal(self, name: str) -> float:
        """The argument as a float; what is no number counts as 0."""
        try:
            return float(self.text(name).strip())
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """Whether the argument is true."""
        return self.text(name).lower() in _TRUE

    def json(self, name: str, what: str) -> Any:
        """The argument decoded, None when absent; a malformed one is refused as `can't parse <what> JSON object`."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"Can't parse {what} JSON object") from None
            self.values[name] = value
        return value


async def read_params(request: web.Request) -> Params:
    """The query string's and the body's arguments; the body wins."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    if request.method != "POST" or not request.can_read_body:
        return Params(values)
    if kind == _FORM:
        body = await request.read()
        values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    elif kind == "application/json":
        values.update(_json_object(await request.read()))
    elif kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                values[name] = value
    for name in _NUMBERS:
        number = values.get(name)
        if type(number) is str and number.removeprefix("-").isdecimal():
            values[name] = int(number)
    return Params(values, uploads)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body) if body else {}
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad_request("Can't parse the request body: expected a JSON object")
    return value
