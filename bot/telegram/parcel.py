"""A Telegram message as a parcel: what can be passed on of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram.types import Message

from bot.desk.handling import Parcel
from bot.privacy.masking import MASKS
from bot.storage.albums import Part


def parcel_of(message: Message) -> Parcel:
    """The masked text or caption, the kind of file, and where it can be copied from."""
    extra: dict[str, Any] = message.model_extra or {}
    media = extra.get("media") or ("location" if extra.get("shared") == "location" else None)
    return Parcel(
        chat=message.chat.id,
        messages=(message.message_id,),
        text=message.text or message.caption or "",
        media=str(media) if media else None,
        reply_to=extra.get("quoted"),
        masked=tuple(extra.get("masked", ())),
    )


def without_contact(parcel: Parcel) -> Parcel:
    """The parcel; a shared contact is a name and a number, so all that is passed on of it is that there was one."""
    if parcel.media != "contact":
        return parcel
    return replace(parcel, text=MASKS["phone"], media=None, masked=("phone",))


def album_of(parts: Sequence[Part]) -> Parcel:
    """The parts of an album as one parcel; its caption stands on one of them."""
    captions = [part.caption for part in parts if part.caption]
    return Parcel(
        chat=parts[0].chat,
        messages=tuple(part.message for part in parts),
        text="\n".join(captions),
        media=parts[0].media,
        masked=tuple(kind for kind, stars in MASKS.items() if any(stars in caption for caption in captions)),
    )


def part_of(message: Message, due_at: float) -> Part | None:
    """The message as a part of an album; None when it stands alone."""
    extra: dict[str, Any] = message.model_extra or {}
    album = extra.get("album")
    if not album or not message.from_user:
        return None
    return Part(
        chat=message.chat.id,
        thread=extra.get("thread"),
        album=str(album),
        message=message.message_id,
        sender=message.from_user.id,
        caption=message.caption,
        media=str(extra.get("media", "other")),
        due_at=due_at,
    )
