"""What a resident can do: write, press a button, share a location, send a file, give a command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.answer import Opening, OpeningStatus
from bot.domain.resident import Resident
from bot.domain.ticket import Ticket
from bot.rendering.actions import Action

UNKNOWN = OpeningStatus(Opening.UNKNOWN)


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the conversation knows of the desks: whether there are any, and the resident's open ticket."""

    staffed: bool = False
    ticket: Ticket | None = None
    ahead: int = 0
    """Tickets of the same desk that wait longer."""
    opening: OpeningStatus = UNKNOWN
    """Of the desk that has the ticket."""


NO_DESK = DeskView()


@dataclass(frozen=True, slots=True)
class Moment:
    """Who says something and when; `hint` is Telegram's language code of the resident's app."""

    resident: Resident
    at: datetime
    hint: str | None = None
    desk: DeskView = NO_DESK
    human_only: bool = False
    """True while the bot gives no answers of its own."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, already masked; `masked` are the kinds of identifiers that were taken out."""

    text: str
    masked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; None when its data is forged or of an older version."""

    action: Action | None


@dataclass(frozen=True, slots=True)
class Located:
    """A shared location; None when it was forgotten before it could be used."""

    coordinates: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text: voice, photo, sticker, document ...; `messages` of an album are several."""

    media: str
    messages: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command without its slash: start, language, city ..."""

    name: str


Heard = Said | Pressed | Located | Sent | Commanded
