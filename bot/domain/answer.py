"""What guidance says: an answer, a choice, a hand-over or a dialogue act; rendering turns it into words on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.dated import Certainty, Source, Texts
from bot.domain.glossary import Term
from bot.domain.match import Candidate
from bot.domain.place import Place
from bot.domain.point import Authority, ServicePoint


class Opening(StrEnum):
    """Whether a point can be visited or called now."""

    OPEN = "open"
    CLOSED = "closed"
    BY_APPOINTMENT = "by-appointment"
    ALWAYS = "always"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpeningStatus:
    """A point's hours seen at one moment, Europe/Helsinki; `today` are today's (start, end) spans."""

    state: Opening
    today: tuple[tuple[time, time], ...] = ()
    until: datetime | None = None
    """When an open point closes."""
    opens_next: datetime | None = None
    """When a closed point opens next, within 14 days."""
    holiday: str | None = None
    """Finnish name of today's public holiday or eve, when there is one."""


@dataclass(frozen=True, slots=True)
class PointView:
    """A service point as seen by one resident at one moment; `distance_m` in metres, None without a location."""

    point: ServicePoint
    opening: OpeningStatus
    distance_m: int | None = None


class Freshness(StrEnum):
    """What the answer must say about its facts."""

    CHECKED = "checked"
    UNCHECKED = "unchecked"
    STALE = "stale"
    """Checked longer ago than the intent's `review_after`."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A composed answer to one intent, equal only to itself.

    Texts are in `text_language`, which is `language` unless that one is missing.
    """

    intent: str
    language: str
    text_language: str
    title: str
    text: str
    """Empty for a draft: title, authority and a person are offered instead."""
    steps: tuple[str, ...]
    bring: tuple[str, ...]
    urgent: bool
    in_person: str
    """no, sometimes or always."""
    terms: tuple[Texts, ...]
    authority: Authority | None
    city: str | None
    place: Place | None
    """The place named in the message, when one was."""
    city_text: str
    """The city's own part, '' when there is none."""
    points: tuple[PointView, ...]
    """Where to go: the resident's city's points first choice first, then regional ones."""
    other_points: tuple[PointView, ...]
    """Other cities' points that serve this resident too, open ones first, then nearest."""
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    freshness: Freshness
    checked: date | None
    certainty: Certainty
    unreviewed: bool = False
    """True when the text is a translation that no person has reviewed."""
    other_town: bool = False
    """True when `place` is a municipality outside the region and handles the matter itself."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """An act the bot answers itself (greeting, privacy ...); `text` is the catalogue's wording."""

    intent: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Up to three intents to choose from, most likely first; `urgent` ones among them stand before all others."""

    options: tuple[str, ...]
    urgent: tuple[str, ...] = ()
    """Those whose first words are shown above the choice."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What a term means; behind an urgent answer or choice when the message may need one."""

    term: Term
    language: str
    intent: str | None
    """What the explanation stands for, the first of `options`; None when there is nothing, or it is shown above."""
    options: tuple[str, ...] = ()
    """Up to three intents to go on with."""
    urgent: bool = False
    """True when `intent` is urgent."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """Nothing fits: topics and a person are offered."""


Part = Answer | Dialogue | Choice | Explained | Handoff
"""One of the things that a question leads to."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a question led to. `parts` holds one value, or several answers when several things were asked."""

    parts: tuple[Part, ...]
    candidates: tuple[Candidate, ...]
    language: str
    city: str | None
    """City the answer is for: the named place's, else the stored one."""
    place: Place | None
    country: str | None = None
    """ISO 3166 code of the country that the question is about, when that is not Finland; nothing is answered then."""

    @property
    def kind(self) -> str:
        """answer, choice, handoff or dialogue: the first part's kind; an explanation is an answer."""
        first = self.parts[0]
        return "answer" if isinstance(first, Explained) else type(first).__name__.lower()

    @property
    def urgent(self) -> bool:
        """True when an answer, or something offered to choose from, is urgent."""
        return any(isinstance(part, (Answer, Choice, Explained)) and bool(part.urgent) for part in self.parts)

    @property
    def intents(self) -> tuple[str, ...]:
        """Ids of what was answered, or offered to choose from, in order."""
        named: list[str] = []
        for part in self.parts:
            if isinstance(part, Choice):
                named += part.options
            elif not isinstance(part, Handoff) and part.intent:
                named.append(part.intent)
        return tuple(named)
