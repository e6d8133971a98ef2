"""A unit of work: one transaction with a repository for each noun; writes of a kind go out together."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.albums import Albums
from bot.storage.audit import Audit
from bot.storage.entries import Entries
from bot.storage.exchanges import Exchanges
from bot.storage.figures import Figures
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.residents import Residents
from bot.storage.staff import Staff
from bot.storage.switches import Switches
from bot.storage.tickets import Tickets
from bot.storage.topics import Topics


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

    @cached_property
    def tickets(self) -> Tickets:
        """Requests to people."""
        return Tickets(self.connection)

    @cached_property
    def topics(self) -> Topics:
        """Where tickets are shown."""
        return Topics(self.connection)

    @cached_property
    def entries(self) -> Entries:
        """What was said about tickets."""
        return Entries(self.connection)

    @cached_property
    def staff(self) -> Staff:
        """Desks, advisors, bans, notices."""
        return Staff(self.connection)

    @cached_property
    def switches(self) -> Switches:
        """What admins have switched for the whole service."""
        return Switches(self.connection)

    @cached_property
    def audit(self) -> Audit:
        """Who did what."""
        return Audit(self.connection)

    @cached_property
    def albums(self) -> Albums:
        """Parts of albums that wait for the others."""
        return Albums(self.connection)

    @cached_property
    def figures(self) -> Figures:
        """What waits, for those who watch the bot."""
        return Figures(self.connection)

    def news(self) -> list[str]:
        """Kinds of rows that somebody else acts on and that this unit adds: outbox, albums."""
        return [name for name in ("outbox", "albums") if name in self.__dict__ and getattr(self, name).added]

    async def flush(self) -> None:
        """Writes what the repositories collected, in one statement a kind."""
        for name in ("residents", "exchanges", "outbox", "inbox"):
            if name in self.__dict__:
                await getattr(self, name).flush()
