"""Duties: what a reply asks to be done with stored data, from a new ticket to the deletion of everything."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from bot.conversation import notices
from bot.conversation.conversation import Conversation
from bot.conversation.heard import Moment
from bot.conversation.lodging import to_prepare
from bot.conversation.reply import Duty, Reply
from bot.desk.handling import Handling, RefusedError
from bot.domain.dated import in_language
from bot.domain.news import News
from bot.domain.resident import Resident
from bot.domain.ticket import Author, ClosedBy, Draft, Ticket, TicketKind
from bot.locales import translator
from bot.rendering.desk import MARKS
from bot.rendering.handover import banned_screen, news_screen
from bot.rendering.html import escape
from bot.rendering.screen import Screen
from bot.storage.unit import Unit
from bot.telegram.post import TelegramPost


class Duties:
    """Performs one duty in its unit of work; what it returns is shown to the resident."""

    def __init__(
        self, unit: Unit, conversation: Conversation, handling: Handling, post: TelegramPost, update_id: int
    ) -> None:
        self._unit = unit
        self._conversation = conversation
        self._handling = handling
        self._post = post
        self._update_id = update_id

    async def perform(self, reply: Reply, moment: Moment) -> list[Screen]:
        """The screens of the reply's duty."""
        match reply.duty:
            case Duty.OPEN:
                return await self._open(reply.resident, moment)
            case Duty.CLOSE if moment.desk.ticket:
                await self._handling.close(moment.desk.ticket, ClosedBy.RESIDENT)
            case Duty.MOVE if moment.desk.ticket:
                await self._move(moment.desk.ticket, reply.about[1])
            case Duty.REOPEN:
                return await self._reopen(int(reply.about[0]), moment)
            case Duty.RATE:
                return await self._rate(int(reply.about[0]), int(reply.about[1]), moment)
            case Duty.COMMENT:
                await self._comment(reply.about, moment.resident.chat)
            case Duty.EXPORT:
                await self._export(moment.resident, moment.at)
            case Duty.DELETE:
                return await self._delete(moment)
        return []

    async def _open(self, resident: Resident, moment: Moment) -> list[Screen]:
        tr = translator(self._conversation.language(moment))
        ban = await self._unit.staff.banned(resident.chat, moment.at.timestamp())
        if ban:
            self._unit.residents.put(replace(resident, draft=None))
            return [banned_screen(datetime.fromtimestamp(ban.until, UTC).date(), tr)]
        draft = resident.draft or Draft()
        ticket = await self._handling.open(resident, draft, tr.language, self._checklist(draft, moment.at.date()))
        if ticket is None:
            self._unit.residents.put(replace(resident, draft=None))
            return [notices.text(tr("No desk is connected just now. Please call or visit an advice point."))]
        return []

    def _checklist(self, draft: Draft, day: date) -> list[str]:
        """A lodging ticket's lines for the advisor: what to prepare, and the answers, in Finnish."""
        catalogue = self._conversation.catalogue
        lodging = catalogue.lodging.get(draft.intent or "")
        if draft.kind is not TicketKind.LODGING or lodging is None:
            return []
        lines = [f"☐ {item}" for item in to_prepare(catalogue.intents[lodging.intent], "fi", day)]
        for question, option in zip(lodging.questions, draft.answers, strict=False):
            asked = catalogue.lodging_questions[question]
            lines.append(f"{in_language(asked.text, 'fi')} – {in_language(asked.options.get(option, {}), 'fi')}")
        return ["\n".join(lines)]

    async def _owned(self, ticket: int, chat: int) -> Ticket | None:
        """A ticket of this resident; others' numbers in a forged button change nothing."""
        found = await self._unit.tickets.find(ticket)
        return found if found and found.chat == chat else None

    async def _move(self, ticket: Ticket, city: str) -> None:
        """To the city's desk, as the resident chose; nothing where that city has none (any more)."""
        desk = (await self._unit.staff.desks()).get(city)
        if desk:
            await self._handling.transfer(ticket, desk, city, None, MARKS[Author.RESIDENT])

    async def _reopen(self, number: int, moment: Moment) -> list[Screen]:
        ticket = await self._owned(number, moment.resident.chat)
        tr = translator(self._conversation.language(moment))
        if ticket is None:
            return []
        if await self._unit.staff.banned(moment.resident.chat, moment.at.timestamp()):
            return [notices.text(tr("You cannot send requests to the advisors here now."))]
        try:
            await self._unit.tickets.note(ticket.id, language=tr.language)
            await self._handling.reopen(replace(ticket, language=tr.language))
        except RefusedError:
            return [notices.text(tr("This request is open already, or you have another open one: /status"))]
        return []

    async def _rate(self, number: int, stars: int, moment: Moment) -> list[Screen]:
        ticket = await self._owned(number, moment.resident.chat)
        if ticket is None or ticket.open:
            self._unit.residents.put(moment.resident)
            return []
        await self._unit.tickets.note(ticket.id, stars=stars)
        if ticket.stars is None:
            await self._post.note(ticket, News.RATED, {"stars": stars})
        return [news_screen(News.RATED, ticket, {}, self._post.reader(self._conversation.language(moment)))]

    async def _comment(self, about: tuple[str, ...], chat: int) -> None:
        number, text = about
        ticket = await self._owned(int(number), chat) if number.isdecimal() else None
        if ticket:
            await self._unit.tickets.note(ticket.id, comment=text)
            await self._post.note(ticket, News.COMMENTED, {"comment": text})

    async def _export(self, resident: Resident, at: datetime) -> None:
        """Everything stored about the resident, as a file that opens on any phone."""
        exchanges = await self._unit.exchanges.of_chat(resident.chat)
        tickets = await self._unit.tickets.of(resident.chat)
        ban = await self._unit.staff.banned(resident.chat, at.timestamp())
        data = {
            "settings": {key: value for key, value in asdict(resident).items() if key != "chat"},
            "messages": [
                {key: value for key, value in asdict(one).items() if key not in {"chat", "at"}} | {"at": _time(one.at)}
                for one in exchanges
            ],
            "requests": [await self._exported(ticket) for ticket in tickets],
            "ban": {"until": _time(ban.until), "reason": ban.reason} if ban else None,
        }
        tr = translator(resident.language or "en")
        file = {"name": "neuvoja.json.txt", "text": json.dumps(data, ensure_ascii=False, indent=2)}
        caption = tr.plural(
            "Everything that is stored about you: your settings and {n} message.",
            "Everything that is stored about you: your settings and {n} messages.",
            len(exchanges),
        )
        parameters = {"chat_id": resident.chat, "document": file, "caption": caption}
        self._unit.outbox.add(resident.chat, "sendDocument", parameters)
        for ticket in tickets:
            await self._unit.audit.add("exported", ticket=ticket.id)

    async def _exported(self, ticket: Ticket) -> dict[str, object]:
        """A ticket with its history; advisors' numbers are theirs, not the resident's."""
        hidden = {"chat", "taker", "opened_at", "waiting_since", "taken_at", "closed_at"}
        entries = await self._unit.entries.of(ticket.id)
        return {key: value for key, value in asdict(ticket).items() if key not in hidden} | {
            "opened_at": _time(ticket.opened_at),
            "closed_at": _time(ticket.closed_at) if ticket.closed_at else None,
            "comment": await self._unit.tickets.comment(ticket.id),
            "history": [
                {"at": _time(one.at), "author": one.author, "text": one.text, "media": one.media} for one in entries
            ],
        }

    async def _delete(self, moment: Moment) -> list[Screen]:
        """Everything but a ban, which would mean nothing if it could be deleted; it ends by itself."""
        chat = moment.resident.chat
        for ticket in await self._unit.tickets.of(chat):
            await self._erase(ticket)
        await self._unit.entries.forget(chat)
        await self._unit.tickets.forget(chat)
        await self._unit.albums.forget(chat)
        await self._unit.exchanges.forget(chat)
        await self._unit.residents.forget(chat)
        await self._unit.outbox.forget_chat(chat)
        await self._unit.inbox.forget_chat(chat, before=self._update_id)
        tr = translator(self._conversation.language(moment))
        screens = [Screen(escape(tr("Everything is deleted. Write again whenever you need advice.")))]
        if ban := await self._unit.staff.banned(chat, moment.at.timestamp()):
            screens.append(banned_screen(datetime.fromtimestamp(ban.until, UTC).date(), tr))
        return screens

    async def _erase(self, ticket: Ticket) -> None:
        """Takes a ticket's topics out of the desks' groups; a desk that was working on it is told."""
        desk = (await self._unit.staff.desks()).get(ticket.desk)
        if ticket.open:
            await self._handling.close(ticket, ClosedBy.DELETED)
            if desk:
                await self._post.announce(desk, News.ERASED, replace(ticket, chat=0), {})
        for topic in await self._unit.topics.of(ticket.id):
            await self._post.remove(topic)
        await self._unit.audit.add("deleted", ticket=ticket.id)


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
