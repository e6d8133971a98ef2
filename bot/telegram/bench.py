"""A desk's turn: one advisor's act in a linked group, and the unit of work it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.heard import Moment
from bot.desk import routing
from bot.desk.handling import Handling, Parcel, RefusedError
from bot.domain.news import News
from bot.domain.resident import Resident
from bot.domain.ticket import Advisor, ClosedBy, Desk, Ticket, Topic
from bot.rendering.desk import note, suggestions_screen, transfer_screen
from bot.rendering.handover import spoken
from bot.rendering.html import escape, italic
from bot.rendering.reader import Reader
from bot.rendering.screen import Screen
from bot.storage.unit import Unit
from bot.telegram.current import Current
from bot.telegram.outgoing import calls
from bot.telegram.post import TelegramPost


@dataclass(frozen=True, slots=True)
class Bench:
    """Where an advisor stands: the desk, the topic and its ticket, if it is a ticket's topic."""

    unit: Unit
    current: Current
    at: datetime
    desk: Desk
    user: int
    name: str
    thread: int | None
    topic: Topic | None
    ticket: Ticket | None

    @property
    def handling(self) -> Handling:
        """What can be done with tickets now."""
        return Handling(self.unit, self.post, self.current.conversation.catalogue, self.at.timestamp())

    @property
    def post(self) -> TelegramPost:
        """Reaches residents and topics."""
        return TelegramPost(self.unit, self.current.conversation, self.at)

    @property
    def reader(self) -> Reader:
        """The desk's eyes."""
        return self.post.reader(self.desk.language)

    def say(self, text: str) -> None:
        """A plain line where the advisor is."""
        self.show([Screen(escape(text))])

    def show(self, screens: Sequence[Screen]) -> None:
        """Screens where the advisor is."""
        thread = {"message_thread_id": self.thread} if self.thread else {}
        for method, parameters in calls(screens):
            self.unit.outbox.add(self.desk.chat, method, {"chat_id": self.desk.chat, **thread, **parameters})

    async def refuse(self, error: RefusedError) -> str:
        """The words of a refusal, with the name of who has the ticket."""
        names = await self.post.names()
        taker = names.get(error.ticket.taker or 0, "–")
        return note(error.news, error.ticket, {"name": taker}, self.reader)

    def warn(self, parcel: Parcel) -> None:
        """Tells an advisor whose words about a ticket held identity codes and the like that they were taken out."""
        if parcel.masked and self.ticket:
            self.say(note(News.MASKED, self.ticket, {}, self.reader))

    async def relay(self, parcel: Parcel) -> None:
        """What was written in a ticket's topic: to the resident, to the colleagues who asked, or a note."""
        ticket, topic = self.ticket, self.topic
        if ticket is None or topic is None:
            return
        self.warn(parcel)
        if parcel.text.startswith("//"):
            await self.handling.jot(ticket, parcel, self.user)
            return
        if not topic.owner:
            await self.handling.advise(ticket, parcel, self.user, self.name)
            return
        try:
            await self.handling.reply(ticket, parcel, self.user)
        except RefusedError as error:
            await self.handling.jot(ticket, parcel, self.user)
            self.say(await self.refuse(error))

    async def take(self, ticket: Ticket) -> None:
        """Takes the ticket for this advisor."""
        await self.handling.take(ticket, self.user, self.name)

    async def release(self, ticket: Ticket) -> None:
        """Puts it back into the queue."""
        await self.handling.release(ticket, self.user, self.name)

    async def close(self, ticket: Ticket) -> None:
        """Closes it."""
        await self.handling.close(ticket, ClosedBy.ADVISOR, self.user, self.name)

    async def reopen(self, ticket: Ticket) -> None:
        """Opens it again."""
        await self.handling.reopen(ticket, self.user, self.name)

    async def transfer(self, ticket: Ticket, target: str) -> str | None:
        """Moves it to a city's desk or to an expertise; words for the advisor when there is no such desk."""
        desk = await self.find(target)
        if desk is None:
            return await self.unknown(target)
        await self.handling.transfer(ticket, desk, target, self.user, self.name)
        return None

    async def consult(self, ticket: Ticket, target: str, question: str) -> str | None:
        """Asks an expert elsewhere; the ticket stays here."""
        desk = await self.find(target)
        if desk is None:
            return await self.unknown(target)
        await self.handling.ask_expert(ticket, desk, target, question, actor=self.user, name=self.name)
        return None

    async def find(self, target: str) -> Desk | None:
        """The desk of a city id or name, or of an expertise."""
        desks = await self.unit.staff.desks()
        wanted = target.casefold()
        for city in self.current.conversation.catalogue.cities.values():
            if wanted in {city.id, *(name.casefold() for name in city.names.values())}:
                return desks.get(city.id)
        advisors = await self.unit.staff.advisors()
        return routing.expert(wanted, desks, advisors, self.current.conversation.catalogue, self.desk.city)

    async def unknown(self, target: str) -> str:
        """That no desk fits, and what there is."""
        desks = await self.unit.staff.desks()
        skills = routing.skills(await self.unit.staff.advisors(), self.current.conversation.catalogue)
        return self.reader.tr(
            "No linked desk for {target}. Cities: {cities}. Expertise: {skills}.",
            target=target or "–",
            cities=", ".join(desks) or "–",
            skills=", ".join(skills) or "–",
        )

    async def destinations(self, ticket: Ticket) -> Screen:
        """Where the ticket can go, as buttons."""
        desks = await self.unit.staff.desks()
        advisors = await self.unit.staff.advisors()
        own = {skill for one in advisors for skill in one.skills if one.city != self.desk.city}
        shown = [skill for skill in sorted(own) if len(f"D|to|{ticket.id}|{skill}".encode()) <= 64 and skill.isascii()]
        return transfer_screen(ticket, list(desks), shown[:12], self.reader)

    async def suggest(self, ticket: Ticket) -> Screen:
        """Answers that fit what the resident wrote first."""
        entries = await self.unit.entries.of(ticket.id)
        text = next((one.text for one in entries if one.text and one.author.value == "resident"), "")
        fitting = list(dict.fromkeys([*([ticket.intent] if ticket.intent else []), *self.post.suggest(text)]))
        return suggestions_screen(ticket, fitting[:3], self.reader)

    async def answer(self, ticket: Ticket, intent: str) -> str | None:
        """Sends the curated answer in the resident's language and shows its Finnish version here."""
        conversation = self.current.conversation
        if not self.post.answers(intent):
            return self.reader.tr(
                "There is no answer {intent}. An id is as on the cards, such as daycare-application.", intent=intent
            )
        if not ticket.open:
            raise RefusedError(News.NOT_NOW, ticket)
        if ticket.taker != self.user:
            raise RefusedError(News.NOT_YOURS if ticket.taker else News.NOT_TAKEN, ticket)
        resident = await self.unit.residents.get(ticket.chat)
        own = Resident(ticket.chat, ticket.language, resident.city or ticket.city)
        sent = conversation.answer(intent, Moment(own, self.at))
        self.post.resident(ticket, sent.screens)
        finnish = conversation.answer(intent, Moment(Resident(0, "fi", own.city), self.at))
        shown = [Screen(screen.html) for screen in finnish.screens if screen.html]
        language = spoken(ticket.language, conversation.catalogue)
        said = self.reader.tr("The resident gets this answer in {language}. In Finnish:", language=language)
        self.show([Screen(italic(said)), *shown])
        await self.handling.answered(ticket, intent, self.user)
        return None

    async def history(self, ticket: Ticket) -> None:
        """Posts everything that was said; who looked is logged."""
        assert self.topic is not None
        await self.post.history(ticket, self.topic)
        await self.unit.audit.add("read", actor=self.user, ticket=ticket.id)

    async def know(self, skills: tuple[str, ...] | None = None) -> Advisor:
        """The advisor as known at this desk, with new `skills` if given."""
        known = await self.unit.staff.advisor(self.user, self.desk.city)
        kept = known.skills if known else ()
        advisor = Advisor(self.user, self.desk.city, self.name, kept if skills is None else skills)
        if advisor != known:
            await self.unit.staff.know(advisor)
        return advisor
