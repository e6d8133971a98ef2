"""Whatever anybody sends to the webhook's address, over real HTTP: a status that fits, and no word of the inside."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.engine import Database
from bot.telegram.intake import Intake
from bot.telegram.webhook import BODY_LIMIT, SECRET_HEADER, application

from .conftest import examples
from .strange import broken, shapes

PATH, SECRET = "/telegram", "s3cret_-"
INSIDE = (b"Traceback", b'File "', b".py", b"Error:", b"/work", b"site-packages", SECRET.encode())
"""What an answer must not tell."""


@dataclass(frozen=True)
class Asked:
    """One request; `secret` None: without the header."""

    body: bytes = b"{}"
    secret: bytes | None = SECRET.encode()
    kind: str = "application/json"
    method: str = "POST"
    path: str = PATH
    more: tuple[str, ...] = ()

    def raw(self) -> bytes:
        """The request as it goes over the wire."""
        secret = b"" if self.secret is None else SECRET_HEADER.encode() + b": " + self.secret + b"\r\n"
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: bot", "Connection: close", *self.more]
        lines += [f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}"]
        return "\r\n".join(lines).encode() + b"\r\n" + secret + b"\r\n" + self.body


class Hook:
    """The webhook's application on a free port, with a real database, in a thread of its own."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self.port = 0

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(20)

    def finish(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        self._loop.close()

    async def _serve(self) -> None:
        database = await Database.open(self._url)
        runner = web.AppRunner(application(Intake(database, asyncio.Event()), PATH, SECRET), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()
        await database.close()

    def ask(self, request: Asked | bytes) -> int:
        """The answer's status; its words are checked."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request if isinstance(request, bytes) else request.raw())
            answer = b""
            while b"\r\n\r\n" not in answer and (part := connection.recv(65536)):
                answer += part
        assert not any(word in answer for word in INSIDE), answer
        return int(answer.split(b" ", 2)[1])


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hook]:
    path: Path = tmp_path_factory.mktemp("hook") / "neuvoja.db"
    made = Hook(f"sqlite+aiosqlite:///{path}")
    made.start()
    yield made
    made.finish()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
UPDATES = st.builds(
    lambda random, number: json.dumps({"update_id": number} | broken(random, shapes())).encode(),
    st.randoms(use_true_random=False),
    st.integers(1, 2**40),
)
BODIES = st.one_of(
    st.binary(max_size=300),
    JSON.map(lambda value: json.dumps(value).encode()),
    UPDATES,
    st.tuples(JSON, st.sampled_from(["utf-16", "utf-32", "utf-8-sig"])).map(lambda t: json.dumps(t[0]).encode(t[1])),
    JSON.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")),
    st.tuples(st.sampled_from(["[", '{"a":', "[[],"]), st.integers(1, 50_000)).map(lambda t: (t[0] * t[1]).encode()),
    st.integers(1, 5000).map(lambda digits: b"1" * digits),
    st.integers(1, 1000).map(lambda over: b"x" * (BODY_LIMIT + over)),
)
KINDS = st.sampled_from(
    ["application/json", "text/plain", "", "/", "application/json; charset=utf-16", "application/json; charset=latin-1",
     "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "; ;=;",
     "application/json; charset", "application/json; charset=undefined", "x/y; charset=idna", "a" * 2000]
)  # fmt: skip
SECRETS = st.one_of(
    st.none(),
    st.sampled_from([b"", b"wrong", SECRET.encode() + b"x", SECRET[:-1].encode(), SECRET.upper().encode()]),
    st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=300).map(str.encode),
).filter(lambda given: given is None or given.strip() != SECRET.encode())


@examples(150)
@given(body=BODIES, kind=KINDS)
def test_any_body_is_taken_or_refused(hook: Hook, body: bytes, kind: str) -> None:
    status = hook.ask(Asked(body, kind=kind))
    assert status in {200, 400, 413}
    if len(body) > BODY_LIMIT:
        assert status == 413
    elif "charset" not in kind:
        assert status == (200 if _is_json(body) else 400)


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body.decode())
    except (ValueError, RecursionError):
        return False
    return True


@examples(60)
@given(secret=SECRETS, body=BODIES)
def test_without_the_secret_nothing_is_taken(hook: Hook, secret: bytes | None, body: bytes) -> None:
    assert hook.ask(Asked(body, secret)) == 403


@examples(60)
@given(
    method=st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "FOO", "PROPFIND"]),
    path=st.sampled_from([PATH, PATH + "/", "/", "//telegram", "/telegram/..", "/%74elegram", "*", "", "/\u00e9"])
    | st.text("/.%0aF?#&=~\\\"'<", max_size=30).map(lambda text: f"/{text}")
    | st.just("/" + "a" * 9000),
)
def test_other_methods_and_paths_are_not_found(hook: Hook, method: str, path: str) -> None:
    assert hook.ask(Asked(method=method, path=path)) in {400, 404, 405}
    assert hook.ask(Asked(method="POST", path=f"/x{path}")) in {400, 404}


@examples(60)
@given(raw=st.binary(max_size=400), random=st.randoms(use_true_random=False))
def test_what_is_hardly_http_is_refused(hook: Hook, raw: bytes, random: Random) -> None:
    request = bytearray(Asked(secret=b"wrong").raw())
    for byte in raw[:6]:
        request[random.randrange(len(request))] = byte
    assert hook.ask(bytes(request) + b"\r\n\r\n") in {400, 403, 404, 405, 417, 505}
    assert hook.ask(b"!" + raw.replace(b"\n", b"") + b"\r\n\r\n") == 400


@pytest.mark.parametrize("size", [BODY_LIMIT, BODY_LIMIT + 1])
def test_the_longest_body(hook: Hook, size: int) -> None:
    body = b'"' + b"a" * (size - 2) + b'"'
    assert hook.ask(Asked(body)) == (200 if size == BODY_LIMIT else 413)


@pytest.mark.parametrize("secret", [b"\xff", b"\xed\xa0\x80", b"s3cret_-\xfe"])
def test_a_secret_that_is_no_text_is_wrong(hook: Hook, secret: bytes) -> None:
    assert hook.ask(Asked(secret=secret)) == 403


@pytest.mark.parametrize("charset", ["no-such", "hex", "zip", "x" * 1000])
def test_json_is_read_as_unicode_whatever_encoding_is_claimed(hook: Hook, charset: str) -> None:
    assert hook.ask(Asked(kind=f"application/json; charset={charset}")) == 200


def test_a_body_that_is_not_packed_as_it_says_is_refused(hook: Hook) -> None:
    assert hook.ask(Asked(more=("Content-Encoding: gzip",))) == 400


@pytest.mark.parametrize("packing", ["deflate", "br", "no-such"])
def test_a_body_of_another_packing_is_taken_or_refused(hook: Hook, packing: str) -> None:
    assert hook.ask(Asked(more=(f"Content-Encoding: {packing}",))) in {200, 400}
