"""Handling tickets: every change with its history, log, news and the resident's state, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.desk import routing
from bot.desk.ports import Post, Store
from bot.desk.states import after
from bot.domain.catalogue import Catalogue
from bot.domain.news import News
from bot.domain.resident import Resident, State, Step
from bot.domain.ticket import (
    Author,
    ClosedBy,
    Desk,
    Draft,
    Entry,
    Ticket,
    TicketEvent,
    TicketState,
    Topic,
)


class RefusedError(Exception):
    """Something that cannot be done now; `news` says why, `ticket` as it stands."""

    def __init__(self, news: News, ticket: Ticket) -> None:
        super().__init__(news)
        self.news = news
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Parcel:
    """What somebody sent: a masked text or caption, and the messages it can be copied from (an album: several)."""

    chat: int
    messages: tuple[int, ...]
    text: str = ""
    media: str | None = None
    """Kind of file; None for a text."""
    reply_to: int | None = None
    """Message of the same chat that is quoted."""
    masked: tuple[str, ...] = ()
    """Kinds of personal identifiers that were taken out."""


class Handling:
    """What people do with tickets at one moment (`now`, Unix seconds)."""

    def __init__(self, store: Store, post: Post, catalogue: Catalogue, now: float) -> None:
        self._store = store
        self._post = post
        self._catalogue = catalogue
        self._now = now

    async def open(self, resident: Resident, draft: Draft, language: str, summary: Sequence[str] = ()) -> Ticket | None:
        """The resident's ticket, an open one where there is one already; None when no desk is linked.

        `summary` are lines that the bot adds: a lodging ticket's checklist.
        """
        if known := await self._store.tickets.open_of(resident.chat):
            return known
        desks, advisors = await self._store.staff.desks(), await self._store.staff.advisors()
        spoken = draft.languages or (language,)
        route = routing.route(resident.city, spoken, desks, advisors, self._catalogue)
        if route is None:
            return None
        ticket = await self._store.tickets.open(
            chat=resident.chat,
            city=resident.city,
            desk=route.desk.city,
            kind=draft.kind.value,
            intent=draft.intent,
            language=language,
            languages=spoken,
            opened_at=self._now,
            waiting_since=self._now,
        )
        await self._keep(ticket, Author.RESIDENT, Parcel(resident.chat, draft.messages, draft.about, draft.media))
        for line in summary:
            await self._keep(ticket, Author.BOT, Parcel(0, (), line))
        await self._event(ticket, "opened")
        self._store.residents.put(replace(resident, state=State.WAITING, step=Step.NONE, draft=None, misses=0))
        topic = await self._store.topics.add(ticket.id, route.desk.city, route.desk.chat, owner=True)
        await self._post.present(ticket, topic, history=bool(draft.messages or summary))
        ahead = await self._store.tickets.ahead(ticket)
        await self._post.tell(ticket, News.RECEIVED, {"ahead": ahead})
        if route.language:
            await self._post.tell(ticket, News.ROUTED, {"language": route.language})
            await self._post.note(ticket, News.ROUTED, {"language": route.language})
        return ticket

    async def take(self, ticket: Ticket, actor: int, name: str) -> Ticket:
        """The ticket in the hands of `actor`; RefusedError when somebody else was faster."""
        changed = await self._change(ticket, TicketEvent.TAKE, taker=actor, taken_at=self._now, nudges=0)
        await self._event(changed, "taken", actor)
        await self._state(changed, State.WITH_ADVISOR)
        desk = (await self._store.staff.desks()).get(changed.desk)
        shown = name if desk and desk.names else None
        await self._post.tell(changed, News.TAKEN, {"name": shown})
        await self._post.refresh(changed)
        await self._post.note(changed, News.TAKEN, {"name": name})
        return changed

    async def release(self, ticket: Ticket, actor: int, name: str) -> Ticket:
        """The ticket waiting again in its old place of the queue: the resident has waited since then."""
        changed = await self._change(ticket, TicketEvent.RELEASE, taker=None, taken_at=None, nudges=0)
        await self._event(changed, "released", actor)
        await self._state(changed, State.WAITING)
        await self._post.tell(changed, News.RELEASED, {})
        await self._post.refresh(changed)
        await self._post.note(changed, News.RELEASED, {"name": name})
        return changed

    async def transfer(self, ticket: Ticket, desk: Desk, why: str, actor: int | None, name: str) -> Ticket:
        """The ticket waiting at another desk with its history; `why` is a city id or an expertise.

        `actor` is None when the resident chose that desk.
        """
        if desk.city == ticket.desk:
            raise RefusedError(News.ALREADY_HERE, ticket)
        before = ticket.desk
        changed = await self._change(
            ticket,
            TicketEvent.MOVE,
            desk=desk.city,
            taker=None,
            taken_at=None,
            waiting_since=self._now,
            nudges=0,
        )
        await self._event(changed, "moved", actor, f"{before} > {desk.city}")
        await self._state(changed, State.WAITING)
        topics = await self._store.topics.of(ticket.id)
        await self._post.note(changed, News.MOVED, {"to": desk.city, "why": why, "name": name})
        for topic in topics:
            if topic.chat != desk.chat:
                await self._post.shut(topic)
        await self._settle_at(changed, desk, missed=True)
        await self._post.refresh(changed)
        await self._post.tell(changed, News.MOVED, {"to": desk.city, "why": why})
        return changed

    async def ask_expert(self, ticket: Ticket, desk: Desk, why: str, question: str, *, actor: int, name: str) -> Topic:
        """A topic at another desk where colleagues advise on the ticket; the resident stays where he is."""
        self._must_be_open(ticket)
        if desk.city == ticket.desk:
            raise RefusedError(News.ALREADY_HERE, ticket)
        topics = await self._store.topics.of(ticket.id)
        asked = next((topic for topic in topics if topic.chat == desk.chat and not topic.owner), None)
        if question:
            await self._keep(ticket, Author.NOTE, Parcel(0, (), question), actor)
        await self._event(ticket, "expert asked", actor, f"{desk.city} {why}")
        if asked is None or asked.thread is None:
            asked = asked or await self._store.topics.add(ticket.id, desk.city, desk.chat, owner=False)
            await self._post.present(ticket, asked, history=True)
        else:
            await self._post.unshut(asked)
            await self._post.history(ticket, asked)
        await self._post.note(ticket, News.EXPERT_ASKED, {"to": desk.city, "why": why, "name": name})
        return asked

    async def close(self, ticket: Ticket, by: ClosedBy, actor: int | None = None, name: str = "") -> Ticket:
        """The closed ticket; the resident is told, and asked how it was unless there is nobody to ask."""
        changed = await self._change(ticket, TicketEvent.CLOSE, closed_at=self._now, closed_by=by.value)
        await self._event(changed, f"closed by {by}", actor)
        if by is not ClosedBy.DELETED:
            await self._state(changed, State.BOT)
        if by in {ClosedBy.ADVISOR, ClosedBy.RESIDENT, ClosedBy.BANNED}:
            rate = ticket.state is TicketState.TAKEN and by is not ClosedBy.BANNED
            await self._post.tell(changed, News.CLOSED, {"rate": rate})
        await self._post.refresh(changed)
        await self._post.note(changed, News.CLOSED, {"by": by, "name": name})
        for topic in await self._store.topics.of(ticket.id):
            await self._post.shut(topic)
        return changed

    async def reopen(self, ticket: Ticket, actor: int | None = None, name: str = "") -> Ticket:
        """The ticket waiting again at its desk; RefusedError when the resident has another open one."""
        if not ticket.chat:
            raise RefusedError(News.FORGOTTEN, ticket)
        other = await self._store.tickets.open_of(ticket.chat)
        if other and other.id != ticket.id:
            raise RefusedError(News.HAS_OPEN, ticket)
        changed = await self._change(
            ticket,
            TicketEvent.REOPEN,
            taker=None,
            taken_at=None,
            closed_at=None,
            closed_by=None,
            waiting_since=self._now,
            nudges=0,
        )
        await self._event(changed, "reopened", actor)
        await self._state(changed, State.WAITING)
        await self._settle_at(changed, (await self._store.staff.desks()).get(changed.desk))
        await self._post.refresh(changed)
        await self._post.note(changed, News.REOPENED, {"name": name})
        await self._post.tell(changed, News.REOPENED, {"ahead": await self._store.tickets.ahead(changed)})
        return changed

    async def add(self, ticket: Ticket, parcel: Parcel) -> None:
        """Passes on what the resident of an open ticket sent."""
        entry = await self._keep(ticket, Author.RESIDENT, parcel)
        await self._post.pass_on(ticket, entry, parcel.reply_to)

    async def reply(self, ticket: Ticket, parcel: Parcel, actor: int) -> None:
        """Sends an advisor's words to the resident; only the one who took the ticket may (RefusedError)."""
        self._must_be_open(ticket)
        if ticket.taker != actor:
            raise RefusedError(News.NOT_YOURS if ticket.taker else News.NOT_TAKEN, ticket)
        entry = await self._keep(ticket, Author.ADVISOR, parcel, actor)
        await self._post.deliver(ticket, entry, parcel.reply_to)

    async def advise(self, ticket: Ticket, parcel: Parcel, actor: int, name: str) -> None:
        """Passes what an asked colleague writes to the ticket's own desk; the resident does not see it."""
        entry = await self._keep(ticket, Author.EXPERT, parcel, actor)
        await self._post.consult(ticket, entry, name)

    async def jot(self, ticket: Ticket, parcel: Parcel, actor: int) -> None:
        """Keeps a note in the history; it goes nowhere."""
        await self._keep(ticket, Author.NOTE, parcel, actor)

    async def answered(self, ticket: Ticket, intent: str, actor: int | None) -> None:
        """Records that the curated answer to `intent` went to the resident, by the bot or an advisor."""
        author = Author.BOT if actor is None else Author.ADVISOR
        await self._keep(ticket, author, Parcel(0, (), f"[{intent}]"), actor)
        await self._store.audit.add("answered", actor=actor, ticket=ticket.id, detail=intent)

    async def unreachable(self, chat: int) -> None:
        """Closes the open ticket of a resident whom Telegram does not reach any more; the desk is told once."""
        ticket = await self._store.tickets.open_of(chat)
        if ticket:
            await self.close(ticket, ClosedBy.UNREACHABLE)

    async def _settle_at(self, ticket: Ticket, desk: Desk | None, *, missed: bool = False) -> None:
        """Gives the ticket its own topic in the desk's group as it is now: made with the history, or opened again.

        `missed`: a topic that is opened again has not seen what was said since.
        """
        if desk is None:
            return  # its city has no desk now; linking one brings the ticket there
        known = [topic for topic in await self._store.topics.of(ticket.id) if topic.chat == desk.chat]
        topic = known[0] if known else await self._store.topics.add(ticket.id, desk.city, desk.chat, owner=True)
        await self._store.topics.own(ticket.id, topic.id)
        if topic.thread is None:
            await self._post.present(ticket, replace(topic, owner=True), history=True)
        else:
            await self._post.unshut(topic)
            if missed:
                await self._post.history(ticket, topic)

    async def _change(self, ticket: Ticket, event: TicketEvent, **values: Any) -> Ticket:
        state = after(ticket.state, event)
        changed = await self._store.tickets.change(ticket, state, **values) if state else None
        if changed is None:
            now = await self._store.tickets.find(ticket.id) or ticket
            raise RefusedError(News.TOO_LATE if event is TicketEvent.TAKE else News.NOT_NOW, now)
        return changed

    def _must_be_open(self, ticket: Ticket) -> None:
        if not ticket.open:
            raise RefusedError(News.NOT_NOW, ticket)

    async def _state(self, ticket: Ticket, state: State) -> None:
        if ticket.chat:
            resident = await self._store.residents.get(ticket.chat)
            self._store.residents.put(replace(resident, state=state, step=Step.NONE, draft=None))

    async def _keep(self, ticket: Ticket, author: Author, parcel: Parcel, actor: int | None = None) -> Entry:
        origin = parcel.chat if parcel.messages else None
        entry = Entry(ticket.id, self._now, author, parcel.text, actor, parcel.media, origin, parcel.messages)
        await self._store.entries.add(entry)
        return entry

    async def _event(self, ticket: Ticket, what: str, actor: int | None = None, detail: str = "") -> None:
        await self._store.entries.add(Entry(ticket.id, self._now, Author.EVENT, f"{what} {detail}".strip(), actor))
        await self._store.audit.add(what, actor=actor, ticket=ticket.id, detail=detail)
