"""The simulated Telegram as one value: who is there, what was said, what the bot has yet to hear of."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.simulator.bell import Bell
from bot.simulator.calls import CallLog
from bot.simulator.faults import Faults
from bot.simulator.files import Files
from bot.simulator.flood import FloodLimits
from bot.simulator.state import Chat, Json, Member, Message, Person, Status
from bot.simulator.updates import UpdateQueue
from bot.simulator.webhook import Webhook

CALLBACK_LIFETIME = 15 * 60


@dataclass(frozen=True, slots=True)
class Event:
    """Something a page wants to know of: kind and JSON payload."""

    kind: str
    payload: Json


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A pressed inline button; `answer` are answerCallbackQuery's arguments."""

    id: str
    person: Person
    message: Message
    data: str
    asked: float
    answer: Json | None = None


class World:
    """State shared by the methods, the people and the control side; all of it lives on one event loop."""

    def __init__(self, bot: Json, *, privacy_mode: bool, keep_calls: int | None, keep_messages: int | None) -> None:
        self.bot = bot
        self.privacy_mode = privacy_mode
        self.keep_messages = keep_messages
        self.clock: Callable[[], float] = time.time
        self.bell = Bell()
        self.updates = UpdateQueue(self.bell)
        self.calls = CallLog(keep_calls)
        self.faults = Faults(self.bell)
        self.flood = FloodLimits()
        self.files = Files()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.profile: dict[str, Any] = {"commands": {}}
        self.logged_out = False
        self.webhook: Webhook | None = None
        self._small_chats_last_id = 0
        self._last_group = 0
        self._last_query = 0
        self._feeds: set[asyncio.Queue[Event]] = set()

    def loop_time(self) -> float:
        """Seconds on the event loop's clock, by which faults end."""
        return asyncio.get_running_loop().time()

    def now(self) -> int:
        """Unix time in whole seconds."""
        return int(self.clock())

    def emit(self, kind: str, payload: Callable[[], Json]) -> None:
        """Tells every subscriber; the payload is built only if there is one."""
        if self._feeds:
            event = Event(kind, payload())
            for feed in self._feeds:
                feed.put_nowait(event)

    def open_feed(self) -> asyncio.Queue[Event]:
        """A queue that receives every event from now on; close it with `close_feed`."""
        feed: asyncio.Queue[Event] = asyncio.Queue()
        self._feeds.add(feed)
        return feed

    def close_feed(self, feed: asyncio.Queue[Event]) -> None:
        """Ends a subscription."""
        self._feeds.discard(feed)

    def private_chat(self, person: Person) -> Chat:
        """The person's chat with the bot; its id is the person's."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person.id, "private", person=person)
        return chat

    def new_group(self, title: str, *, supergroup: bool, forum: bool) -> Chat:
        """An empty group; supergroup ids begin with -100."""
        self._last_group += 1
        number = 5_000_000 + self._last_group
        chat_id = -(1_000_000_000_000 + 2_000_000_000 + number) if supergroup else -number
        chat = Chat(chat_id, "supergroup" if supergroup else "group", title, forum)
        self.chats[chat_id] = chat
        return chat

    def bot_member(self, chat: Chat) -> Member:
        """The bot's own standing in a group."""
        return chat.members.get(self.bot["id"]) or Member(self.bot, "left")

    def set_member(
        self, chat: Chat, user: Json, by: Json, status: Status, rights: dict[str, bool] | None = None
    ) -> Member:
        """Changes a standing in a group; my_chat_member for the bot's own, chat_member for an administrator."""
        old = chat.members.get(user["id"]) or Member(user, "left")
        new = chat.members[user["id"]] = Member(user, status, dict(rights or {}))
        own = user is self.bot
        if own or self.bot_member(chat).status == "administrator":
            kind = "my_chat_member" if own else "chat_member"
            self.updates.put(kind, self.member_update(chat, by, old.json(), new.json()))
        self.bell.ring()
        return new

    def member_update(self, chat: Chat, by: Json, old: Json, new: Json) -> Json:
        """The Bot API's ChatMemberUpdated."""
        return {
            "chat": chat.json(),
            "from": by,
            "date": self.now(),
            "old_chat_member": old,
            "new_chat_member": new,
        }

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count by themselves; private chats and basic groups share the bot's counter."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._small_chats_last_id += 1
        return self._small_chats_last_id

    def add_message(
        self,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        thread: int | None = None,
        reply_to: Message | None = None,
        markup: Json | None = None,
    ) -> Message:
        """Puts a message into the chat; no update is made of it."""
        from_bot = sender is self.bot
        message_id = self.next_message_id(chat)
        json: Json = {"message_id": message_id, "from": sender, "chat": chat.json(), "date": self.now()}
        if thread is not None:
            json["message_thread_id"] = thread
            json["is_topic_message"] = True
            if reply_to is None:
                # Telegram hangs a topic's messages on the service message that opened it.
                reply_to = chat.messages.get(thread)
        if reply_to is not None:
            json["reply_to_message"] = {k: v for k, v in reply_to.json.items() if k != "reply_to_message"}
        json.update(content)
        if markup is not None and "inline_keyboard" in markup:
            json["reply_markup"] = markup
        message = Message(chat, json, from_bot, thread, markup, unread=from_bot)
        chat.messages[message_id] = message
        if self.keep_messages is not None and len(chat.messages) > self.keep_messages:
            del chat.messages[next(iter(chat.messages))]
        self.emit("message", message.public)
        self.bell.ring()
        return message

    def remove_message(self, message: Message) -> None:
        """Deletes a message for everybody."""
        message.deleted = True
        message.chat.messages.pop(message.id, None)
        if message.id in message.chat.pinned:
            message.chat.pinned.remove(message.id)
        self.emit("deleted", lambda: {"chat": message.chat.id, "id": message.id})
        self.bell.ring()

    def changed(self, message: Message) -> None:
        """A message was edited: edit_date is set, waiters wake."""
        message.json["edit_date"] = self.now()
        message.edits += 1
        message.unread_edit = message.from_bot
        self.emit("edited", message.public)
        self.bell.ring()

    def new_query(self, person: Person, message: Message, data: str) -> CallbackQuery:
        """A pressed button, to be answered once within 15 minutes."""
        self._last_query += 1
        query = CallbackQuery(str(4_000_000_000_000 + self._last_query), person, message, data, self.clock())
        self.queries[query.id] = query
        return query
