"""What people do: every act makes the update that Telegram would send."""

from dataclasses import dataclass

from bot.simulator.entities import detect, tidy
from bot.simulator.groups import Groups
from bot.simulator.methods.media import media_content
from bot.simulator.state import Chat, Json, Message, Person
from bot.simulator.world import CallbackQuery, World


@dataclass(slots=True)
class Press:
    """A pressed inline button; `answer` is None until the bot answers."""

    world: World
    query: CallbackQuery
    update_id: int | None

    @property
    def answer(self) -> Json | None:
        """`text`, `show_alert` and `url` of answerCallbackQuery."""
        return self.query.answer

    async def answered(self, timeout: float = 5.0) -> Json:  # noqa: ASYNC109
        """Waits for the answer; TimeoutError."""
        answer = await self.world.bell.until(lambda: self.query.answer, timeout)
        if answer is None:
            raise TimeoutError(f"the bot did not answer the press of {self.query.data!r} within {timeout} s")
        return answer


class People(Groups):
    """People who write, press, send and block; groups are in `Groups`."""

    def person(
        self,
        user_id: int,
        first_name: str = "Resident",
        language_code: str | None = "en",
        *,
        last_name: str | None = None,
        username: str | None = None,
        started: bool = True,
    ) -> Person:
        """A person with a private chat, or the known one of this id; `started=False`: the bot may not write first."""
        person = self.world.people.get(user_id)
        if person is None:
            person = Person(user_id, first_name, language_code, last_name, username, started)
            self.world.people[user_id] = person
            if started:
                self.world.private_chat(person)
        return person

    def send_text(
        self,
        person: Person,
        text: str,
        chat: Chat | None = None,
        thread: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """A text; commands, links and the like become entities."""
        kept, _ = tidy(text, [])
        content: Json = {"text": kept}
        if entities := detect(kept, []):
            content["entities"] = entities
        return self.say(person, content, chat, thread, reply_to)

    def tap(self, person: Person, text: str, chat: Chat | None = None) -> Message:
        """Taps a button of the reply keyboard that the chat shows; LookupError."""
        keyboard = (chat or self.world.private_chat(person)).keyboard or {}
        shown = [button["text"] for row in keyboard.get("keyboard", []) for button in row]
        if text not in shown:
            raise LookupError(f"no reply keyboard button {text!r}; shown are {shown}")
        return self.send_text(person, text, chat)

    def send_location(
        self,
        person: Person,
        latitude: float,
        longitude: float,
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> Message:
        """A location in degrees."""
        return self.say(person, {"location": {"latitude": latitude, "longitude": longitude}}, chat, thread)

    def send_contact(
        self,
        person: Person,
        phone_number: str,
        first_name: str | None = None,
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> Message:
        """A contact; the person's own unless another name is given."""
        contact: Json = {"phone_number": phone_number, "first_name": first_name or person.first_name}
        if first_name is None:
            contact["user_id"] = person.id
        return self.say(person, {"contact": contact}, chat, thread)

    def send_photo(
        self,
        person: Person,
        caption: str = "",
        *,
        content: bytes = b"\xff\xd8photo",
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> Message:
        """A photo; its bytes can be downloaded by the bot."""
        return self.say(person, self._file("photo", "photo.jpg", "image/jpeg", content, caption=caption), chat, thread)

    def send_document(
        self,
        person: Person,
        name: str = "letter.pdf",
        caption: str = "",
        *,
        content: bytes = b"%PDF-1.7",
        mime: str = "application/pdf",
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> Message:
        """A file with its name."""
        return self.say(person, self._file("document", name, mime, content, caption=caption), chat, thread)

    def send_voice(
        self,
        person: Person,
        seconds: int = 3,
        *,
        content: bytes = b"OggS",
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> Message:
        """A voice message of so many seconds."""
        file = self.world.files.add("voice", "voice.ogg", "audio/ogg", content)
        return self.say(person, media_content(file, "voice", {"duration": seconds}), chat, thread)

    def send_sticker(
        self, person: Person, emoji: str = "👍", chat: Chat | None = None, thread: int | None = None
    ) -> Message:
        """A sticker that stands for an emoji."""
        file = self.world.files.add("sticker", "sticker.webp", "image/webp", b"RIFFWEBP")
        return self.say(person, media_content(file, "sticker", {"emoji": emoji}), chat, thread)

    def send_album(
        self,
        person: Person,
        count: int = 2,
        caption: str = "",
        chat: Chat | None = None,
        thread: int | None = None,
    ) -> list[Message]:
        """Photos as one album: as many updates with one media_group_id; the first has the caption."""
        group = str(13_500_000_000_000_000 + len(self.world.files.by_id))
        messages = []
        for number in range(count):
            file = self.world.files.add("photo", f"{number}.jpg", "image/jpeg", b"\xff\xd8%d" % number)
            content = media_content(file, "photo", {}) | {"media_group_id": group}
            if caption and number == 0:
                content["caption"] = caption
            messages.append(self.say(person, content, chat, thread))
        return messages

    def press(self, person: Person, message: Message, button: str) -> Press:
        """Presses an inline button, named by its callback data or (part of) its text; LookupError."""
        found = message.button(button)
        if "callback_data" not in found:
            raise LookupError(f"button {found['text']!r} does not call back: {found}")
        return self.press_data(person, message, found["callback_data"])

    def press_data(self, person: Person, message: Message, data: str) -> Press:
        """Presses with callback data that the message need no longer have (an old button, a forged one)."""
        world = self.world
        query = world.new_query(person, message, data)
        self.mark_read(message.chat, message.thread)
        pressed = {"query": query.id, "person": person.id, "chat": message.chat.id, "id": message.id, "data": data}
        world.emit("press", lambda: pressed)
        payload = {
            "id": query.id,
            "from": person.user(),
            "message": message.json,
            "chat_instance": str(-(7_000_000_000_000 + abs(message.chat.id))),
            "data": data,
        }
        return Press(world, query, world.updates.put("callback_query", payload))

    def edit(self, person: Person, message: Message, text: str) -> int | None:
        """Edits one's own message; the update's id."""
        if message.json["from"]["id"] != person.id:
            raise PermissionError("people edit only their own messages")
        name = "caption" if "caption" in message.json else "text"
        json = {k: v for k, v in message.json.items() if k not in {"entities", "caption_entities"}} | {name: text}
        if entities := detect(text, []):
            json["entities" if name == "text" else "caption_entities"] = entities
        message.json = json
        self.world.changed(message)
        return self.world.updates.put("edited_message", message.json)

    def react(self, person: Person, message: Message, emoji: str | None) -> int | None:
        """Reacts to a message; told to the bot only if it asked for message_reaction and is an administrator."""
        chat = message.chat
        if chat.kind != "private" and self.world.bot_member(chat).status != "administrator":
            return None
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        payload: Json = {
            "chat": message.chat.json(),
            "message_id": message.id,
            "user": person.user(),
            "date": self.world.now(),
            "old_reaction": [],
            "new_reaction": new,
        }
        return self.world.updates.put("message_reaction", payload)

    def block(self, person: Person) -> int | None:
        """Blocks the bot: my_chat_member, and 403 to every send."""
        return self._set_blocked(person, blocked=True)

    def unblock(self, person: Person) -> int | None:
        """Lets the bot write again: my_chat_member."""
        return self._set_blocked(person, blocked=False)

    def _set_blocked(self, person: Person, *, blocked: bool) -> int | None:
        person.blocked = blocked
        self.world.emit("person", lambda: {"id": person.id, "blocked": blocked})
        member: Json = {"user": self.world.bot, "status": "member"}
        kicked = member | {"status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        chat = self.world.private_chat(person)
        return self.world.updates.put("my_chat_member", self.world.member_update(chat, person.user(), old, new))

    def deactivate(self, person: Person) -> None:
        """Deletes the person's account: 403 `user is deactivated`; Telegram sends no update."""
        person.deactivated = True

    def _file(self, kind: str, name: str, mime: str, data: bytes, *, caption: str = "") -> Json:
        content = media_content(self.world.files.add(kind, name, mime, data), kind, {})
        return content | {"caption": caption} if caption else content
