"""The advisors' buttons: each is checked against the ticket as it stands; an old or foreign one changes nothing."""

from __future__ import annotations

from bot.desk.handling import RefusedError
from bot.desk.reminding import ESCALATED
from bot.domain.ticket import Ticket, TicketState
from bot.rendering.actions import DESK, Action
from bot.telegram.bench import Bench


async def press(bench: Bench, action: Action | None) -> str | None:
    """Does what a button says; words for its toast."""
    tr = bench.reader.tr
    stale = tr("This button is old: nothing was changed.")
    if action is None or action.kind != DESK or not action.args[1].isdecimal():
        return stale
    verb, number, *rest = action.args
    ticket = await bench.unit.tickets.find(int(number))
    if ticket is None or not (_shown_here(bench, ticket) or _helping_out(bench, ticket, verb, rest)):
        return stale
    try:
        return await _act(bench, verb, ticket, rest[0] if rest else "") or None
    except LookupError:
        return stale
    except RefusedError as error:
        return await bench.refuse(error)


async def _act(bench: Bench, verb: str, ticket: Ticket, given: str) -> str | None:
    match verb:
        case "take":
            await bench.take(ticket)
        case "release":
            await bench.release(ticket)
        case "close":
            await bench.close(ticket)
        case "reopen":
            await bench.reopen(ticket)
        case "history":
            await bench.history(ticket)
        case "move":
            bench.show([await bench.destinations(ticket)])
        case "suggest":
            bench.show([await bench.suggest(ticket)])
        case "to":
            return await bench.transfer(ticket, given)
        case "answer":
            return await bench.answer(ticket, given)
        case _:
            raise LookupError(verb)
    return None


def _shown_here(bench: Bench, ticket: Ticket) -> bool:
    """True in the ticket's own topic."""
    return bench.ticket is not None and bench.ticket.id == ticket.id and bench.topic is not None and bench.topic.owner


def _helping_out(bench: Bench, ticket: Ticket, verb: str, given: list[str]) -> bool:
    """True in a desk's general topic for a ticket that the region was told of and that still waits: to this desk."""
    offered = ticket.state is TicketState.WAITING and ticket.nudges >= ESCALATED
    return verb == "to" and bench.topic is None and given == [bench.desk.city] and offered
