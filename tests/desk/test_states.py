"""The life of a ticket: one table, which the page about it shows."""

import re
from itertools import product
from pathlib import Path

import pytest

from bot.desk.states import TRANSITIONS, after, diagram
from bot.domain.ticket import TicketEvent, TicketState

PAGE = Path(__file__).parents[2] / "docs" / "tickets.md"

LEADS = {
    "waiting": {"take": "taken", "move": "waiting", "close": "closed"},
    "taken": {"release": "waiting", "move": "waiting", "close": "closed"},
    "closed": {"reopen": "waiting"},
}
"""Written out here once more: a change of the table is to be a decision."""


@pytest.mark.parametrize(("state", "event"), list(product(TicketState, TicketEvent)))
def test_each_event_leads_on_or_is_refused(state: TicketState, event: TicketEvent) -> None:
    assert after(state, event) == LEADS[state].get(event)


def test_no_state_is_a_dead_end_and_each_is_reached() -> None:
    for state in TicketState:
        assert any(before is state for before, _ in TRANSITIONS)
    reached, new = {TicketState.WAITING}, {TicketState.WAITING}
    while new:
        new = {then for (before, _), then in TRANSITIONS.items() if before in new} - reached
        reached |= new
    assert reached == set(TicketState)
    assert {event for _, event in TRANSITIONS} == set(TicketEvent)


def test_the_page_shows_the_table_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"```mermaid\n(.*?)\n```", page, re.DOTALL)
    assert blocks == [diagram()], "docs/tickets.md: put the output of bot.desk.states.diagram() into its mermaid block"
    for word in (*TicketState, *TicketEvent):
        assert f"| {word} |" in page, f"docs/tickets.md does not say what {word} means"
