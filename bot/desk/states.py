"""The life of a ticket as one table; everything else asks it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.ticket import TicketEvent, TicketState

_WAITING, _TAKEN, _CLOSED = TicketState.WAITING, TicketState.TAKEN, TicketState.CLOSED

TRANSITIONS: Mapping[tuple[TicketState, TicketEvent], TicketState] = MappingProxyType(
    {
        (_WAITING, TicketEvent.TAKE): _TAKEN,
        (_WAITING, TicketEvent.MOVE): _WAITING,
        (_WAITING, TicketEvent.CLOSE): _CLOSED,
        (_TAKEN, TicketEvent.RELEASE): _WAITING,
        (_TAKEN, TicketEvent.MOVE): _WAITING,
        (_TAKEN, TicketEvent.CLOSE): _CLOSED,
        (_CLOSED, TicketEvent.REOPEN): _WAITING,
    }
)


def after(state: TicketState, event: TicketEvent) -> TicketState | None:
    """The state that `event` leads to; None where it cannot happen."""
    return TRANSITIONS.get((state, event))


def diagram() -> str:
    """The table as a Mermaid state diagram; `docs/tickets.md` holds it, a test compares."""
    lines = ["stateDiagram-v2", "    [*] --> waiting: open"]
    lines += [f"    {before} --> {then}: {event}" for (before, event), then in TRANSITIONS.items()]
    return "\n".join([*lines, "    closed --> [*]"])
