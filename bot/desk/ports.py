"""What the desk needs of the outside: stored tickets, and a post that reaches residents and topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.domain.resident import Resident
from bot.domain.ticket import Advisor, Desk, Entry, Ticket, TicketState, Topic


class Tickets(Protocol):
    """Stored tickets."""

    async def open(self, **values: Any) -> Ticket:
        """A new ticket that waits."""

    async def find(self, ticket: int) -> Ticket | None:
        """The ticket of a number."""

    async def change(self, before: Ticket, state: TicketState, **values: Any) -> Ticket | None:
        """The changed ticket; None when it was changed meanwhile."""

    async def note(self, ticket: int, **values: Any) -> None:
        """Sets fields that no other change depends on."""

    async def open_of(self, chat: int) -> Ticket | None:
        """A resident's open ticket."""

    async def of(self, chat: int) -> Sequence[Ticket]:
        """All tickets of a resident."""

    async def waiting(self, desk: str | None = None) -> Sequence[Ticket]:
        """Tickets that wait."""

    async def ahead(self, ticket: Ticket) -> int:
        """How many tickets of the same desk wait longer."""


class Topics(Protocol):
    """Where tickets are shown."""

    async def add(self, ticket: int, city: str, chat: int, *, owner: bool) -> Topic:
        """A topic that is yet to be made."""

    async def of(self, ticket: int) -> Sequence[Topic]:
        """All topics of a ticket, the owner's first."""

    async def own(self, ticket: int, topic: int) -> None:
        """Makes a topic the one that answers the resident."""


class Entries(Protocol):
    """Histories."""

    async def add(self, entry: Entry) -> None:
        """Appends a line."""


class Residents(Protocol):
    """Residents' settings."""

    async def get(self, chat: int) -> Resident:
        """The resident of a chat."""

    def put(self, resident: Resident) -> None:
        """Keeps a changed resident."""


class Staff(Protocol):
    """Desks and advisors."""

    async def desks(self) -> dict[str, Desk]:
        """City id -> desk."""

    async def advisors(self) -> Sequence[Advisor]:
        """Everybody who works at a desk."""


class Audit(Protocol):
    """The append-only log."""

    async def add(self, act: str, *, actor: int | None = None, ticket: int | None = None, detail: str = "") -> None:
        """Appends a line."""


class Store(Protocol):
    """One transaction's repositories."""

    @property
    def tickets(self) -> Tickets:
        """Tickets."""

    @property
    def topics(self) -> Topics:
        """Topics."""

    @property
    def entries(self) -> Entries:
        """Histories."""

    @property
    def residents(self) -> Residents:
        """Residents."""

    @property
    def staff(self) -> Staff:
        """Desks and advisors."""

    @property
    def audit(self) -> Audit:
        """The log."""


class Post(Protocol):
    """Reaches people; what is posted goes out with the transaction, in order within every chat."""

    async def tell(self, ticket: Ticket, news: str, values: Mapping[str, Any]) -> None:
        """A line to the resident, in the resident's language."""

    async def note(self, ticket: Ticket, news: str, values: Mapping[str, Any]) -> None:
        """A line in all topics of the ticket, in each desk's language."""

    async def announce(self, desk: Desk, news: str, ticket: Ticket, values: Mapping[str, Any]) -> None:
        """A line in the desk's general topic."""

    async def present(self, ticket: Ticket, topic: Topic, *, history: bool) -> None:
        """Makes the topic in Telegram with its card, and the history where there is one."""

    async def history(self, ticket: Ticket, topic: Topic) -> None:
        """Shows in the topic everything that was said."""

    async def pass_on(self, ticket: Ticket, entry: Entry, reply_to: int | None) -> None:
        """Shows what the resident sent in all topics of the ticket."""

    async def deliver(self, ticket: Ticket, entry: Entry, reply_to: int | None) -> None:
        """Sends an advisor's words to the resident; a receipt appears at the advisor's message."""

    async def consult(self, ticket: Ticket, entry: Entry, name: str) -> None:
        """Shows a colleague's words in the ticket's own topic."""

    async def refresh(self, ticket: Ticket) -> None:
        """Brings the cards up to date."""

    async def shut(self, topic: Topic) -> None:
        """Closes a topic."""

    async def unshut(self, topic: Topic) -> None:
        """Opens a closed topic again."""
