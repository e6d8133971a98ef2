"""The session: a middleware that gives every handler the resident's turn, with this moment's conversation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.conversation.conversation import Conversation
from bot.telegram.turn import Turn


@dataclass(slots=True)
class Current:
    """The conversation made from the newest clean catalogue; replaced as a whole, between two updates."""

    conversation: Conversation


class Session(BaseMiddleware):
    """Loads the resident; the texts that arrive here were masked at intake."""

    def __init__(self, current: Current) -> None:
        self._current = current

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Calls `handler` with `turn` and `conversation`."""
        assert isinstance(event, (Message, CallbackQuery))
        message = event if isinstance(event, Message) else event.message
        assert message is not None
        data["conversation"] = self._current.conversation
        data["turn"] = Turn(
            unit=data["unit"],
            update_id=data["event_update"].update_id,
            resident=await data["unit"].residents.get(message.chat.id),
            at=datetime.now(UTC),
            coordinates=data["coordinates"],
            hint=event.from_user.language_code if event.from_user else None,
        )
        return await handler(event, data)
