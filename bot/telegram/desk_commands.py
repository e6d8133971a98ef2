"""The advisors' commands: one function each, by name; the words that follow the command are its argument."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from bot.desk.clock import waited
from bot.domain.ticket import ClosedBy, Ticket
from bot.guidance.hours import HELSINKI
from bot.locales import translator
from bot.rendering.desk import queue_screen
from bot.rendering.handover import banned_screen
from bot.rendering.html import escape
from bot.rendering.screen import Screen
from bot.storage.staff import Ban, SetNotice
from bot.telegram.bench import Bench

Command = Callable[[Bench, str], Awaitable[str | None]]
"""Does what the command says; the words to show, None when what it did shows itself."""

SKILL = re.compile(r"[a-z0-9-]{2,32}", re.ASCII)
MOST_SKILLS = 15
"""Of more, the first count; the reply shows which."""
UNTIL = re.compile(r"until\s+(\d{4}-\d{2}-\d{2})\s+(.+)", re.DOTALL)
BAN = re.compile(r"(\d{1,3})\s*d?\s+(.{3,})", re.DOTALL)
LONGEST_BAN = 365


def with_ticket(act: Callable[[Bench, Ticket, str], Awaitable[str | None]]) -> Command:
    """A command that only makes sense in a ticket's own topic."""

    async def command(bench: Bench, argument: str) -> str | None:
        if bench.ticket is None:
            return bench.reader.tr("Write this in the topic of a ticket.")
        if bench.topic and not bench.topic.owner:
            return bench.reader.tr("This ticket belongs to another desk; here you only give advice.")
        return await act(bench, bench.ticket, argument)

    return command


async def queue(bench: Bench, _: str) -> None:
    """/queue: the own desk's tickets, then the region's, with their waiting minutes."""
    catalogue, desks = bench.current.conversation.catalogue, await bench.unit.staff.desks()
    now, names = bench.at.timestamp(), await bench.post.names()
    waiting = sorted(await bench.unit.tickets.waiting(), key=lambda ticket: ticket.desk != bench.desk.city)
    taken = sorted(await bench.unit.tickets.taken(), key=lambda ticket: ticket.desk != bench.desk.city)
    minutes = [
        (ticket, waited(desks.get(ticket.desk, bench.desk), catalogue, ticket.waiting_since, now)) for ticket in waiting
    ]
    bench.show([queue_screen(minutes, [(one, names.get(one.taker or 0, "–")) for one in taken], bench.reader)])


async def take(bench: Bench, ticket: Ticket, _: str) -> None:
    """/take."""
    await bench.take(ticket)


async def release(bench: Bench, ticket: Ticket, _: str) -> None:
    """/release."""
    await bench.release(ticket)


async def transfer(bench: Bench, ticket: Ticket, argument: str) -> str | None:
    """/transfer CITY or /transfer EXPERTISE; without: the choice as buttons."""
    if argument:
        return await bench.transfer(ticket, argument.split(maxsplit=1)[0])
    bench.show([await bench.destinations(ticket)])
    return None


async def expert(bench: Bench, ticket: Ticket, argument: str) -> str | None:
    """/expert EXPERTISE question: asks a colleague elsewhere without moving the ticket."""
    target, _, question = argument.partition(" ")
    return await bench.consult(ticket, target, question.strip())


async def answer(bench: Bench, ticket: Ticket, argument: str) -> str | None:
    """/answer INTENT-ID; without: suggestions as buttons."""
    if argument:
        return await bench.answer(ticket, argument.split(maxsplit=1)[0])
    bench.show([await bench.suggest(ticket)])
    return None


async def close(bench: Bench, ticket: Ticket, _: str) -> None:
    """/close."""
    await bench.close(ticket)


async def reopen(bench: Bench, ticket: Ticket, _: str) -> None:
    """/reopen."""
    await bench.reopen(ticket)


async def history(bench: Bench, ticket: Ticket, _: str) -> None:
    """/history."""
    await bench.history(ticket)


async def who(bench: Bench, _: str) -> str:
    """/who: in a ticket's topic who has it and what was done; elsewhere who is at the desks."""
    tr, names = bench.reader.tr, await bench.post.names()
    if bench.ticket:
        done = await bench.unit.audit.of(bench.ticket.id)
        lines = [tr("Taken by: {name}", name=names.get(bench.ticket.taker or 0, "–"))]
        lines += [
            f"{datetime.fromtimestamp(one.at, UTC):%Y-%m-%d %H:%M}Z {one.act} {one.detail} "
            f"{names.get(one.actor or 0, '')}".rstrip()
            for one in done
        ]
        return "\n".join(lines)
    advisors = await bench.unit.staff.advisors()
    return "\n".join(f"{one.city} · {one.first_name}: {', '.join(one.skills) or '–'}" for one in advisors) or "–"


async def skills(bench: Bench, argument: str) -> str:
    """/skills so ar housing: the advisor's languages and expertise, instead of those before."""
    tr = bench.reader.tr
    given = tuple(dict.fromkeys(argument.lower().replace(",", " ").split()))[:MOST_SKILLS]
    wrong = [skill for skill in given if not SKILL.fullmatch(skill)]
    if wrong:
        return tr(
            "Write languages as codes and fields as one word in a-z, such as: /skills so ar housing. Not: {wrong}",
            wrong=", ".join(wrong),
        )
    advisor = await bench.know(given or None)
    return tr("{name}: {skills}", name=advisor.first_name, skills=", ".join(advisor.skills) or "–")


async def notice(bench: Bench, argument: str) -> str:
    """/notice POINT-ID [until 2026-12-31] text, or /notice POINT-ID off."""
    tr = bench.reader.tr
    point, _, words = argument.partition(" ")
    words = words.strip()
    points = bench.current.conversation.catalogue.points
    if point not in points:
        near = [each for each in points if point and point in each][:8]
        return tr("There is no service point {point}. Near: {near}", point=point or "–", near=", ".join(near) or "–")
    if not words:
        return tr("Write the notice after the point: /notice {point} until 2026-12-31 text, or /notice {point} off",
                  point=point)  # fmt: skip
    if words.casefold() == "off":
        cleared = await bench.unit.staff.clear_notice(point)
        await _noticed(bench, "notice cleared", point)
        return tr("The notice of {point} is cleared.", point=point) if cleared else tr("There was no notice.")
    until = None
    if dated := UNTIL.fullmatch(words):
        try:
            until = date.fromisoformat(dated[1]).isoformat()
        except ValueError:
            return tr("{date} is not a day of the calendar.", date=dated[1])
        if until < bench.at.astimezone(HELSINKI).date().isoformat():
            return tr("{date} is over.", date=dated[1])
        words = dated[2].strip()
    await bench.unit.staff.notice(SetNotice(point, words[:500], until, bench.user))
    await _noticed(bench, "notice set", point)
    for desk in (await bench.unit.staff.desks()).values():
        if desk.city != bench.desk.city:
            told = bench.post.reader(desk.language).tr("Notice at {point}: {words}", point=point, words=words)
            bench.post.general(desk, [_plain(told)])
    return tr("From now on every answer shows at {point}: {words}", point=point, words=words)


async def _noticed(bench: Bench, act: str, point: str) -> None:
    await bench.unit.audit.add(act, actor=bench.user, detail=point)
    bench.current.notify(await bench.unit.staff.notices())


async def ban(bench: Bench, ticket: Ticket, argument: str) -> str | None:
    """/ban 30 reason: no more tickets of this resident for so many days; logged."""
    tr = bench.reader.tr
    given = BAN.fullmatch(argument.strip())
    if not given or not 1 <= int(given[1]) <= LONGEST_BAN:
        return tr("A ban needs its days (1 to 365) and a reason: /ban 30 threats")
    if not ticket.chat:
        return tr("The resident's data has been erased.")
    until = bench.at + timedelta(days=int(given[1]))
    await bench.unit.staff.ban(Ban(ticket.chat, given[2][:500], until.timestamp(), bench.user))
    await bench.unit.audit.add("banned", actor=bench.user, ticket=ticket.id, detail=until.date().isoformat())
    if ticket.open:
        await bench.handling.close(ticket, ClosedBy.BANNED, bench.user, bench.name)
    bench.post.resident(ticket, [banned_screen(until.date(), translator(ticket.language))])
    return tr(
        "Banned until {date}. The bot still answers questions. /unban {number} ends it.",
        date=until.date().isoformat(),
        number=ticket.id,
    )


async def unban(bench: Bench, argument: str) -> str:
    """/unban in the ticket's topic; /unban 12 elsewhere in its desk: not everybody may write in a closed topic."""
    tr = bench.reader.tr
    number = argument.lstrip("#")
    ticket = await bench.unit.tickets.find(int(number)) if number.isdecimal() and len(number) < 10 else bench.ticket
    if ticket is None:
        return tr("Write the ticket's number: /unban 12")
    if ticket.desk != bench.desk.city:
        return tr("This ticket belongs to another desk; here you only give advice.")
    if not await bench.unit.staff.unban(ticket.chat):
        return tr("There is no ban.")
    await bench.unit.audit.add("unbanned", actor=bench.user, ticket=ticket.id)
    return tr("The ban is ended.")


async def help_page(bench: Bench, _: str) -> str:
    """/help: every command in a line."""
    return bench.reader.tr(
        "/queue – who waits\n/take /release /close /reopen – this ticket\n/transfer CITY or EXPERTISE – to another "
        "desk\n/expert EXPERTISE question – ask a colleague\n/answer INTENT-ID – send a curated answer\n/history – "
        "everything that was said\n/who – who has it, who is here\n/skills so ar housing – your languages and "
        "fields\n/notice POINT-ID text – a disturbance; off clears it\n/ban DAYS reason, /unban NUMBER\n"
        "// at the beginning: a note that stays here"
    )


def _plain(text: str) -> Screen:
    return Screen(escape(text))


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "queue": queue,
        "take": with_ticket(take),
        "release": with_ticket(release),
        "transfer": with_ticket(transfer),
        "expert": with_ticket(expert),
        "answer": with_ticket(answer),
        "close": with_ticket(close),
        "reopen": with_ticket(reopen),
        "history": with_ticket(history),
        "ban": with_ticket(ban),
        "unban": unban,
        "who": who,
        "skills": skills,
        "notice": notice,
        "help": help_page,
    }
)
"""What an advisor can write in a linked group; /desk is the coordinators'."""
