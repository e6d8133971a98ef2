"""The desk's post on Telegram: what residents and topics are to see, as calls in the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation.conversation import Conversation
from bot.desk import routing
from bot.desk.clock import opening, waited
from bot.domain.answer import Opening
from bot.domain.news import News
from bot.domain.ticket import Author, Desk, Entry, Ticket, Topic
from bot.locales import translator
from bot.rendering.desk import MARKS, Card, card_screen, history_lines, note, take_over, topic_name
from bot.rendering.handover import news_screen
from bot.rendering.html import escape, visible
from bot.rendering.reader import Reader
from bot.rendering.screen import Screen
from bot.storage.unit import Unit
from bot.telegram.outgoing import calls

SUGGESTED = 3
ANSWERED = 3
"""Intents on a card: suggested answers, and what the bot answered before."""

RECENT = 86_400.0
"""Seconds before the ticket in which the bot's answers belong to it."""


class TelegramPost:
    """Writes into the outbox of one unit; `at` is the moment of everything it renders."""

    def __init__(self, unit: Unit, conversation: Conversation, at: datetime) -> None:
        self._unit = unit
        self._conversation = conversation
        self._catalogue = conversation.catalogue
        self._at = at

    async def tell(self, ticket: Ticket, news: str, values: Mapping[str, Any]) -> None:
        """A line to the resident, in the resident's language."""
        if ticket.chat:
            more = await self._desk_now(ticket) if news in {News.RECEIVED, News.REOPENED} else {}
            self.resident(ticket, [news_screen(news, ticket, {**values, **more}, self.reader(ticket.language))])

    def resident(self, ticket: Ticket, screens: Sequence[Screen]) -> None:
        """Screens to the resident."""
        for method, parameters in calls(screens):
            self._unit.outbox.add(ticket.chat, method, {"chat_id": ticket.chat, **parameters})

    async def note(self, ticket: Ticket, news: str, values: Mapping[str, Any]) -> None:
        """A line in all topics of the ticket, in each desk's language."""
        for topic in await self.topics(ticket):
            desk = (await self._unit.staff.desks())[topic.city]
            self.write(topic, [Screen(escape(note(news, ticket, values, self.reader(desk.language))))])

    def write(self, topic: Topic, screens: Sequence[Screen]) -> None:
        """Screens in a topic."""
        for method, parameters in calls(screens):
            self._unit.outbox.add(topic.chat, method, {"chat_id": topic.chat, **parameters}, topic=topic.id)

    async def announce(self, desk: Desk, news: str, ticket: Ticket, values: Mapping[str, Any]) -> None:
        """A line in the desk's general topic; a ticket of another desk can be taken over there."""
        reader = self.reader(desk.language)
        keyboard = take_over(ticket, desk.city, reader) if desk.city != ticket.desk and ticket.open else ()
        self.general(desk, [Screen(escape(note(news, ticket, values, reader)), keyboard)])

    def general(self, desk: Desk, screens: Sequence[Screen]) -> None:
        """Screens in the desk's general topic."""
        for method, parameters in calls(screens):
            self._unit.outbox.add(desk.chat, method, {"chat_id": desk.chat, **parameters})

    async def present(self, ticket: Ticket, topic: Topic, *, history: bool) -> None:
        """Makes the topic in Telegram with its card, and the history where there is one."""
        name = {"chat_id": topic.chat, "name": topic_name(ticket)}
        self._unit.outbox.add(topic.chat, "createForumTopic", name, context={"do": "topic", "topic": topic.id})
        for method, parameters in calls([await self._card(ticket, topic)]):
            call = {"chat_id": topic.chat, **parameters}
            self._unit.outbox.add(topic.chat, method, call, topic=topic.id, context={"do": "card", "topic": topic.id})
        if history:
            await self.history(ticket, topic)

    async def history(self, ticket: Ticket, topic: Topic) -> None:
        """Everything that was said, texts together, files copied again, in order."""
        names = await self.names()
        desk = (await self._unit.staff.desks()).get(topic.city)
        reader = self.reader(desk.language if desk else "fi")
        lines: list[str] = []
        for entry in await self._unit.entries.of(ticket.id):
            lines += history_lines([entry], names, reader)
            if entry.media and entry.from_messages and entry.from_chat:
                self.write(topic, [Screen("\n".join(lines))])
                lines = []
                self._copy(topic.chat, ticket, entry, topic=topic.id, caption="")
        if lines:
            self.write(topic, [Screen("\n".join(lines))])

    async def pass_on(self, ticket: Ticket, entry: Entry, reply_to: int | None) -> None:
        """Shows what the resident sent in the ticket's own topic."""
        for topic in await self.topics(ticket):
            if topic.owner:
                self._send(topic.chat, ticket, entry, reply_to, topic=topic.id, mark=MARKS[Author.RESIDENT])

    async def deliver(self, ticket: Ticket, entry: Entry, reply_to: int | None) -> None:
        """Sends an advisor's words to the resident; a reaction on them says that they arrived."""
        self._send(ticket.chat, ticket, entry, reply_to, mark=MARKS[Author.ADVISOR])

    async def consult(self, ticket: Ticket, entry: Entry, name: str) -> None:
        """Shows a colleague's words in the ticket's own topic."""
        for topic in await self.topics(ticket):
            if topic.owner:
                mark = f"{MARKS[Author.EXPERT]} {name}:"
                self._send(topic.chat, ticket, entry, None, topic=topic.id, mark=mark)

    async def edit(self, ticket: Ticket, chat: int, message: int, text: str, *, media: bool) -> None:
        """Follows an edited message into the chats that have its copy; where there is none it says so anew."""
        entries = await self._unit.entries.of(ticket.id)
        entry = next((one for one in entries if one.from_chat == chat and message in one.from_messages), None)
        if entry is None or (entry.author is Author.ADVISOR and text.startswith("//")):
            return
        await self._unit.entries.reword(ticket.id, chat, entry.from_messages, text)
        if entry.author is Author.NOTE:
            return
        mark = MARKS[entry.author]
        if entry.author is Author.EXPERT:
            mark += f" {(await self.names()).get(entry.actor or 0, '–')}:"
        shown = {"caption": f"{mark} {text}"[:1024]} if media else {"text": f"{mark} {text}"[:4096]}
        method = "editMessageCaption" if media else "editMessageText"
        context: dict[str, Any] = {"edit": [chat, message], "else": f"{mark} ✏️ {text}"[:4096]}
        if len(entry.from_messages) > 1:  # an album's words stand in a message of their own
            method, shown, context = "sendMessage", {"text": context["else"]}, {"reply": [chat, message]}
        if entry.author is not Author.ADVISOR:
            for topic in await self.topics(ticket):
                if topic.owner:
                    call = {"chat_id": topic.chat, **shown}
                    self._unit.outbox.add(topic.chat, method, call, topic=topic.id, context=context)
        elif ticket.chat:
            self._unit.outbox.add(ticket.chat, method, {"chat_id": ticket.chat, **shown}, context=context)

    async def refresh(self, ticket: Ticket) -> None:
        """Brings the cards up to date: one that is no more the ticket's own loses its buttons."""
        for topic in await self.topics(ticket):
            (_, parameters), *_ = calls([await self._card(ticket, topic)])
            call = {"chat_id": topic.chat, **parameters}
            self._unit.outbox.add(topic.chat, "editMessageText", call, topic=topic.id, context={"card": topic.id})

    async def shut(self, topic: Topic) -> None:
        """Closes a topic."""
        self._unit.outbox.add(topic.chat, "closeForumTopic", {"chat_id": topic.chat}, topic=topic.id)

    async def unshut(self, topic: Topic) -> None:
        """Opens a closed topic again."""
        self._unit.outbox.add(topic.chat, "reopenForumTopic", {"chat_id": topic.chat}, topic=topic.id)

    async def remove(self, topic: Topic) -> None:
        """Deletes a topic with everything in it, and what waited to be written there."""
        await self._unit.outbox.drop_topic(topic.id)
        if topic.thread:
            gone = {"chat_id": topic.chat, "message_thread_id": topic.thread}
            self._unit.outbox.add(topic.chat, "deleteForumTopic", gone)
            await self._unit.topics.made(topic.id, None)
        else:  # it may be on its way: what its thread is, or that there is none, is known when this call is made
            self._unit.outbox.add(topic.chat, "deleteForumTopic", {"chat_id": topic.chat}, topic=topic.id)

    async def topics(self, ticket: Ticket) -> list[Topic]:
        """The ticket's topics in groups that are still their city's desk."""
        desks = await self._unit.staff.desks()
        found = await self._unit.topics.of(ticket.id)
        return [topic for topic in found if topic.city in desks and desks[topic.city].chat == topic.chat]

    async def names(self) -> dict[int, str]:
        """Telegram user id -> first name of everybody at a desk."""
        return {one.user: one.first_name for one in await self._unit.staff.advisors()}

    def reader(self, language: str) -> Reader:
        """Someone's eyes at this moment."""
        return Reader(self._catalogue, translator(language), self._at)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Intents with an answer that may fit a text, likeliest first."""
        ranked = self._conversation.guide.matcher.match(text).ranked if text else ()
        fitting = [one.intent for one in ranked if self.answers(one.intent)]
        return tuple(fitting[:SUGGESTED])

    def answers(self, intent: str) -> bool:
        """True for an intent with a curated answer."""
        known = self._catalogue.intents.get(intent)
        return known is not None and known.kind.value == "answer" and bool(known.texts)

    async def _card(self, ticket: Ticket, topic: Topic) -> Screen:
        entries = await self._unit.entries.of(ticket.id)
        first = next((one for one in entries if one.author is Author.RESIDENT), None)
        desk = (await self._unit.staff.desks()).get(ticket.desk) or Desk(ticket.desk, topic.chat)
        exchanges = await self._unit.exchanges.of_chat(ticket.chat) if ticket.chat else []
        answered = [
            intent
            for one in exchanges
            if one.kind == "answer" and ticket.opened_at - RECENT < one.at <= ticket.opened_at
            for intent in one.intents.split(",")
            if intent
        ]
        about = first.text if first else ""
        own = (await self._unit.staff.desks()).get(topic.city)
        card = Card(
            about=about,
            media=bool(first and first.media),
            answered=tuple(dict.fromkeys(answered[-ANSWERED:])),
            suggested=self.suggest(about),
            waited=waited(desk, self._catalogue, ticket.waiting_since, self._at.timestamp()),
            goal=desk.goal_minutes,
            taker=(await self.names()).get(ticket.taker or 0),
            owner=topic.owner,
        )
        return card_screen(ticket, card, self.reader(own.language if own else desk.language))

    async def _desk_now(self, ticket: Ticket) -> dict[str, Any]:
        desks = await self._unit.staff.desks()
        desk = desks.get(ticket.desk) or Desk(ticket.desk, 0)
        now = opening(desk, self._catalogue, self._at)
        if now.state is not Opening.CLOSED:
            return {"opening": now}
        others = [one for one in desks.values() if one.city != desk.city]
        elsewhere = [one.city for one in routing.open_now(others, self._catalogue, self._at)]
        point = None if elsewhere else routing.point_now(ticket.city, self._catalogue, self._at)
        return {"opening": now, "open": elsewhere, "point": point}

    def _send(
        self, chat: int, ticket: Ticket, entry: Entry, reply_to: int | None, *, mark: str, topic: int | None = None
    ) -> None:
        """An entry as a message of `chat`: texts anew, files copied without a trace of their sender."""
        if entry.media and entry.from_chat:
            caption = f"{mark} {entry.text}" if entry.text else ""
            self._copy(chat, ticket, entry, topic=topic, caption=caption, reply_to=reply_to)
            return
        context = self._pair(ticket, entry, topic, media=False)
        context |= _quote(entry, reply_to)
        limit = 4096 - len(mark) - 1
        first, rest = entry.text[:limit], entry.text[limit:]
        call = {"chat_id": chat, "text": f"{mark} {first}", "link_preview_options": {"is_disabled": True}}
        self._unit.outbox.add(chat, "sendMessage", call, topic=topic, context=context)
        if visible(rest):
            self._unit.outbox.add(chat, "sendMessage", {"chat_id": chat, "text": rest}, topic=topic)

    def _copy(
        self,
        chat: int,
        ticket: Ticket,
        entry: Entry,
        *,
        topic: int | None,
        caption: str,
        reply_to: int | None = None,
    ) -> None:
        context = self._pair(ticket, entry, topic, media=True)
        base: dict[str, Any] = {"chat_id": chat, "from_chat_id": entry.from_chat}
        if len(entry.from_messages) == 1:
            call = {**base, "message_id": entry.from_messages[0]}
            # The origin's own caption may hold what was masked; the masked one goes instead.
            call |= {"caption": caption[:1024]} if entry.text or caption else {}
            self._unit.outbox.add(chat, "copyMessage", call, topic=topic, context=context | _quote(entry, reply_to))
            return
        call = {**base, "message_ids": list(entry.from_messages), "remove_caption": True}
        self._unit.outbox.add(chat, "copyMessages", call, topic=topic, context=context)
        if caption:
            self._unit.outbox.add(chat, "sendMessage", {"chat_id": chat, "text": caption}, topic=topic)

    def _pair(self, ticket: Ticket, entry: Entry, topic: int | None, *, media: bool) -> dict[str, Any]:
        """What follows once the copy is made: its place is noted, and an advisor sees that the words arrived."""
        pair = {
            "do": "pair",
            "ticket": ticket.id,
            "from": [entry.from_chat, list(entry.from_messages)],
            "media": media,
            "receipt": entry.author is Author.ADVISOR and topic is None,
        }
        return pair if entry.from_messages else {"do": "none"}


def _quote(entry: Entry, reply_to: int | None) -> dict[str, Any]:
    """Which message the copy quotes: the counterpart of what the entry itself quotes."""
    return {"reply": [entry.from_chat, reply_to]} if reply_to is not None and entry.from_chat else {}
