"""`/desk CITY`: a coordinator links a forum group to a city, with every reason why it cannot be in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError
from aiogram.types import Chat, ChatMemberAdministrator

from bot.domain.dated import in_language
from bot.domain.ticket import Desk
from bot.guidance.hours import valid
from bot.locales import Translator, translator
from bot.rendering import actions
from bot.rendering.html import escape
from bot.rendering.screen import Button, Screen
from bot.storage.unit import Unit
from bot.telegram.current import Current
from bot.telegram.outgoing import calls
from bot.telegram.post import TelegramPost

CHECK_SECONDS = 5


def public(tr: Translator) -> str:
    """Why a group that everybody can open is no desk."""
    return tr("This group is public: anybody could read what residents write. Make it private, then write /desk again.")


class Linking:
    """One coordinator's act in one group; `language` is what the desk reads."""

    def __init__(self, unit: Unit, current: Current, bot: Bot, chat: Chat, user: int) -> None:
        self._unit = unit
        self._current = current
        self._post = TelegramPost(unit, current.conversation, datetime.now(UTC))
        self._bot = bot
        self._chat = chat
        self._user = user
        self.tr = translator("fi")

    async def command(self, argument: str, thread: int | None) -> None:
        """`/desk`, `/desk espoo`, `/desk espoo goal 45`, `hours ...`, `names on`, `language sv`."""
        name, _, setting = argument.strip().partition(" ")
        desks = await self._unit.staff.desks()
        here = next((desk for desk in desks.values() if desk.chat == self._chat.id), None)
        if here:
            self.tr = translator(here.language)
        if not name:
            self._say([Screen(escape(self._state(here)))], thread)
            return
        city = self._city(name)
        if city is None:
            known = ", ".join(self._current.conversation.catalogue.cities)
            words = self.tr("There is no city {city}. Write one of: {cities}", city=name, cities=known)
            self._say([Screen(escape(words))], thread)
        elif setting:
            self._say([Screen(escape(await self._set(desks.get(city), setting)))], thread)
        else:
            self._say([await self._link(city, desks, here)], thread)

    async def confirm(self, city: str) -> str | None:
        """The pressed confirmation: the city's desk moves to this group."""
        desks = await self._unit.staff.desks()
        if city not in self._current.conversation.catalogue.cities:
            return None
        fault = await self._fault()
        if fault:
            return fault
        return await self._store(replace(desks.get(city) or Desk(city, 0), chat=self._chat.id))

    async def _link(self, city: str, desks: dict[str, Desk], here: Desk | None) -> Screen:
        if fault := await self._fault():
            return Screen(escape(fault))
        if here and here.city == city:
            await self._make_missing(here)
            return Screen(escape(self.tr("This group is the desk of {city} already.", city=self._name(city))))
        if here is None and city not in desks:
            return Screen(escape(await self._store(Desk(city, self._chat.id))))
        if here is None:
            words = self.tr(
                "{city} has its desk in another group. Shall this group be the desk of {city} from now on? Open "
                "tickets come along.",
                city=self._name(city),
            )
        else:
            words = self.tr(
                "This group is the desk of {other}: that ends, and its open tickets wait until {other} has a desk "
                "again. Shall this group be the desk of {city} from now on?",
                other=self._name(here.city),
                city=self._name(city),
            )
        button = Button(self.tr("Move the desk here"), actions.act(actions.DESK, "link", "0", city))
        return Screen(escape(words), ((button,),))

    async def _store(self, desk: Desk) -> str:
        await self._unit.staff.link(desk)
        await self._unit.audit.add("desk linked", actor=self._user, detail=desk.city)
        self._current.staffed = True
        moved = [*await self._unit.tickets.waiting(desk.city), *await self._unit.tickets.taken(desk.city)]
        for ticket in moved:
            known = [topic for topic in await self._unit.topics.of(ticket.id) if topic.chat == desk.chat]
            topic = known[-1] if known else await self._unit.topics.add(ticket.id, desk.city, desk.chat, owner=True)
            await self._unit.topics.own(ticket.id, topic.id)
            if topic.thread is None:
                await self._post.present(ticket, replace(topic, owner=True), history=True)
            else:  # the group comes back: what was said meanwhile belongs into the topic that it knows
                await self._post.unshut(topic)
                await self._post.history(ticket, topic)
                await self._post.refresh(ticket)
        return self.tr(
            "This group is now the desk of {city}. Each advisor writes /skills with languages and fields; /help shows "
            "the commands. Open tickets: {count}",
            city=desk.city,
            count=len(moved),
        )

    async def _make_missing(self, desk: Desk) -> None:
        """Makes the topics that Telegram refused while a right was missing."""
        for ticket in [*await self._unit.tickets.waiting(desk.city), *await self._unit.tickets.taken(desk.city)]:
            for topic in await self._unit.topics.of(ticket.id):
                if topic.owner and topic.chat == desk.chat and topic.thread is None:
                    await self._post.present(ticket, topic, history=True)

    async def _fault(self) -> str | None:
        """Why this group cannot be a desk; None when it can."""
        if self._chat.username:
            return public(self.tr)
        if self._chat.type != "supergroup" or not self._chat.is_forum:
            return self.tr("This group has no topics. Turn on Topics in the group's settings, then write /desk again.")
        try:
            member = await self._bot.get_chat_member(self._chat.id, self._bot.id, request_timeout=CHECK_SECONDS)
        except AiogramError:
            return self.tr("Telegram did not answer. Please write /desk again in a minute.")
        if member.status != ChatMemberStatus.ADMINISTRATOR:
            return self.tr("Make me an administrator of this group with the right to manage topics, then try again.")
        if isinstance(member, ChatMemberAdministrator) and not member.can_manage_topics:
            return self.tr("I am an administrator, but I may not manage topics: give me that right, then try again.")
        if isinstance(member, ChatMemberAdministrator) and not member.can_delete_messages:
            return self.tr(
                "I may not delete messages: give me that right, so that what a resident wrote can be erased, then try "
                "again."
            )
        return None

    async def _set(self, desk: Desk | None, setting: str) -> str:
        tr = self.tr
        if desk is None or desk.chat != self._chat.id:
            return tr("This group is not that city's desk. Link it first: /desk CITY")
        what, _, value = setting.partition(" ")
        value = value.strip()
        match what, value:
            case "goal", _ if value.isdecimal() and 1 <= int(value) <= 10_000:
                desk = replace(desk, goal_minutes=int(value))
            case "names", "on" | "off":
                desk = replace(desk, names=value == "on")
            case "language", "fi" | "sv" | "en":
                desk = replace(desk, language=value)
                self.tr = translator(value)
            case "hours", _ if value == "off" or valid(value):
                desk = replace(desk, hours=None if value == "off" else value)
            case _:
                return tr(
                    "Write one of: goal 30 (business minutes), names on or off, language fi, sv or en, hours Mo-Fr "
                    "09:00-15:00; PH off"
                )
        await self._unit.staff.link(desk)
        await self._unit.audit.add("desk set", actor=self._user, detail=f"{desk.city} {setting}")
        return self._state(desk)

    def _state(self, desk: Desk | None) -> str:
        tr = self.tr
        if desk is None:
            return tr("This group is no desk yet. A coordinator writes /desk and the city, such as /desk espoo")
        return tr(
            "Desk of {city}. Goal: {goal} business minutes. Advisors' names to residents: {names}. Hours: {hours}. "
            "Language: {language}.",
            city=desk.city,
            goal=desk.goal_minutes,
            names="on" if desk.names else "off",
            hours=desk.hours or "–",
            language=desk.language,
        )

    def _city(self, name: str) -> str | None:
        wanted = name.casefold()
        for city in self._current.conversation.catalogue.cities.values():
            if wanted in {city.id, *(each.casefold() for each in city.names.values())}:
                return city.id
        return None

    def _name(self, city: str) -> str:
        known = self._current.conversation.catalogue.cities.get(city)
        return in_language(known.names, self.tr.language) if known else city

    def _say(self, screens: list[Screen], thread: int | None) -> None:
        place = {"chat_id": self._chat.id} | ({"message_thread_id": thread} if thread else {})
        for method, parameters in calls(screens):
            self._unit.outbox.add(self._chat.id, method, {**place, **parameters})
