"""Load on a running server: `python -m bot.simulator --port 8099 &`, `python tests/simulator/load.py 8099 $!`.

Plain sockets, so that the client costs little beside the server. Prints messages a second by the clock and by the
server's processor time (read from /proc; the latter holds on a busy machine too).
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

CONNECTIONS = 16
PER_CONNECTION = 1250
TEXT = "<b>Terveysasema</b>\nMon-Fri 8-16. Call 09 310 10023 & ask for an interpreter." * 3


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def request(host: str, method: str, body: str, content_type: str) -> bytes:
    head = f"POST /bot123456:SIMULATOR/{method} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\n"
    return f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}".encode()


async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, data: bytes) -> bytes:
    writer.write(data)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    body = await reader.readexactly(length)
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise SystemExit(f"refused: {body!r}")
    return body


async def worker(port: int, number: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    form = "application/x-www-form-urlencoded"
    act = f'{{"user_id": {number}}}'
    person = request("localhost", "", act, "application/json").replace(b"/bot123456:SIMULATOR/", b"/simulator/person")
    await call(reader, writer, person)
    body = urlencode({"chat_id": number, "text": TEXT, "parse_mode": "HTML"})
    data = request("localhost", "sendMessage", body, form)
    for _ in range(PER_CONNECTION):
        await call(reader, writer, data)
    writer.close()


async def main() -> None:
    port, pid = int(sys.argv[1]), int(sys.argv[2])
    begun, used = time.perf_counter(), cpu_seconds(pid)
    await asyncio.gather(*(worker(port, 1000 + number) for number in range(CONNECTIONS)))
    seconds, cpu = time.perf_counter() - begun, cpu_seconds(pid) - used
    count = CONNECTIONS * PER_CONNECTION
    print(f"{count} sendMessage: {count / seconds:.0f} a second by the clock, {count / cpu:.0f} a second of server CPU")


asyncio.run(main())
