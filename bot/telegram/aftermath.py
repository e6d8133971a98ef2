"""What follows from Telegram's answer to a desk's call, in the transaction that settles it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.desk.handling import Handling
from bot.domain.news import News
from bot.storage.entries import Pair
from bot.storage.outbox import Queued
from bot.storage.unit import Unit
from bot.telegram.current import Current
from bot.telegram.links import copies
from bot.telegram.moving import follow
from bot.telegram.outcome import Outcome, Verdict
from bot.telegram.post import TelegramPost

log = structlog.get_logger(__name__)

ARRIVED = "👌"
"""The bot's reaction on an advisor's message that reached the resident."""


class Aftermath:
    """Settles the desk's side of calls."""

    def __init__(self, current: Current, admins: tuple[int, ...]) -> None:
        self._current = current
        self._admins = admins

    async def settle(self, unit: Unit, call: Queued, outcome: Outcome) -> None:
        """Writes everything that `outcome` of `call` means for tickets."""
        context: dict[str, Any] = json.loads(call.context) if call.context else {}
        match outcome.verdict:
            case Verdict.SENT:
                await self._sent(unit, call, context, outcome.result)
            case Verdict.TOPIC_GONE if call.topic is not None:
                await self._gone(unit, call.topic)
            case Verdict.UNREACHABLE:
                await self._unreachable(unit, call, outcome)
            case Verdict.REFUSED if context.get("do") == "topic":
                await self._no_topic(unit, context["topic"])
            case Verdict.REFUSED if context.get("receipt"):
                await self._not_delivered(unit, context, outcome.error or "")
            case Verdict.MOVED:
                await follow(unit, self._post(unit), call.chat, int(outcome.new_chat or 0))

    async def _sent(self, unit: Unit, call: Queued, context: dict[str, Any], result: Any) -> None:
        match context.get("do"):
            case "topic":
                thread, before = int(result["message_thread_id"]), await unit.topics.get(context["topic"])
                if before and before.thread and before.thread != thread:  # asked for twice: one is enough
                    gone = {"chat_id": call.chat, "message_thread_id": before.thread}
                    unit.outbox.add(call.chat, "deleteForumTopic", gone)
                await unit.topics.made(context["topic"], thread)
            case "card":
                await unit.topics.carded(context["topic"], int(result["message_id"]))
            case "pair":
                chat, messages = context["from"]
                ticket = await unit.tickets.find(context["ticket"])
                if ticket is None or not ticket.chat:
                    return  # the resident erased everything meanwhile
                await unit.entries.pair(
                    Pair(context["ticket"], chat, origin, call.chat, copy, context["media"])
                    for origin, copy in zip(messages, copies(result), strict=False)
                )
                if context["receipt"]:
                    reaction = {"chat_id": chat, "message_id": messages[0]}
                    reaction["reaction"] = [{"type": "emoji", "emoji": ARRIVED}]
                    unit.outbox.add(chat, "setMessageReaction", reaction)

    async def _gone(self, unit: Unit, topic_id: int) -> None:
        """A deleted topic of an open ticket is made again with its history, which holds what was still to come."""
        await unit.outbox.drop_topic(topic_id)
        await unit.topics.made(topic_id, None)
        topic = await unit.topics.get(topic_id)
        ticket = await unit.tickets.find(topic.ticket) if topic else None
        if topic and ticket and ticket.open:
            log.info("a deleted topic is made again", ticket=ticket.id)
            await self._post(unit).present(ticket, topic, history=True)

    async def _no_topic(self, unit: Unit, topic_id: int) -> None:
        """Telegram refuses to make a topic, most often for want of a right: the desk is told what to do."""
        topic = await unit.topics.get(topic_id)
        ticket = await unit.tickets.find(topic.ticket) if topic else None
        desk = (await unit.staff.desks()).get(topic.city) if topic else None
        if ticket and desk:
            await self._post(unit).announce(desk, News.NO_TOPIC, ticket, {"desk": desk.city})

    async def _unreachable(self, unit: Unit, call: Queued, outcome: Outcome) -> None:
        if call.chat > 0:
            now = datetime.now(UTC)
            post = self._post(unit)
            await Handling(unit, post, self._current.conversation.catalogue, now.timestamp()).unreachable(call.chat)
            return
        desks = await unit.staff.desks()
        lost = next((desk for desk in desks.values() if desk.chat == call.chat), None)
        if lost:
            await unit.staff.unlink(call.chat)
            log.error("a desk's group is out of reach; its link is ended", city=lost.city)
            for admin in self._admins:
                words = (
                    f"The desk of {lost.city} cannot be reached ({outcome.error}): its link is ended, its tickets are "
                    f"kept. Write /desk {lost.city} in the group that shall have them."
                )
                unit.outbox.add(admin, "sendMessage", {"chat_id": admin, "text": words})

    async def _not_delivered(self, unit: Unit, context: dict[str, Any], error: str) -> None:
        ticket = await unit.tickets.find(context["ticket"])
        if ticket:
            await self._post(unit).note(ticket, News.DELIVERED_NOT, {"why": error})

    def _post(self, unit: Unit) -> TelegramPost:
        return TelegramPost(unit, self._current.conversation, datetime.now(UTC))
