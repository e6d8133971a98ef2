"""One update's turn: the resident, what may be known for this turn only, and the unit of work it is written in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from bot.conversation.conversation import Conversation
from bot.conversation.heard import Heard, Moment
from bot.conversation.reply import Duty, Reply
from bot.domain.resident import Resident
from bot.locales import translator
from bot.rendering.html import escape
from bot.rendering.screen import Screen
from bot.storage.exchanges import Exchange
from bot.storage.unit import Unit
from bot.telegram.outgoing import calls


@dataclass(frozen=True, slots=True)
class Turn:
    """Handles one thing that a resident did and writes everything that follows from it."""

    unit: Unit
    update_id: int
    resident: Resident
    at: datetime
    coordinates: tuple[float, float] | None = None
    hint: str | None = None

    async def take(self, conversation: Conversation, heard: Heard, *, press: str | None = None) -> None:
        """Has `heard` answered; `press` is the callback query's id when a button was pressed."""
        reply = conversation.respond(heard, Moment(self.resident, self.at, self.hint))
        if press is not None:
            parameters = {"callback_query_id": press} | ({"text": reply.toast} if reply.toast else {})
            self.unit.outbox.add(self.resident.chat, "answerCallbackQuery", parameters)
        self._record(reply)
        if reply.rating:
            await self.unit.exchanges.rate(self.resident.chat, reply.rating.intent, helpful=reply.rating.helpful)
        if reply.duty is Duty.DELETE:
            await self._delete()
        elif reply.resident != self.resident:
            self.unit.residents.put(reply.resident)
        if reply.duty is Duty.EXPORT:
            await self._export()
        self.show(reply.screens)

    def show(self, screens: Iterable[Screen]) -> None:
        """Queues screens for the resident."""
        for method, parameters in calls(screens):
            self.unit.outbox.add(self.resident.chat, method, {"chat_id": self.resident.chat, **parameters})

    def _record(self, reply: Reply) -> None:
        if reply.record is None:
            return
        exchange = Exchange(
            chat=self.resident.chat,
            at=self.at.timestamp(),
            kind=reply.record.kind,
            language=reply.record.language,
            city=reply.record.city,
            intents=",".join(reply.record.intents),
            score=reply.record.score,
            text=reply.record.text,
        )
        self.unit.exchanges.add(exchange)

    async def _export(self) -> None:
        """Everything stored about the resident, as a file that opens on any phone."""
        exchanges = await self.unit.exchanges.of_chat(self.resident.chat)
        data = {
            "settings": {key: value for key, value in asdict(self.resident).items() if key != "chat"},
            "messages": [
                {key: value for key, value in asdict(one).items() if key not in {"chat", "at"}}
                | {"at": datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds")}
                for one in exchanges
            ],
        }
        tr = translator(self.resident.language or "en")
        file = {"name": "neuvoja.json.txt", "text": json.dumps(data, ensure_ascii=False, indent=2)}
        caption = tr.plural(
            "Everything that is stored about you: your settings and {n} message.",
            "Everything that is stored about you: your settings and {n} messages.",
            len(exchanges),
        )
        parameters = {"chat_id": self.resident.chat, "document": file, "caption": caption}
        self.unit.outbox.add(self.resident.chat, "sendDocument", parameters)

    async def _delete(self) -> None:
        chat = self.resident.chat
        await self.unit.exchanges.forget(chat)
        await self.unit.residents.forget(chat)
        await self.unit.outbox.forget_chat(chat)
        await self.unit.inbox.forget_chat(chat, before=self.update_id)
        tr = translator(self.resident.language or "en")
        self.show([Screen(escape(tr("Everything is deleted. Write again whenever you need advice.")))])
