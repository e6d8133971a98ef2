"""People, chats, topics and messages of the simulated Telegram."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.entities import to_html

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]

RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


@dataclass(slots=True, eq=False)
class Person:
    """A Telegram user; `started` = has opened the private chat with the bot."""

    id: int
    first_name: str
    language_code: str | None = None
    last_name: str | None = None
    username: str | None = None
    started: bool = True
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> Json:
        """The Bot API's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                user[name] = value
        return user


@dataclass(slots=True, eq=False)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str = ""
    closed: bool = False


@dataclass(slots=True, eq=False)
class Member:
    """A user's standing in a group."""

    user: Json
    status: Status = "member"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Whether the user is in the group."""
        return self.status not in {"left", "kicked"}

    def may(self, right: str) -> bool:
        """Whether the user has the administrator right."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))

    def json(self) -> Json:
        """The Bot API's ChatMember."""
        member: Json = {"user": self.user, "status": self.status}
        if self.status == "creator":
            member["is_anonymous"] = False
        elif self.status == "administrator":
            member |= {"can_be_edited": False, "is_anonymous": False}
            member |= {right: self.rights.get(right, False) for right in RIGHTS}
        elif self.status == "kicked":
            member["until_date"] = 0
        return member


@dataclass(slots=True, eq=False)
class Message:
    """A message as everybody in the chat now sees it; `json` is the Bot API's Message."""

    chat: "Chat"
    json: Json
    from_bot: bool
    thread: int | None = None
    markup: Json | None = None
    edits: int = 0
    deleted: bool = False
    unread: bool = False
    unread_edit: bool = False
    reactions: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        """message_id, unique within the chat."""
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        """Text or caption without its formatting."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """Entities of the text or caption; offsets in UTF-16 units."""
        return list(self.json.get("entities") or self.json.get("caption_entities") or [])

    @property
    def html(self) -> str:
        """Text or caption as Telegram HTML."""
        return to_html(self.text, self.entities)

    @property
    def edited(self) -> bool:
        """Whether it was edited since it was sent."""
        return self.edits > 0

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        """Rows of inline buttons."""
        return list((self.json.get("reply_markup") or {}).get("inline_keyboard") or [])

    @property
    def buttons(self) -> list[str]:
        """Texts of the inline buttons, row by row."""
        return [button["text"] for row in self.inline_keyboard for button in row]

    def button(self, wanted: str) -> Json:
        """The inline button with this callback data or text, or else the one whose text contains it; LookupError."""
        every = [button for row in self.inline_keyboard for button in row]
        for matches in (
            [b for b in every if b.get("callback_data") == wanted],
            [b for b in every if b["text"] == wanted],
            [b for b in every if wanted in b["text"]],
        ):
            if matches:
                return matches[0]
        raise LookupError(f"message {self.id} has no button {wanted!r}; it has {self.buttons}")

    def public(self) -> Json:
        """The message for a page or a remote test: `json` and what is derived from it."""
        return {
            "chat": self.chat.id,
            "id": self.id,
            "thread": self.thread,
            "from_bot": self.from_bot,
            "text": self.text,
            "html": self.html,
            "edited": self.edited,
            "markup": self.markup,
            "reactions": self.reactions,
            "message": self.json,
        }


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat, basic group or (forum) supergroup."""

    id: int
    kind: ChatKind
    title: str = ""
    forum: bool = False
    person: Person | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    migrated_to: int | None = None
    deleted: bool = False
    last_id: int = 0
    _json: Json | None = None

    def json(self) -> Json:
        """The Bot API's Chat."""
        if self._json is None:
            chat: Json = {"id": self.id}
            if self.person is not None:
                chat["first_name"] = self.person.first_name
                for name in ("last_name", "username"):
                    if (value := getattr(self.person, name)) is not None:
                        chat[name] = value
            else:
                chat["title"] = self.title
            if self.forum:
                chat["is_forum"] = True
            chat["type"] = self.kind
            self._json = chat
        return self._json

    def history(self, thread: int | None = None) -> list[Message]:
        """Messages in order, of one topic if given."""
        return [m for m in self.messages.values() if thread is None or m.thread == thread]

    def topic(self, name: str) -> Topic:
        """The topic whose name contains `name`; LookupError."""
        for topic in self.topics.values():
            if name in topic.name:
                return topic
        raise LookupError(f"no topic {name!r} in {self.title!r}; it has {[t.name for t in self.topics.values()]}")
