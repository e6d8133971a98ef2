"""What Telegram's answer to a call means for the outbox: sent, again later, another chat, or never."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

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
    TOPIC_GONE = "topic-gone"
    PLAIN = "plain"
    REFUSED = "refused"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict; `seconds` to wait where Telegram said so, `new_chat` after a migration."""

    verdict: Verdict
    message_id: int | None = None
    result: Any = None
    """What Telegram answered to a call that was sent."""
    seconds: float = 0.0
    new_chat: int | None = None
    error: str | None = None
    made: bool = True
    """False: it did not come to a call."""


GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked", "PEER_ID_INVALID")
HARMLESS = {
    "answerCallbackQuery": ("query is too old", "query id is invalid"),
    "editMessageText": ("message is not modified", "message to edit not found", "message can't be edited"),
    "editMessageReplyMarkup": ("message is not modified", "message to edit not found", "message can't be edited"),
    "editMessageCaption": ("message is not modified", "message to edit not found", "message can't be edited"),
    "closeForumTopic": ("topic_not_modified", "topic_id_invalid", "message thread not found"),
    "reopenForumTopic": ("topic_not_modified",),
    "deleteForumTopic": ("topic_id_invalid", "message thread not found"),
    "setMessageReaction": ("",),
}


THREADLESS = ("message thread not found", "topic_deleted", "topic_id_invalid")
"""Signs of a topic that was deleted."""


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
        return Outcome(_refusal(method, text), error=text)
    if isinstance(error, (AiogramError, OSError, TimeoutError)):
        return Outcome(Verdict.WAIT_ALL, error=text)
    return Outcome(Verdict.REFUSED, error=f"{type(error).__name__}: {text}")


def of_target(method: str, payload: str, outcome: Outcome) -> Outcome:
    """The outcome for the chat that a call goes to: a copy that fails for the place it comes from is only refused."""
    if not method.startswith("copyMessage") or outcome.verdict not in {Verdict.MOVED, Verdict.UNREACHABLE}:
        return outcome
    given = json.loads(payload)
    target, origin = given["chat_id"], given["from_chat_id"]
    said = (outcome.error or "").casefold()
    private, group = "user" in said, "group" in said or outcome.verdict is Verdict.MOVED
    meant = {chat for chat in (target, origin) if (group or chat > 0) and (private or chat < 0)} or {target, origin}
    return outcome if meant == {target} else replace(outcome, verdict=Verdict.REFUSED)


def _refusal(method: str, text: str) -> Verdict:
    """What a bad request means, by Telegram's words."""
    said = text.casefold()
    if any(sign in said for sign in HARMLESS.get(method, ())):
        return Verdict.DROPPED
    if any(sign in said for sign in THREADLESS):
        return Verdict.TOPIC_GONE
    return Verdict.PLAIN if "can't parse entities" in text else Verdict.REFUSED


def plain(payload: str) -> str:
    """The call's parameters without markup, for a text that Telegram could not parse."""
    kept = {key: value for key, value in json.loads(payload).items() if key != "parse_mode"}
    for field, limit in (("text", 4096), ("caption", 1024)):
        if field in kept:
            kept[field] = plain_text(kept[field])[:limit]  # links that come to light take room
    return json.dumps(kept, ensure_ascii=False)
