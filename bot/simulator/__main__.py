"""`python -m bot.simulator --port 8081 --token T`: the server alone, until interrupted."""

import argparse
import asyncio
import contextlib
import sys

from bot.simulator.server import DEFAULT_TOKEN, TelegramServer


async def serve(host: str, port: int, token: str, keep: int, flood_limits: bool) -> None:
    """Runs until cancelled."""
    server = TelegramServer(token, flood_limits=flood_limits, keep_calls=keep, keep_messages=keep)
    url = await server.start(host, port)
    sys.stdout.write(f"Bot API on {url}/bot{token}/<method>, control on {url}/simulator/\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description="A local Telegram Bot API server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--keep", type=int, default=10_000, help="requests, and messages of a chat, kept in memory")
    parser.add_argument("--flood-limits", action="store_true", help="answer 429 as Telegram does")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments.host, arguments.port, arguments.token, arguments.keep, arguments.flood_limits))


if __name__ == "__main__":
    main()
