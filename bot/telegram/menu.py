"""The bot's command menu in Telegram, in every language it speaks."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand

from bot.locales import translator

log = structlog.get_logger(__name__)


async def publish(bot: Bot, languages: Iterable[str]) -> None:
    """Sets the commands' descriptions per language; a failure is logged and harmless."""
    try:
        for code in languages:
            await bot.set_my_commands(_commands(code), language_code=code)
        await bot.set_my_commands(_commands("en"))
    except AiogramError as error:
        log.warning("command menu not set", error=type(error).__name__)


def _commands(language: str) -> list[BotCommand]:
    tr = translator(language)
    lines = {
        "start": tr("begin from the start"),
        "topics": tr("choose a question from a list"),
        "city": tr("tell where you live"),
        "language": tr("change the language"),
        "human": tr("talk to a person"),
        "status": tr("what I know of you and who answers you"),
        "help": tr("how this bot works"),
        "privacy": tr("how your messages are used"),
        "mydata": tr("get everything that is stored about you"),
        "delete": tr("delete everything that is stored about you"),
        "cancel": tr("stop what was started"),
    }
    return [BotCommand(command=command, description=line) for command, line in lines.items()]
