"""The coordinators' router: what ADMIN_IDS write to the bot in private; to anybody else these commands are unknown."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.types import Message

from bot.storage.unit import Unit
from bot.telegram.current import Current
from bot.telegram.switching import say, state, turn

COMMAND = "/humanonly"


class AdminRouter:
    """`/humanonly`, alone or with on or off."""

    def __init__(self, current: Current, admins: tuple[int, ...]) -> None:
        self._current = current
        self._admins = admins

    def router(self) -> Router:
        """Aiogram's router, to be asked before the residents'."""
        router = Router(name="admins")
        router.message.register(self.human_only, self._meant)
        return router

    async def human_only(self, message: Message, unit: Unit) -> None:
        """Turns the switch, which holds from the next update on; without on or off, how it stands."""
        assert message.from_user is not None
        wish = " ".join((message.text or "").split()[1:]).casefold()
        if wish in {"on", "off"}:
            on, at = wish == "on", datetime.now(UTC)
            turned = await turn(unit, on=on, at=at, actor=message.from_user.id, admins=self._admins)
            self._current.human_only = on
            if turned:
                return
        say(unit, message.chat.id, await state(unit, (await unit.residents.get(message.chat.id)).language or "en"))

    async def _meant(self, message: Message) -> bool:
        private = message.chat.type == ChatType.PRIVATE
        admin = message.from_user is not None and message.from_user.id in self._admins
        name = (message.text or "").split(maxsplit=1)[:1]
        return private and admin and bool(name) and name[0].partition("@")[0].lower() == COMMAND
