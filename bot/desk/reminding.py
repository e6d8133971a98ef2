"""Reminders: a desk is nudged once when a ticket waits longer than its goal, the region's desks after twice that."""

from __future__ import annotations

from bot.desk.clock import waited
from bot.desk.ports import Post, Store
from bot.domain.catalogue import Catalogue
from bot.domain.news import News
from bot.domain.ticket import Desk

NUDGED, ESCALATED = 1, 2


async def remind(store: Store, post: Post, catalogue: Catalogue, now: float) -> int:
    """Posts what is due at `now` (Unix seconds); how many lines. Costs one look at each waiting ticket."""
    desks = await store.staff.desks()
    said = 0
    for ticket in await store.tickets.waiting():
        if ticket.nudges >= ESCALATED:
            continue
        # Of a city whose desk's link has ended the others are told all the same.
        desk = desks.get(ticket.desk) or Desk(ticket.desk, 0)
        minutes = waited(desk, catalogue, ticket.waiting_since, now)
        values = {"minutes": minutes, "goal": desk.goal_minutes}
        if minutes >= 2 * desk.goal_minutes:
            for other in desks.values():
                await post.announce(other, News.ESCALATED, ticket, values)
                said += 1
            await store.tickets.note(ticket.id, nudges=ESCALATED)
        elif minutes >= desk.goal_minutes and ticket.nudges < NUDGED and desk.city in desks:
            await post.announce(desk, News.WAITS, ticket, values)
            await store.tickets.note(ticket.id, nudges=NUDGED)
            said += 1
    return said
