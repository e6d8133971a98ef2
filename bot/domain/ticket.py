"""Tickets: what a resident asked people for, who has it, and what was said; desks and advisors who answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


class TicketEvent(StrEnum):
    """What can happen to a ticket."""

    TAKE = "take"
    RELEASE = "release"
    MOVE = "move"
    CLOSE = "close"
    REOPEN = "reopen"


class TicketKind(StrEnum):
    """A question, or the start of a matter: an application that is prepared together."""

    QUESTION = "question"
    LODGING = "lodging"


class ClosedBy(StrEnum):
    """Why a ticket is closed."""

    ADVISOR = "advisor"
    RESIDENT = "resident"
    UNREACHABLE = "unreachable"
    """The resident blocked the bot or left Telegram."""
    DELETED = "deleted"
    """The resident erased everything."""
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request to people; times are Unix seconds. `chat` is 0 once the resident is forgotten."""

    id: int
    chat: int
    city: str | None
    """The resident's city."""
    desk: str
    """City id of the desk that has it now."""
    kind: TicketKind
    state: TicketState
    intent: str | None
    language: str
    """What the resident is written to in."""
    languages: tuple[str, ...]
    """What the resident can speak."""
    opened_at: float
    waiting_since: float
    taker: int | None = None
    """Telegram user id of the advisor who has it."""
    taken_at: float | None = None
    closed_at: float | None = None
    closed_by: ClosedBy | None = None
    nudges: int = 0
    """0: none; 1: its desk was nudged; 2: the region's desks were told."""
    stars: int | None = None

    @property
    def open(self) -> bool:
        """True until it is closed."""
        return self.state is not TicketState.CLOSED


class Author(StrEnum):
    """Who an entry of a ticket's history comes from."""

    RESIDENT = "resident"
    ADVISOR = "advisor"
    EXPERT = "expert"
    """A colleague who was asked; the resident does not see it."""
    NOTE = "note"
    """Staff only."""
    BOT = "bot"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ticket's history; `text` is masked. Media are kept as the place they can be copied from."""

    ticket: int
    at: float
    author: Author
    text: str = ""
    actor: int | None = None
    """Telegram user id of the advisor."""
    media: str | None = None
    from_chat: int | None = None
    from_messages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A city's forum group; `hours` in opening_hours syntax, None: the city's published ones."""

    city: str
    chat: int
    language: str = "fi"
    """What the bot writes to its advisors in."""
    names: bool = False
    """True: residents are told the advisor's first name."""
    goal_minutes: int = 30
    """Business minutes within which a ticket is to be taken."""
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class Advisor:
    """A person at a desk: languages and expertise, as the person gave them."""

    user: int
    city: str
    first_name: str
    skills: tuple[str, ...] = ()
    """Language codes and fields of expertise."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A ticket's topic in a desk's group; `thread` is None until Telegram has made it."""

    id: int
    ticket: int
    city: str
    chat: int
    thread: int | None
    owner: bool
    """False: a colleague's topic, who is asked without the ticket moving."""
    card: int | None = None
    """Message id of its card."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A hand-over that is being prepared: what it is about and which languages the resident speaks."""

    about: str = ""
    intent: str | None = None
    languages: tuple[str, ...] = ()
    kind: TicketKind = TicketKind.QUESTION
    messages: tuple[int, ...] = ()
    """The resident's messages that are passed on with it: photos, voice, files."""
    media: str | None = None
    answers: tuple[str, ...] = ()
    """Of a lodging ticket: the chosen option of each question asked so far."""
    rated: int | None = None
    """Nothing is prepared: number of the ticket that was rated, for the comment that may follow."""

    @property
    def ready(self) -> bool:
        """True when there is something to pass on."""
        return bool(self.about or self.messages)
