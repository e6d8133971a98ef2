"""What Telegram's answer to a call means for the outbox: sent, again later, another chat, or never."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.rendering.plain import plain_text

TRIES = 3
"""Times that a refused call is made before it is parked."""


class Verdict(StrEnum):
    """What to do with the call."""

    SENT = "sent"
    DROPPED = "dropped"
    """Nothing is lost by not making it: a stale button's toast, an edit that changes nothing."""
    UNREACHABLE = "undeliverable"
    WAIT_CHAT = "wait-chat"
    WAIT_ALL = "wait-all"
    MOVED = "moved"
    PLAIN = "plain"
    REFUSED = "refused"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict; `seconds` to wait where Telegram said so, `new_chat` after a migration."""

    verdict: Verdict
    message_id: int | None = None
    seconds: float = 0.0
    new_chat: int | None = None
    error: str | None = None


GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked", "PEER_ID_INVALID")
HARMLESS = {
    "answerCallbackQuery": ("query is too old", "query id is invalid"),
    "editMessageText": ("message is not modified", "message to edit not found", "message can't be edited"),
    "editMessageReplyMarkup": ("message is not modified", "message to edit not found", "message can't be edited"),
}


def judge(method: str, error: Exception) -> Outcome:
    """The outcome of a call that ended with `error`; network errors and 5xx mean: later, for everyone."""
    text = str(getattr(error, "message", error))[:300]
    if isinstance(error, TelegramRetryAfter):
        return Outcome(Verdict.WAIT_CHAT, seconds=float(error.retry_after), error=text)
    if isinstance(error, TelegramMigrateToChat):
        return Outcome(Verdict.MOVED, new_chat=error.migrate_to_chat_id, error=text)
    if isinstance(error, TelegramForbiddenError) or any(sign in text for sign in GONE):
        return Outcome(Verdict.UNREACHABLE, error=text)
    if isinstance(error, TelegramUnauthorizedError):
        return Outcome(Verdict.FATAL, error=text)
    if isinstance(error, TelegramEntityTooLarge):
        return Outcome(Verdict.REFUSED, error=text)
    if isinstance(error, (TelegramBadRequest, TelegramNotFound)):
        if any(sign in text.casefold() for sign in HARMLESS.get(method, ())):
            return Outcome(Verdict.DROPPED, error=text)
        if "can't parse entities" in text:
            return Outcome(Verdict.PLAIN, error=text)
        return Outcome(Verdict.REFUSED, error=text)
    if isinstance(error, (AiogramError, OSError, TimeoutError)):
        return Outcome(Verdict.WAIT_ALL, error=text)
    return Outcome(Verdict.REFUSED, error=f"{type(error).__name__}: {text}")


def plain(payload: str) -> str:
    """The call's parameters without markup, for a text that Telegram could not parse."""
    kept = {key: value for key, value in json.loads(payload).items() if key != "parse_mode"}
    for field, limit in (("text", 4096), ("caption", 1024)):
        if field in kept:
            kept[field] = plain_text(kept[field])[:limit]  # links that come to light take room
    return json.dumps(kept, ensure_ascii=False)
