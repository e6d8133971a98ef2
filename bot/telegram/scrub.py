"""What of an update may be stored: an allow-list, with texts masked and names, files and coordinates left out."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.privacy.masking import mask
from bot.storage.inbox import Received

MEDIA = (
    "voice", "photo", "sticker", "document", "video", "video_note", "audio", "animation", "contact", "poll", "dice",
    "venue", "story",
)  # fmt: skip
TEXT_LIMIT = 4096
"""Characters of a message that Telegram allows; more is no real client."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """An update ready to be stored, and the coordinates (latitude, longitude) that are only kept in memory."""

    received: Received
    coordinates: tuple[float, float] | None = None


def scrub(update: Mapping[str, Any]) -> Scrubbed | None:
    """The storable part of an update from a private chat; None for everything the bot has no use for.

    Extra keys tell what was left out: `media` (kind of file), `masked` (kinds of identifiers), `shared` (a location).
    """
    try:
        update_id = int(update["update_id"])
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
        if kept is None or (kind == "edited_message" and "text" not in kept):
            return None
        chat = int((kept.get("message") or kept)["chat"]["id"])
        coordinates = kept.pop("coordinates", None)
        body = json.dumps({"update_id": update_id, kind: kept}, ensure_ascii=False)
        return Scrubbed(Received(update_id, chat, body, time.time()), coordinates)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # not of Telegram's form: nothing to answer, nothing to keep


def _person(person: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"id": int(person["id"]), "is_bot": bool(person.get("is_bot")), "first_name": "-"}
    code = person.get("language_code")
    return kept | ({"language_code": code[:16]} if isinstance(code, str) else {})


def _chat(chat: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"id": int(chat["id"]), "type": "private"} if chat["type"] == "private" else None


def _message(message: Mapping[str, Any]) -> dict[str, Any] | None:
    chat = _chat(message["chat"])
    if chat is None or "from" not in message:
        return None
    kept: dict[str, Any] = {
        "message_id": int(message["message_id"]),
        "date": int(message["date"]),
        "chat": chat,
        "from": _person(message["from"]),
    }
    if isinstance(message.get("text"), str):
        kept |= _text(message["text"][:TEXT_LIMIT])
    elif "location" in message and "venue" not in message:
        location = message["location"]
        kept["coordinates"] = (float(location["latitude"]), float(location["longitude"]))
        kept["shared"] = "location"
    else:
        kept["media"] = next((kind for kind in MEDIA if kind in message), "other")
    return kept


def _text(text: str) -> dict[str, Any]:
    masked = mask(text)
    return {"text": masked.text} | ({"masked": sorted(masked.kinds)} if masked.kinds else {})


def _callback(callback: Mapping[str, Any]) -> dict[str, Any] | None:
    message = callback["message"]
    chat = _chat(message["chat"])
    if chat is None:
        return None
    return {
        "id": str(callback["id"])[:64],
        "from": _person(callback["from"]),
        "chat_instance": "-",
        "data": str(callback.get("data", ""))[:64],
        "message": {"message_id": int(message["message_id"]), "date": int(message.get("date", 0)), "chat": chat},
    }


def _membership(change: Mapping[str, Any]) -> dict[str, Any] | None:
    chat = _chat(change["chat"])
    if chat is None:
        return None
    return {
        "chat": chat,
        "from": _person(change["from"]),
        "date": int(change["date"]),
        "old_chat_member": _member(change["old_chat_member"]),
        "new_chat_member": _member(change["new_chat_member"]),
    }


def _member(member: Mapping[str, Any]) -> dict[str, Any]:
    """A private chat's only statuses: member, and kicked when the resident blocked the bot."""
    status = {"status": "kicked", "until_date": 0} if member["status"] == "kicked" else {"status": "member"}
    return status | {"user": _person(member["user"])}
