"""The session: a middleware that gives every handler the resident's turn, with this moment's conversation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.locales import translator
from bot.telegram.current import Current
from bot.telegram.flood import Flood
from bot.telegram.turn import Turn


class Session(BaseMiddleware):
    """Loads the resident; the texts that arrive here were masked at intake."""

    def __init__(self, current: Current, flood: Flood) -> None:
        self._current = current
        self._flood = flood

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Calls `handler` with the `turn`; of a flood only its first message too many is answered."""
        assert isinstance(event, (Message, CallbackQuery))
        message = event if isinstance(event, Message) else event.message
        assert message is not None
        unit = data["unit"]
        resident = await unit.residents.get(message.chat.id)
        over = self._flood.over(message.chat.id)
        if over:
            if over == 1:
                tr = translator(resident.language or "en")
                words = tr("You write very fast. Please wait a minute; I do not read what you send until then.")
                unit.outbox.add(message.chat.id, "sendMessage", {"chat_id": message.chat.id, "text": words})
            return None
        data["turn"] = Turn(
            unit=unit,
            update_id=data["event_update"].update_id,
            resident=resident,
            at=datetime.now(UTC),
            conversation=self._current.conversation,
            coordinates=data["coordinates"],
            hint=event.from_user.language_code if event.from_user else None,
            staffed=self._current.staffed,
            human_only=self._current.human_only,
            matched=data["matched"],
        )
        return await handler(event, data)
