"""Updates as Telegram sends them, and what becomes of them when parts are missing, of a wrong type or too many."""

import copy
import math
from collections.abc import Iterator
from random import Random
from typing import Any

SECRET = "SECRET"
"""Stands in every field that must not be stored."""

RESIDENT, OTHER, ADVISOR = 1, 2, 11
GROUP = -100
THREAD = 12


def person(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Maria", "last_name": SECRET, "username": SECRET,
            "language_code": "en", "is_premium": True} | more  # fmt: skip


def private(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": SECRET, "last_name": SECRET, "username": SECRET}


def group(number: int = GROUP) -> dict[str, Any]:
    return {"id": number, "type": "supergroup", "title": SECRET, "is_forum": True}


def message(number: int = RESIDENT, **content: Any) -> dict[str, Any]:
    return {"message_id": 9, "date": 1_770_000_000, "chat": private(number), "from": person(number), **content}


def in_topic(chat: int = GROUP, thread: int = THREAD, **content: Any) -> dict[str, Any]:
    opened = {"message_id": thread, "chat": group(chat), "date": 1_770_000_000, "forum_topic_created": {"name": SECRET}}
    place = {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": opened}
    return message(**place, **content) | {"chat": group(chat), "from": person(ADVISOR)}


def file(**more: Any) -> dict[str, Any]:
    return {"file_id": SECRET, "file_unique_id": SECRET, "file_size": 12} | more


def shapes(chat: int = GROUP, thread: int = THREAD, ticket: int = 1) -> list[dict[str, Any]]:
    """One real update of each shape, without their ids."""
    command = {"offset": 0, "length": 5, "type": "bot_command"}
    quoted = message(text=SECRET) | {"message_id": 8}
    basic = {"id": -77, "type": "group", "title": SECRET}
    member = {"user": person(999, is_bot=True), "status": "member"}
    return [
        {"message": message(text="how do I get a tax card")},
        {"message": message(text="/help", entities=[command])},
        {"message": message(text="131052-308T", reply_to_message=quoted, quote={"text": SECRET, "position": 0})},
        {"message": message(photo=[file(width=90, height=90), file(width=900, height=900)], caption="what is this")},
        {"message": message(photo=[file()], media_group_id="13500000000000001", caption="my papers")},
        {"message": message(voice=file(duration=3, mime_type="audio/ogg"))},
        {"message": message(document=file(file_name=SECRET, mime_type="application/pdf"))},
        {"message": message(contact={"phone_number": SECRET, "first_name": SECRET, "user_id": 5})},
        {"message": message(location={"latitude": 60.1699, "longitude": 24.9384, "horizontal_accuracy": 20.5})},
        {"message": message(venue={"title": SECRET, "address": SECRET, "location": {"latitude": 60.1}})},
        {"edited_message": message(text="how do I get a library card", edit_date=1_770_000_100)},
        {"callback_query": pressed(message(text=SECRET), "a|tax-card", RESIDENT)},
        {"callback_query": pressed(in_topic(chat, thread, text=SECRET), f"D|take|{ticket}", ADVISOR)},
        {"my_chat_member": changed(private(OTHER), member | {"status": "kicked", "until_date": 0})},
        {"my_chat_member": changed(group(chat), member | {"status": "administrator", "can_be_edited": False})},
        {"message": in_topic(chat, thread, text="Hello, bring your passport.")},
        {"message": in_topic(chat, thread, text="// a note")},
        {"message": in_topic(chat, thread, text="/who", entities=[command])},
        {"message": in_topic(chat, thread, photo=[file()], media_group_id="13500000000000002", caption="look")},
        {"edited_message": in_topic(chat, thread, text="Hello, bring your passport and a photo.")},
        {"message": message(migrate_to_chat_id=-100_123) | {"chat": basic, "from": person(ADVISOR)}},
        {"message": in_topic(chat, thread, new_chat_members=[person(5)])},
    ]  # fmt: skip


def pressed(on: dict[str, Any], data: str, by: int) -> dict[str, Any]:
    sent = on | {"from": person(999, is_bot=True), "reply_markup": {"inline_keyboard": [[{"text": SECRET}]]}}
    return {"id": "4000000000001", "from": person(by), "message": sent, "chat_instance": SECRET, "data": data}


def changed(chat: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    old = {"user": person(999, is_bot=True), "status": "member"}
    return {"chat": chat, "from": person(OTHER), "date": 1_770_000_000, "old_chat_member": old, "new_chat_member": new}


def nested(depth: int, leaf: Any) -> Any:
    for _ in range(depth):
        leaf = [leaf] if depth % 2 else {"reply_to_message": leaf}
    return leaf


NUMBERS = (0, -1, 1, 2**31, -(2**31), 2**53, 2**63 - 1, 2**63, -(2**63), -(2**70), 10**30, 1e300, -0.0, 1.5)
UNREAL = (math.nan, math.inf, -math.inf)
TEXTS = ("", " ", "\0", "a\0b", "\ud800", "a\udfff", "\u202e<b>&", "/", "/\0", "/desk espoo", "-1", "1e5", "٣",
         "x" * 5000, "9" * 5000, "👩‍👩‍👧‍👦" * 300, "\ufeff", "supergroup", "private", "kicked",
         "D|take|9223372036854775808")  # fmt: skip
OTHERS = (None, True, False, [], {}, [[]], [None], {"": None}, {"id": None}, ["message_id"])
KEYS = ("text", "caption", "location", "user", "migrate_to_chat_id", "media_group_id", "is_topic_message", "thread",
        "message_thread_id", "reply_to_message", "coordinates", "masked", "media", "shared", "quoted", "bot", "", "\0",
        "__class__", "model_extra", "voice", "contact", "is_forum", "type", "\ud800")  # fmt: skip


def wrong(random: Random) -> Any:
    """A value that is hardly what belongs there."""
    kinds = (NUMBERS, UNREAL, TEXTS, OTHERS)
    kind = random.randrange(len(kinds) + 2)
    if kind < len(kinds):
        return random.choice(kinds[kind])
    if kind == len(kinds):
        return nested(random.choice((1, 30, 120)), random.choice(TEXTS))
    return "".join(chr(random.choice((random.randrange(0x250), random.randrange(0x11_0000)))) for _ in range(12))


def broken(random: Random, whole: list[dict[str, Any]]) -> dict[str, Any]:
    """One of `whole` with up to four parts taken out, replaced, moved or added."""
    update = copy.deepcopy(random.choice(whole))
    for _ in range(random.randrange(5)):
        places = list(_places(update))
        if not places:
            break
        holder, key = random.choice(places)
        match random.randrange(4):
            case 0:
                del holder[key]
            case 1:
                holder[key] = wrong(random)
            case 2 if isinstance(holder, dict):
                holder[random.choice(KEYS)] = wrong(random)
            case _ if not isinstance(holder[key], dict | list):
                holder[key] = copy.deepcopy(_part(random, update))
    return update


def _places(part: Any, depth: int = 6) -> Iterator[tuple[Any, Any]]:
    """(holder, key or position) of every value inside, but for what is nested absurdly deep."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in list(inner) if depth else ():
        yield part, key
        yield from _places(value, depth - 1)


def _part(random: Random, update: Any) -> Any:
    """A list or mapping of the update, to stand where it does not belong."""
    parts = [holder[key] for holder, key in _places(update) if isinstance(holder[key], dict | list)]
    return random.choice(parts) if parts else []
