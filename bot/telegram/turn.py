"""One update's turn: the resident, what may be known for this turn only, and the unit of work it is written in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.conversation import Conversation
from bot.conversation.heard import DeskView, Heard, Located, Moment, Said, Sent
from bot.conversation.reply import Duty, Reply
from bot.desk.clock import opening
from bot.desk.handling import Handling, Parcel
from bot.domain.news import News
from bot.domain.resident import Resident, State
from bot.domain.ticket import Desk, Ticket, TicketState
from bot.locales import Translator, translator
from bot.rendering.html import escape
from bot.rendering.screen import Screen
from bot.storage.exchanges import Exchange
from bot.storage.unit import Unit
from bot.telegram.duties import Duties
from bot.telegram.outgoing import calls
from bot.telegram.parcel import without_contact
from bot.telegram.post import TelegramPost


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the callback query's id and the message that it stands under."""

    query: str
    message: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Handles one thing that a resident did and writes everything that follows from it."""

    unit: Unit
    update_id: int
    resident: Resident
    at: datetime
    conversation: Conversation
    coordinates: tuple[float, float] | None = None
    hint: str | None = None
    staffed: bool = False
    """True when a desk is linked."""
    human_only: bool = False
    """True while the bot gives no answers of its own."""
    matched: Callable[[float], None] | None = None
    """Told the seconds from a question to its screens."""

    async def take(self, heard: Heard, *, press: Press | None = None) -> None:
        """Has `heard` answered by the bot."""
        reply = self._respond(heard, await self._moment())
        if press is not None:
            parameters = {"callback_query_id": press.query} | ({"text": reply.toast} if reply.toast else {})
            self.unit.outbox.add(self.resident.chat, "answerCallbackQuery", parameters)
        await self._write(reply)
        if reply.replaces and press is not None and reply.screens:
            self._replace(press.message, reply.screens[0])
        else:
            self.show(reply.screens)

    async def bring(self, parcel: Parcel) -> None:
        """Has a message answered by the bot, added to the open ticket, or both while the ticket waits."""
        ticket = await self._ticket()
        heard = self._heard(parcel)
        if ticket is None or self.conversation.awaited(heard, await self._moment()):
            if parcel.media and parcel.masked:
                self.show([self.conversation.told_masked(await self._moment())])
            await self.take(heard)
            return
        parcel = without_contact(parcel)
        await self._handling().add(ticket, parcel)
        if parcel.masked:
            self.show([self.conversation.told_masked(await self._moment())])
        if ticket.state is TicketState.WAITING:
            await self._beside(ticket, parcel)

    async def amend(self, parcel: Parcel) -> bool:
        """Follows an edited message of a ticket, an open or a closed one; False when it belongs to none."""
        message = parcel.messages[0]
        for ticket in reversed(await self.unit.tickets.of(self.resident.chat)):
            entries = await self.unit.entries.of(ticket.id)
            if any(one.from_chat == parcel.chat and message in one.from_messages for one in entries):
                await self._post().edit(ticket, parcel.chat, message, parcel.text, media=parcel.media is not None)
                if parcel.masked:
                    self.show([self.conversation.told_masked(await self._moment())])
                return True
        return False

    def show(self, screens: Iterable[Screen]) -> None:
        """Queues screens for the resident."""
        for method, parameters in calls(screens):
            self.unit.outbox.add(self.resident.chat, method, {"chat_id": self.resident.chat, **parameters})

    async def _beside(self, ticket: Ticket, parcel: Parcel) -> None:
        """While the ticket waits the bot answers what it surely can, or what may be urgent, and says who it is."""
        post = self._post()
        moment = await self._moment()
        if parcel.media is None and parcel.text:
            reply = self._respond(Said(parcel.text), moment)
            if reply.guidance and (reply.guidance.kind == "answer" or reply.guidance.urgent):
                await self._write(reply)
                tr = translator(moment.resident.language or "en")
                self.show([_as_bot(ticket, tr), *reply.screens])
                if reply.guidance.kind == "answer":
                    for intent in reply.guidance.intents:
                        await self._handling().answered(ticket, intent, None)
                return
        await post.tell(ticket, News.ADDED, {})
        if moment.human_only:  # what may be urgent in it was not looked for
            self.show([self.conversation.danger(moment)])

    def _respond(self, heard: Heard, moment: Moment) -> Reply:
        begun = time.perf_counter()
        reply = self.conversation.respond(heard, moment)
        if reply.guidance and self.matched:
            self.matched(time.perf_counter() - begun)
        return reply

    def _heard(self, parcel: Parcel) -> Heard:
        if parcel.media == "location":
            return Located(self.coordinates)
        if parcel.media is not None:
            return Sent(parcel.media, parcel.messages, parcel.text)
        return Said(parcel.text, parcel.masked)

    async def _write(self, reply: Reply) -> None:
        self._record(reply)
        if reply.rating:
            await self.unit.exchanges.rate(self.resident.chat, reply.rating.intent, helpful=reply.rating.helpful)
        if reply.resident != self.resident and reply.duty is not Duty.DELETE:
            self.unit.residents.put(reply.resident)
        if (language := reply.resident.language) != self.resident.language and (ticket := await self._ticket()):
            await self.unit.tickets.note(ticket.id, language=language or ticket.language)
        if reply.duty:
            duties = Duties(self.unit, self.conversation, self._handling(), self._post(), self.update_id)
            self.show(await duties.perform(reply, await self._moment()))

    def _replace(self, message: int, screen: Screen) -> None:
        (_, parameters), *_ = calls([screen])
        edited = {"chat_id": self.resident.chat, "message_id": message, **parameters}
        self.unit.outbox.add(self.resident.chat, "editMessageText", edited)

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

    async def _moment(self) -> Moment:
        return Moment(self.resident, self.at, self.hint, await self._desk_view(), self.human_only)

    async def _desk_view(self) -> DeskView:
        ticket = await self._ticket()
        if ticket is None:
            return DeskView(self.staffed)
        desk = (await self.unit.staff.desks()).get(ticket.desk) or Desk(ticket.desk, 0)
        now = opening(desk, self.conversation.catalogue, self.at)
        return DeskView(self.staffed, ticket, await self.unit.tickets.ahead(ticket), now)

    async def _ticket(self) -> Ticket | None:
        """The resident's open ticket; only who is not with the bot alone can have one."""
        if self.resident.state is State.BOT:
            return None
        return await self.unit.tickets.open_of(self.resident.chat)

    def _handling(self) -> Handling:
        return Handling(self.unit, self._post(), self.conversation.catalogue, self.at.timestamp())

    def _post(self) -> TelegramPost:
        return TelegramPost(self.unit, self.conversation, self.at)


def _as_bot(ticket: Ticket, tr: Translator) -> Screen:
    words = tr(
        "🤖 This is the bot's answer. Your message was also added to your request {number}.", number=f"#{ticket.id}"
    )
    return Screen(escape(words))
