"""What a queued call depends on: the thread of a topic, the copy of a message; known only when it is made."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from bot.storage.engine import Database
from bot.storage.outbox import Queued

REMEMBERED = 10_000
"""Results kept in memory, until long after they are committed."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A call ready to be made."""

    method: str
    payload: str


class Links:
    """Fills calls in; results of calls that are not committed yet are known here already."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[Hashable, int | None] = OrderedDict()
        self._origins: OrderedDict[Hashable, int] = OrderedDict()

    async def fill(self, call: Queued) -> Filled | None:
        """The call with its thread and message ids; None when what it changes does not exist (any more)."""
        if call.topic is None and call.context is None:
            return Filled(call.method, call.payload)
        context: dict[str, Any] = json.loads(call.context or "{}")
        parameters: dict[str, Any] = json.loads(call.payload)
        method = call.method
        if context.get("do") == "topic":  # made (again): what was known of it is over
            self.gone(context["topic"])
        if "edit" in context:
            copy = await self._counterpart(context["edit"], call.chat)
            if copy is None:  # it came before the copies of this place were made: said anew
                method, parameters = "sendMessage", {"chat_id": call.chat, "text": context["else"]}
            else:
                parameters["message_id"] = copy
        if call.topic is not None and not method.startswith("edit"):
            thread = await self._place("thread", call.topic)
            if thread is None:  # never into the general topic: the ticket's history holds it until there is one
                return None
            parameters["message_thread_id"] = thread
        if "card" in context:
            parameters["message_id"] = await self._place("card", context["card"])
            if parameters["message_id"] is None:
                return None
        if "reply" in context and (quoted := await self._counterpart(context["reply"], call.chat)):
            parameters["reply_parameters"] = {"message_id": quoted, "allow_sending_without_reply": True}
        return Filled(method, json.dumps(parameters, ensure_ascii=False))

    def learn(self, call: Queued, result: Any) -> None:
        """Takes in what Telegram answered, before it is committed."""
        context: dict[str, Any] = json.loads(call.context or "{}")
        match context.get("do"):
            case "topic":
                self._remember(("thread", context["topic"]), int(result["message_thread_id"]))
                self._remember(("card", context["topic"]), None)
            case "card":
                self._remember(("card", context["topic"]), int(result["message_id"]))
            case "pair":
                chat, messages = context["from"]
                for origin, copy in zip(messages, copies(result), strict=False):
                    self._remember((chat, origin, call.chat), copy)
                    self._origins[(call.chat, copy, chat)] = origin

    def gone(self, topic: int) -> None:
        """Forgets a topic that was deleted."""
        self._remember(("thread", topic), None)
        self._remember(("card", topic), None)

    def _remember(self, key: Hashable, value: int | None) -> None:
        self._known[key] = value
        self._known.move_to_end(key)
        for known in (self._known, self._origins):
            while len(known) > REMEMBERED:
                known.popitem(last=False)

    async def _place(self, what: str, topic: int) -> int | None:
        """The `thread` of a topic, or the message that is its `card`."""
        if (what, topic) not in self._known:
            async with self._database.write(beside=True) as unit:
                found = await unit.topics.get(topic)
            self._remember(("thread", topic), found.thread if found else None)
            self._remember(("card", topic), found.card if found else None)
        return self._known[(what, topic)]

    async def _counterpart(self, origin: list[int], other: int) -> int | None:
        """The copy in chat `other` of a message [chat, id], or what that message is a copy of."""
        chat, message = origin
        copied = self._known.get((chat, message, other)) or self._origins.get((chat, message, other))
        if copied is not None:
            return copied
        async with self._database.write(beside=True) as unit:
            return await unit.entries.counterpart(chat, message, other)


def anew(call: Queued) -> Queued | None:
    """The words of an edit as a message of its own, for a copy that is gone; None for other calls."""
    context: dict[str, Any] = json.loads(call.context or "{}")
    if "edit" not in context:
        return None
    payload = json.dumps({"chat_id": call.chat, "text": context["else"]}, ensure_ascii=False)
    return replace(call, method="sendMessage", payload=payload, context=None)


def copies(result: Any) -> list[int]:
    """Message ids in an answer to a sending call: of one message, or of several."""
    if isinstance(result, list):
        return [int(one["message_id"]) for one in result]
    return [int(result["message_id"])] if isinstance(result, dict) and "message_id" in result else []
