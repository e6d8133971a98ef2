"""Routers: each handler turns one kind of update into something heard, and nothing more."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Dispatcher, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.conversation.heard import Commanded, Pressed
from bot.desk.handling import Handling
from bot.domain.resident import State
from bot.rendering.actions import decode
from bot.storage.unit import Unit
from bot.telegram.admin_router import AdminRouter
from bot.telegram.current import Current
from bot.telegram.desk_router import DeskRouter
from bot.telegram.flood import Flood
from bot.telegram.gathering import Gathering
from bot.telegram.parcel import parcel_of
from bot.telegram.post import TelegramPost
from bot.telegram.session import Session
from bot.telegram.turn import Press, Turn


# The filters are coroutines because aiogram runs plain functions, and so magic filters, in a thread each.
async def is_private(event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
    """Residents write in private chats."""
    message = event.message if isinstance(event, CallbackQuery) else event
    return message is not None and message.chat.type == ChatType.PRIVATE


async def is_command(message: Message) -> bool:
    """A slash and a letter."""
    return bool(message.text and message.text[0] == "/" and message.text[1:2].isalpha())


class ResidentRouter:
    """Handlers of private chats; `gathering` is where albums become whole."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering

    async def command(self, message: Message, turn: Turn) -> None:
        """A command; what follows its name is not used."""
        name = (message.text or "").split(maxsplit=1)[0][1:].partition("@")[0].lower()
        await turn.take(Commanded(name))

    async def message(self, message: Message, turn: Turn) -> None:
        """A question, an answer to one of the bot's, a location, a file: to the bot or to the open ticket."""
        if await self._gathering.hold(turn.unit, message):
            return
        if turn.resident.state is not State.BOT:
            await self._gathering.before(turn.unit, message)
        await turn.bring(parcel_of(message))

    async def edited(self, message: Message, turn: Turn) -> None:
        """An edited message of a ticket changes for the desk too; another one is as good as a new message."""
        parcel = parcel_of(message)
        if not await turn.amend(parcel) and parcel.media is None:
            await turn.bring(parcel)

    async def press(self, query: CallbackQuery, turn: Turn) -> None:
        """A button."""
        assert query.message is not None
        await turn.take(Pressed(decode(query.data)), press=Press(query.id, query.message.message_id))


class Membership:
    """Residents who block the bot or come back."""

    def __init__(self, current: Current) -> None:
        self._current = current

    async def changed(self, change: ChatMemberUpdated, unit: Unit) -> None:
        """Notes whether the resident can be reached; an open ticket of who cannot is closed, and its desk told."""
        blocked = change.new_chat_member.status == ChatMemberStatus.KICKED
        await unit.residents.reachable(change.chat.id, value=not blocked)
        if blocked:
            conversation, now = self._current.conversation, datetime.now(UTC)
            post = TelegramPost(unit, conversation, now)
            await Handling(unit, post, conversation.catalogue, now.timestamp()).unreachable(change.chat.id)


def dispatcher(current: Current, flood: Flood, gathering: Gathering, admins: tuple[int, ...]) -> Dispatcher:
    """Aiogram's dispatcher with the coordinators', the residents' and the desks' handlers."""
    handlers = ResidentRouter(gathering)
    residents = Router(name="residents")
    for observer in (residents.message, residents.edited_message, residents.callback_query, residents.my_chat_member):
        observer.filter(is_private)
    residents.message.register(handlers.command, is_command)
    residents.message.register(handlers.message)
    residents.edited_message.register(handlers.edited)
    residents.callback_query.register(handlers.press)
    residents.my_chat_member.register(Membership(current).changed)
    session = Session(current, flood)
    for observer in (residents.message, residents.edited_message, residents.callback_query):
        observer.middleware(session)
    root = Dispatcher(disable_fsm=True)
    root.include_router(AdminRouter(current, admins).router())
    root.include_router(residents)
    root.include_router(DeskRouter(current, admins, gathering).router())
    return root
