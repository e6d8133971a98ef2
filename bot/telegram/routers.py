"""Routers: each handler turns one kind of update into something heard, and nothing more."""

from __future__ import annotations

from aiogram import Dispatcher, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.conversation.conversation import Conversation
from bot.conversation.heard import Commanded, Located, Pressed, Said, Sent
from bot.rendering.actions import decode
from bot.storage.unit import Unit
from bot.telegram.session import Current, Session
from bot.telegram.turn import Turn


# The filters are coroutines because aiogram runs plain functions, and so magic filters, in a thread each.
async def is_private(event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
    """Residents write in private chats; in groups the bot is silent."""
    message = event.message if isinstance(event, CallbackQuery) else event
    return message is not None and message.chat.type == ChatType.PRIVATE


async def is_command(message: Message) -> bool:
    """A slash and a letter."""
    return bool(message.text and message.text[0] == "/" and message.text[1:2].isalpha())


async def is_location(message: Message) -> bool:
    """A location, which intake has taken out."""
    return (message.model_extra or {}).get("shared") == "location"


async def is_text(message: Message) -> bool:
    """Words."""
    return message.text is not None


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
    blocked = change.new_chat_member.status == ChatMemberStatus.KICKED
    await unit.residents.reachable(change.chat.id, value=not blocked)


def dispatcher(current: Current) -> Dispatcher:
    """Aiogram's dispatcher with the residents' handlers."""
    residents = Router(name="residents")
    for observer in (residents.message, residents.edited_message, residents.callback_query, residents.my_chat_member):
        observer.filter(is_private)
    residents.message.register(command, is_command)
    residents.message.register(location, is_location)
    residents.message.register(text, is_text)
    residents.message.register(media)
    residents.edited_message.register(text, is_text)
    residents.callback_query.register(press)
    residents.my_chat_member.register(membership)
    session = Session(current)
    for observer in (residents.message, residents.edited_message, residents.callback_query):
        observer.middleware(session)
    root = Dispatcher(disable_fsm=True)
    root.include_router(residents)
    return root
