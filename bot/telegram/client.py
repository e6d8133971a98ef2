"""Aiogram's client, made from the settings."""

from __future__ import annotations

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError

__all__ = ["Bot", "TelegramUnauthorizedError", "client"]


def client(token: str, api_url: str) -> Bot:
    """A client for the bot of `token` at the Bot API server `api_url`; close its session in the end."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
