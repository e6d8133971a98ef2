"""What people are told about a ticket; rendering puts each into words."""

from enum import StrEnum


class News(StrEnum):
    """One kind of line."""

    RECEIVED = "received"
    ROUTED = "routed"
    """Another city's desk has it, because it serves the language."""
    TAKEN = "taken"
    RELEASED = "released"
    MOVED = "moved"
    CLOSED = "closed"
    REOPENED = "reopened"
    ADDED = "added"
    """What the resident wrote was passed on."""
    EXPERT_ASKED = "expert-asked"
    NO_TOPIC = "no-topic"
    """Telegram refused to make the ticket's topic."""
    WAITS = "waits"
    """Longer than the desk's goal."""
    ESCALATED = "escalated"
    """Twice as long: the region's desks are told."""
    DELIVERED_NOT = "delivered-not"
    MASKED = "masked"
    NOT_YOURS = "not-yours"
    """Somebody else has it: the message stayed a note."""
    NOT_TAKEN = "not-taken"
    RATED = "rated"
    COMMENTED = "commented"
    ERASED = "erased"

    TOO_LATE = "too-late"
    NOT_NOW = "not-now"
    ALREADY_HERE = "already-here"
    HAS_OPEN = "has-open"
    FORGOTTEN = "forgotten"
