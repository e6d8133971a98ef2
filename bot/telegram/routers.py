"""Routers: each handler turns one kind of update into something heard, and nothing more."""

from __future__ import annotations

from aiogram import Dispatcher, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.conversation.conversation import Conversation
from bot.conversation.heard import Commanded, Located, Pressed, Said, Sent
from bot.rendering.actions import decode
from bot.storage.unit import Unit
from bot.telegram.session import Current, Session
from bot.telegram.turn import Turn

PRIVATE = F.chat.type == ChatType.PRIVATE
"""Residents write in private chats; in groups the bot is silent."""


async def command(message: Message, turn: Turn, conversation: Conversation) -> None:
    """A command; what follows its name is not used."""
    name = (message.text or "").split(maxsplit=1)[0][1:].partition("@")[0].lower()
    await turn.take(conversation, Commanded(name))


async def text(message: Message, turn: Turn, conversation: Conversation) -> None:
    """A question, or the answer to one of the bot's."""
    masked = tuple((message.model_extra or {}).get("masked", ()))
    await turn.take(conversation, Said(message.text or "", masked))


async def location(_: Message, turn: Turn, conversation: Conversation) -> None:
    """A shared location; its coordinates came past the inbox."""
    await turn.take(conversation, Located(turn.coordinates))


async def media(message: Message, turn: Turn, conversation: Conversation) -> None:
    """Anything else."""
    await turn.take(conversation, Sent(str((message.model_extra or {}).get("media", "other"))))


async def press(query: CallbackQuery, turn: Turn, conversation: Conversation) -> None:
    """A button."""
    await turn.take(conversation, Pressed(decode(query.data)), press=query.id)


async def membership(change: ChatMemberUpdated, unit: Unit) -> None:
    """The resident blocked the bot or came back."""
    blocked = bool((change.model_extra or {}).get("blocked"))
    await unit.residents.reachable(change.chat.id, value=not blocked)


def dispatcher(current: Current) -> Dispatcher:
    """Aiogram's dispatcher with the residents' handlers."""
    residents = Router(name="residents")
    residents.message.filter(PRIVATE)
    residents.edited_message.filter(PRIVATE)
    residents.message.register(command, F.text.regexp(r"/[A-Za-z]"))
    residents.message.register(location, F.shared == "location")
    residents.message.register(text, F.text)
    residents.message.register(media)
    residents.edited_message.register(text, F.text)
    residents.callback_query.register(press)
    residents.my_chat_member.register(membership)
    session = Session(current)
    for observer in (residents.message, residents.edited_message, residents.callback_query):
        observer.middleware(session)
    root = Dispatcher(disable_fsm=True)
    root.include_router(residents)
    return root
