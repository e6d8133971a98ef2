"""`neuvoja human-only`: turns the bot's own answers off and on, beside the running bot."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail, settings
from bot.settings import Settings

FILE = "sqlite+aiosqlite:///"


class Wish(StrEnum):
    """What to do with the switch."""

    ON = "on"
    OFF = "off"
    STATUS = "status"


def command(wish: Annotated[Wish, typer.Argument(help="on, off, or status.", show_default=False)]) -> None:
    """Turn the bot's own answers off (on), or back on (off); it works while the bot runs, in every replica."""
    from bot.storage.engine import DatabaseError  # heavy, and needed here only

    chosen = settings(None, None)
    url = chosen.database_url
    if url.startswith(FILE) and not Path(url.removeprefix(FILE)).is_file():
        fail("DATABASE_URL names a file that is not there; start this in the folder that the bot runs in")
    try:
        print(asyncio.run(_turn(wish, chosen)))
    except (DatabaseError, OSError) as error:
        fail(f"The database of DATABASE_URL cannot be opened ({type(error).__name__})")


async def _turn(wish: Wish, chosen: Settings) -> str:
    from bot.storage.engine import Database
    from bot.telegram.switching import state, turn

    database = await Database.open(chosen.database_url)
    try:
        async with database.write() as unit:
            if wish is not Wish.STATUS:
                on, at = wish is Wish.ON, datetime.now(UTC)
                await turn(unit, on=on, at=at, actor=None, admins=chosen.admin_ids)
            return await state(unit, "en")
    finally:
        await database.close()
