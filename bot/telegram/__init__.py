"""Telegram's side: intake -> worker -> session -> routers -> outbox -> sender; the only users of aiogram."""

from bot.telegram import slim

slim.load()
