"""The desks' router: what advisors write, press and edit in groups; strangers' groups are not answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import structlog
from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

from bot.desk.handling import RefusedError
from bot.domain.ticket import Desk
from bot.locales import translator
from bot.rendering.actions import DESK, decode
from bot.storage.unit import Unit
from bot.telegram.bench import Bench
from bot.telegram.current import Current
from bot.telegram.desk_commands import COMMANDS
from bot.telegram.desk_presses import press
from bot.telegram.gathering import Gathering
from bot.telegram.linking import Linking, public
from bot.telegram.moving import follow
from bot.telegram.parcel import parcel_of
from bot.telegram.post import TelegramPost

log = structlog.get_logger(__name__)


async def is_group(event: Message | CallbackQuery) -> bool:
    """A group or a supergroup."""
    message = event.message if isinstance(event, CallbackQuery) else event
    return message is not None and message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


COMMAND = re.compile(r"/([a-z]\w*)(?:@\w+)?(?:\s+(.*))?", re.ASCII | re.DOTALL | re.IGNORECASE)
"""A command and what follows it; a slip in its name makes it no reply to a resident."""


class DeskRouter:
    """Handlers with what they need: this moment's data, the coordinators, and where albums are gathered."""

    def __init__(self, current: Current, admins: tuple[int, ...], gathering: Gathering) -> None:
        self._current = current
        self._admins = admins
        self._gathering = gathering

    def router(self) -> Router:
        """Aiogram's router."""
        router = Router(name="desks")
        for observer in (router.message, router.edited_message, router.callback_query):
            observer.filter(is_group)
        router.message.register(self.message)
        router.edited_message.register(self.edited)
        router.callback_query.register(self.pressed)
        return router

    async def message(self, message: Message, unit: Unit, bot: Bot) -> None:
        """A command, a reply, a note, a file; or that the group got a new id."""
        if message.migrate_to_chat_id:
            post = TelegramPost(unit, self._current.conversation, datetime.now(UTC))
            await follow(unit, post, message.chat.id, message.migrate_to_chat_id)
            return
        assert message.from_user is not None
        text = message.text or ""
        given = COMMAND.fullmatch(text)
        name, argument = (given[1].lower(), given[2] or "") if given else ("", "")
        if name == "desk":
            await self._desk(message, unit, bot, argument)
            return
        bench = await self._bench(message, unit, message.from_user.id, message.from_user.first_name)
        if bench is None:
            return
        await bench.know()
        if name in COMMANDS:
            bench.warn(parcel_of(message))
            try:
                words = await COMMANDS[name](bench, argument.strip())
            except RefusedError as error:
                words = await bench.refuse(error)
            if words:
                bench.say(words)
        elif given:
            bench.say(bench.reader.tr("There is no command /{name}, and it was not sent. See /help", name=name))
        elif bench.ticket and not await self._gathering.hold(unit, message):
            await self._gathering.before(unit, message)
            await bench.relay(parcel_of(message))

    async def edited(self, message: Message, unit: Unit) -> None:
        """An edited reply changes for the resident too."""
        assert message.from_user is not None
        bench = await self._bench(message, unit, message.from_user.id, message.from_user.first_name)
        if bench and bench.ticket:
            parcel = parcel_of(message)
            bench.warn(parcel)
            await bench.post.edit(
                bench.ticket, message.chat.id, message.message_id, parcel.text, media=parcel.media is not None
            )

    async def pressed(self, query: CallbackQuery, unit: Unit, bot: Bot) -> None:
        """A button of a card or a list."""
        message = query.message
        assert message is not None
        action = decode(query.data)
        toast: str | None = None
        bench = await self._bench(message, unit, query.from_user.id, query.from_user.first_name)
        if action and action.kind == DESK and action.args[0] == "link" and len(action.args) == 3:
            toast = await self._confirmed(query, unit, bot, action.args[2])
        elif bench:
            await bench.know()
            toast = await press(bench, action)
        answer = {"callback_query_id": query.id} | ({"text": toast[:200], "show_alert": True} if toast else {})
        unit.outbox.add(message.chat.id, "answerCallbackQuery", answer)

    async def _desk(self, message: Message, unit: Unit, bot: Bot, argument: str) -> None:
        assert message.from_user is not None
        thread = _thread(message)
        if message.from_user.id not in self._admins:
            words = _not_coordinator()
            place = {"chat_id": message.chat.id} | ({"message_thread_id": thread} if thread else {})
            unit.outbox.add(message.chat.id, "sendMessage", place | {"text": words})
            return
        await self._linking(message, unit, bot, message.from_user.id).command(argument, thread)

    async def _confirmed(self, query: CallbackQuery, unit: Unit, bot: Bot, city: str) -> str | None:
        if query.from_user.id not in self._admins or not isinstance(query.message, Message):
            return _not_coordinator()
        return await self._linking(query.message, unit, bot, query.from_user.id).confirm(city)

    def _linking(self, message: Message, unit: Unit, bot: Bot, user: int) -> Linking:
        return Linking(unit, self._current, bot, message.chat, user)

    async def _bench(self, message: Any, unit: Unit, user: int, name: str) -> Bench | None:
        """Where the advisor stands; None in a group that is no desk, or that was made public."""
        desks = await unit.staff.desks()
        desk = next((one for one in desks.values() if one.chat == message.chat.id), None)
        if desk is None:
            return None
        if message.chat.username:
            await self._end(unit, desk)
            return None
        thread = _thread(message)
        topic = await unit.topics.at(desk.chat, thread) if thread else None
        ticket = await unit.tickets.find(topic.ticket) if topic else None
        return Bench(unit, self._current, datetime.now(UTC), desk, user, name, thread, topic, ticket)

    async def _end(self, unit: Unit, desk: Desk) -> None:
        """Ends the link of a group that everybody can open now; its tickets wait for the next `/desk CITY`."""
        await unit.staff.unlink(desk.chat)
        await unit.audit.add("desk unlinked", detail=desk.city)
        log.error("a desk's group is public; its link is ended", city=desk.city)
        words = public(translator(desk.language))
        unit.outbox.add(desk.chat, "sendMessage", {"chat_id": desk.chat, "text": words})
        for admin in self._admins:
            words = (
                f"The group of the desk of {desk.city} was made public: its link is ended, its tickets are kept. Make "
                f"it private and write /desk {desk.city} there again."
            )
            unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": words})


def _thread(message: Any) -> int | None:
    thread = (message.model_extra or {}).get("thread")
    return int(thread) if thread is not None else None


def _not_coordinator() -> str:
    tr = translator("fi")
    return tr("Only a coordinator can link a desk (the operator's ADMIN_IDS names them).")
