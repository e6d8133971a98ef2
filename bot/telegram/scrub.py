"""What of an update may be stored: an allow-list; texts are masked, residents' names, files, coordinates left out.

Of a group, which only staff are in, the first name is kept: desks are told who has a ticket.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.privacy.masking import PUBLIC, mask
from bot.storage.inbox import Received

MEDIA = (
    "voice", "photo", "sticker", "document", "video", "video_note", "audio", "animation", "contact", "poll", "dice",
    "venue", "story",
)  # fmt: skip
LABEL_LIMIT = 64
"""Characters of a staff's first name, a button's data, an album's number."""
TEXT_LIMIT = 4096
"""Characters of a message that Telegram allows; more is no real client."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """An update ready to be stored, and the coordinates (latitude, longitude) that are only kept in memory."""

    received: Received
    coordinates: tuple[float, float] | None = None


def scrub(update: Mapping[str, Any]) -> Scrubbed | None:
    """The storable part of an update from a private chat or a group; None for everything the bot has no use for.

    Extra keys tell what was left out: `media` (kind of file), `masked` (kinds of identifiers), `shared` (a location),
    `album`, `quoted` (the message that is replied to), `thread` (of a forum).
    """
    try:
        update_id = _number(update["update_id"])
        for kind, keep in (
            ("message", _message),
            ("edited_message", _message),
            ("callback_query", _callback),
            ("my_chat_member", _membership),
        ):
            if kind in update:
                kept = keep(update[kind])
                break
        else:
            return None
        if kept is None or (kind == "edited_message" and not kept.keys() & {"text", "caption"}):
            return None
        chat = _number((kept.get("message") or kept)["chat"]["id"])
        coordinates = kept.pop("coordinates", None)
        body = json.dumps({"update_id": update_id, kind: kept}, ensure_ascii=False)
        return Scrubbed(Received(update_id, chat, body, time.time()), coordinates)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None  # not of Telegram's form: nothing to answer, nothing to keep


def _number(value: Any) -> int:
    """A whole number that every database takes; ValueError for others."""
    number = int(value)
    if abs(number) >= 2**63:
        raise ValueError("not a number that Telegram gives")
    return number


def _positive(value: Any) -> int:
    """The id of a person, which is that of the chat with them too; 0 stands for who is forgotten."""
    number = _number(value)
    if number <= 0:
        raise ValueError("not a person's id")
    return number


def _negative(value: Any) -> int:
    """The id of a group."""
    return -_positive(-_number(value))


def _date(value: Any) -> int:
    """Unix seconds of a day that calendars know; ValueError for others."""
    if not 0 <= int(value) < 2**33:
        raise ValueError("not a date that Telegram gives")
    return int(value)


def _coordinates(latitude: float, longitude: float) -> tuple[float, float]:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("not a place on Earth")
    return latitude, longitude


def _clean(text: str) -> str:
    """The text without halves of characters, which no database takes, and U+0000, which PostgreSQL does not."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _label(value: Any) -> str:
    """A short text or a number, as text; ValueError for a list or a mapping, which may tell who somebody is."""
    if not isinstance(value, str | int):
        raise ValueError("not a text that Telegram gives")  # noqa: TRY004 - scrub takes every fault of form alike
    return _clean(str(value)[:LABEL_LIMIT])


def _person(person: Mapping[str, Any], *, staff: bool = False) -> dict[str, Any]:
    name = (_label(person.get("first_name") or "-") or "-") if staff else "-"
    kept = {"id": _positive(person["id"]), "is_bot": bool(person.get("is_bot")), "first_name": name}
    code = person.get("language_code")
    return kept | ({"language_code": _clean(code[:16])} if isinstance(code, str) else {})


def _chat(chat: Mapping[str, Any]) -> dict[str, Any] | None:
    """A private chat or a group, of which only the form is kept, and that it is public: it has some username."""
    if chat["type"] == "private":
        return {"id": _positive(chat["id"]), "type": "private"}
    if chat["type"] in {"group", "supergroup"}:
        form = {"is_forum": True} if chat.get("is_forum") else {}
        public = {"username": "-"} if chat.get("username") else {}
        return {"id": _negative(chat["id"]), "type": chat["type"], "title": "-"} | form | public
    return None


def _message(message: Mapping[str, Any]) -> dict[str, Any] | None:
    chat = _chat(message["chat"])
    if chat is None or "from" not in message:
        return None
    group = chat["type"] != "private"
    if group and message["from"].get("is_bot"):
        return None
    kept: dict[str, Any] = {
        "message_id": _number(message["message_id"]),
        "date": _date(message["date"]),
        "chat": chat,
        "from": _person(message["from"], staff=group),
    }
    if group and (upgraded := message.get("migrate_to_chat_id")):
        return kept | {"migrate_to_chat_id": _negative(upgraded)}
    kept |= _place(message)
    if isinstance(message.get("text"), str):
        return kept | _text(message["text"][:TEXT_LIMIT], staff=group)
    if "location" in message and "venue" not in message:
        location = message["location"]
        kept["coordinates"] = _coordinates(float(location["latitude"]), float(location["longitude"]))
        return kept | {"shared": "location"}
    media = next((kind for kind in MEDIA if kind in message), "other")
    if group and media == "other":
        return None  # somebody joined, a topic was renamed ...
    caption = message.get("caption")
    words = _text(caption[:TEXT_LIMIT], "caption", staff=group) if isinstance(caption, str) else {}
    return kept | {"media": media} | words


def _place(message: Mapping[str, Any]) -> dict[str, Any]:
    """Where among other messages it stands: topic, album, the message that it answers."""
    kept: dict[str, Any] = {}
    if message.get("is_topic_message") and "message_thread_id" in message:
        kept["thread"] = _number(message["message_thread_id"])
    if "media_group_id" in message:
        kept["album"] = _label(message["media_group_id"])
    quoted = message.get("reply_to_message") or {}
    # Every message of a topic that answers none "replies" to the one that opened the topic.
    if "message_id" in quoted and quoted["message_id"] != message.get("message_thread_id"):
        kept["quoted"] = _number(quoted["message_id"])
    return kept


def _text(text: str, key: str = "text", *, staff: bool = False) -> dict[str, Any]:
    masked = mask(_clean(text), PUBLIC if staff else frozenset())
    return {key: masked.text} | ({"masked": sorted(masked.kinds)} if masked.kinds else {})


def _callback(callback: Mapping[str, Any]) -> dict[str, Any] | None:
    message = callback["message"]
    chat = _chat(message["chat"])
    if chat is None:
        return None
    place = {"message_id": _number(message["message_id"]), "date": _date(message.get("date", 0)), "chat": chat}
    return {
        "id": _label(callback["id"]),
        "from": _person(callback["from"], staff=chat["type"] != "private"),
        "chat_instance": "-",
        "data": _label(callback.get("data", "")),
        "message": place | _place(message),
    }


def _membership(change: Mapping[str, Any]) -> dict[str, Any] | None:
    chat = _chat(change["chat"])
    if chat is None or chat["type"] != "private":
        return None
    return {
        "chat": chat,
        "from": _person(change["from"]),
        "date": _date(change["date"]),
        "old_chat_member": _member(change["old_chat_member"]),
        "new_chat_member": _member(change["new_chat_member"]),
    }


def _member(member: Mapping[str, Any]) -> dict[str, Any]:
    """A private chat's only statuses: member, and kicked when the resident blocked the bot."""
    status = {"status": "kicked", "until_date": 0} if member["status"] == "kicked" else {"status": "member"}
    return status | {"user": _person(member["user"])}
