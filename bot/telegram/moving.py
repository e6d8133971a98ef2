"""A group that got a new id: message ids, and so threads, are new in it; open tickets' topics are made again."""

from __future__ import annotations

from bot.storage.unit import Unit
from bot.telegram.post import TelegramPost


async def follow(unit: Unit, post: TelegramPost, chat: int, new_chat: int) -> None:
    """Moves everything that belongs to the group; a second time, when Telegram tells it twice, changes nothing."""
    await unit.staff.move(chat, new_chat)
    await unit.entries.move(chat, new_chat)
    await unit.outbox.move(chat, new_chat)
    for topic in await unit.topics.move(chat, new_chat):
        ticket = await unit.tickets.find(topic.ticket)
        if ticket and ticket.open:
            await post.present(ticket, topic, history=True)
