"""Reach: whether Telegram answers, by the calls that are made anyway, or by one of its own."""

from __future__ import annotations

import time

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.telegram.calling import call

RECENT = 60.0
"""Seconds for which a call that was made tells that Telegram answers."""
GET_ME_SECONDS = 3.0


class Reach:
    """Told of every call that was made."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._answered: float | None = None

    def note(self, *, answered: bool) -> None:
        """A call was answered, or Telegram was out of reach."""
        self._answered = time.monotonic() if answered else None

    @property
    def recent(self) -> bool:
        """True when the last call was answered, and not long ago."""
        return self._answered is not None and time.monotonic() < self._answered + RECENT

    async def get_me(self) -> bool:
        """Asks Telegram who the bot is; False when no right answer comes in time."""
        try:
            await call(self._bot, "getMe", "{}", GET_ME_SECONDS)
        except (AiogramError, OSError):
            return False
        return True
