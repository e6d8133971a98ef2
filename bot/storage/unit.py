"""A unit of work: one transaction with a repository for each noun; writes of a kind go out together."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.exchanges import Exchanges
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.residents import Residents


class Unit:
    """The repositories of one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @cached_property
    def inbox(self) -> Inbox:
        """Updates that came in."""
        return Inbox(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """Calls to Telegram that are to be made."""
        return Outbox(self.connection)

    @cached_property
    def residents(self) -> Residents:
        """Residents' settings and conversations."""
        return Residents(self.connection)

    @cached_property
    def exchanges(self) -> Exchanges:
        """Questions and what they led to."""
        return Exchanges(self.connection)

    async def flush(self) -> None:
        """Writes what the repositories collected, in one statement a kind."""
        for name in ("residents", "exchanges", "outbox", "inbox"):
            if name in self.__dict__:
                await getattr(self, name).flush()
