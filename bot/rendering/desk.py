"""What advisors see: a ticket's card, the lines of its history, the queue, and every notice in a topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.dated import in_language
from bot.domain.news import News
from bot.domain.ticket import Author, ClosedBy, Entry, Ticket, TicketKind, TicketState
from bot.guidance.hours import HELSINKI
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.handover import spoken
from bot.rendering.html import bold, escape, italic
from bot.rendering.menus import rows
from bot.rendering.numbers import clock
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Keyboard, Screen

NAME_LIMIT = 128
"""Characters of a topic's name."""

MARKS: Mapping[Author, str] = {
    Author.RESIDENT: "👤",
    Author.ADVISOR: "💬",
    Author.EXPERT: "🎓",
    Author.NOTE: "📝",
    Author.BOT: "🤖",
    Author.EVENT: "·",
}
"""What a line begins with, by who said it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card tells beside the ticket itself."""

    about: str
    """The resident's first words, masked."""
    media: bool
    """True when files came with them."""
    answered: tuple[str, ...]
    """Intents that the bot answered before, newest last."""
    suggested: tuple[str, ...]
    waited: int
    """Business minutes of the desk."""
    goal: int
    taker: str | None
    owner: bool
    """False on the topic of a colleague who is asked."""


def topic_name(ticket: Ticket) -> str:
    """A topic's name, such as `#12 · ar · daycare-application`."""
    what = ticket.intent or ("lodging" if ticket.kind is TicketKind.LODGING else "?")
    return f"#{ticket.id} · {ticket.language} · {what}"[:NAME_LIMIT]


def card_screen(ticket: Ticket, card: Card, reader: Reader) -> Screen:
    """The card with its buttons."""
    tr, catalogue = reader.tr, reader.catalogue
    languages = ", ".join(f"{spoken(code, catalogue)} ({code})" for code in ticket.languages)
    lines = [
        bold(f"#{ticket.id} · {_kind(ticket, reader)}") + f" · {escape(_state(ticket, card, reader))}",
        escape(tr("Languages: {languages}", languages=languages)),
        escape(tr("Resident's city: {city}", city=city_name(ticket.city, reader))),
    ]
    if ticket.intent:
        lines.append(escape(tr("About: {matter}", matter=title(ticket.intent, reader))))
    about = escape(card.about) or italic(tr("(files only)"))
    lines += ["", f"👤 {about}" + (" 📎" if card.media else "")]
    if card.answered:
        shown = "; ".join(title(intent, reader) for intent in card.answered)
        lines += ["", "🤖 " + escape(tr("The bot answered before: {matters}", matters=shown))]
    if card.suggested and ticket.open:
        shown = "; ".join(title(intent, reader) for intent in card.suggested)
        lines += ["", "💡 " + escape(tr("Suggested: {matters}", matters=shown))]
    if card.owner and ticket.open:
        lines += ["", italic(tr("What you write here goes to the resident once you have taken it; // begins a note."))]
    if not card.owner:
        asked = tr(
            "You are asked as an expert: what you write goes to the advisors of {city} only.",
            city=city_name(ticket.desk, reader),
        )
        lines += ["", italic(asked)]
    return Screen("\n".join(lines), _buttons(ticket, card, reader) if card.owner else ())


def _buttons(ticket: Ticket, card: Card, reader: Reader) -> Keyboard:
    tr, number = reader.tr, str(ticket.id)
    if not ticket.open:
        return ((Button(tr("Open it again"), actions.act(actions.DESK, "reopen", number)), _history(number, reader)),)
    first = (
        Button(tr("✋ Take"), actions.act(actions.DESK, "take", number))
        if ticket.state is TicketState.WAITING
        else Button(tr("↩️ Release"), actions.act(actions.DESK, "release", number))
    )
    middle = [Button(tr("➡️ Transfer"), actions.act(actions.DESK, "move", number))]
    if card.suggested:
        middle.append(Button(tr("💡 Suggest an answer"), actions.act(actions.DESK, "suggest", number)))
    return (
        (first, Button(tr("✅ Close"), actions.act(actions.DESK, "close", number))),
        tuple(middle),
        (_history(number, reader),),
    )


def _history(number: str, reader: Reader) -> Button:
    return Button(reader.tr("🕘 History"), actions.act(actions.DESK, "history", number))


def transfer_screen(ticket: Ticket, cities: Sequence[str], skills: Sequence[str], reader: Reader) -> Screen:
    """Where a ticket can go: cities with a desk, and expertise wherever it is."""
    buttons = [
        Button(city_name(city, reader), actions.act(actions.DESK, "to", str(ticket.id), city))
        for city in cities
        if city != ticket.desk
    ]
    buttons += [Button(f"🎓 {skill}", actions.act(actions.DESK, "to", str(ticket.id), skill)) for skill in skills]
    if not buttons:
        return Screen(escape(reader.tr("No other desk is linked yet.")))
    return Screen(escape(reader.tr("Where should #{number} go?", number=ticket.id)), rows(buttons))


def suggestions_screen(ticket: Ticket, intents: Sequence[str], reader: Reader) -> Screen:
    """Curated answers that fit, a button each: pressed, the resident gets it in the own language."""
    buttons = tuple(
        (Button(title(intent, reader)[:60], actions.act(actions.DESK, "answer", str(ticket.id), intent)),)
        for intent in intents
    )
    tr = reader.tr
    language = spoken(ticket.language, reader.catalogue)
    words = tr("Press an answer: the resident gets it in this language: {language}. You see it in Finnish.",
               language=language)  # fmt: skip
    return Screen(escape(words), buttons)


def history_lines(entries: Sequence[Entry], names: Mapping[int, str], reader: Reader) -> list[str]:
    """One HTML line an entry: time, who, what."""
    lines = []
    for entry in entries:
        at = datetime.fromtimestamp(entry.at, HELSINKI)
        who = f" {names[entry.actor]}" if entry.actor is not None and entry.actor in names else ""
        words = entry.text or (f"[{entry.media}]" if entry.media else "–")
        when = f"{at.day}.{at.month}. {clock(at.time(), reader.language)}"
        lines.append(f"{escape(when)} {MARKS[entry.author]}{escape(who)} {escape(words)}")
    return lines


def queue_screen(waiting: Sequence[tuple[Ticket, int]], taken: Sequence[tuple[Ticket, str]], reader: Reader) -> Screen:
    """The own desk's queue and the region's: waiting minutes, and who has what."""
    tr = reader.tr
    lines = [bold(tr("Waiting"))]
    lines += [escape(_queued(ticket, minutes, reader)) for ticket, minutes in waiting]
    if not waiting:
        lines.append(escape(tr("Nobody waits.")))
    if taken:
        lines += ["", bold(tr("Taken"))]
        lines += [escape(f"#{ticket.id} · {city_name(ticket.desk, reader)} · {name}") for ticket, name in taken]
    return Screen("\n".join(lines))


def _queued(ticket: Ticket, minutes: int, reader: Reader) -> str:
    return reader.tr(
        "#{number} · {city} · {language} · {matter} · {minutes} min",
        number=ticket.id,
        city=city_name(ticket.desk, reader),
        language=ticket.language,
        matter=title(ticket.intent, reader) if ticket.intent else "?",
        minutes=minutes,
    )


Words = Callable[[Reader, Ticket, Mapping[str, Any]], str]
"""A line's words from who reads it, the ticket and the news' own values."""


def _number(ticket: Ticket) -> str:
    return f"#{ticket.id}"


def _to(values: Mapping[str, Any], reader: Reader) -> str:
    return city_name(str(values["to"]), reader)


NOTES: Mapping[str, Words] = {
    News.TAKEN: lambda r, t, v: r.tr("{name} has taken {number}.", name=v["name"], number=_number(t)),
    News.RELEASED: lambda r, t, v: r.tr(
        "{name} has released {number}: it waits again.", name=v["name"], number=_number(t)
    ),
    News.MOVED: lambda r, t, v: r.tr(
        "{name} has moved {number} to {city} ({why}).", name=v["name"], number=_number(t), city=_to(v, r), why=v["why"]
    ),
    News.EXPERT_ASKED: lambda r, _, v: r.tr(
        "{name} has asked {city} ({why}). The answer appears here.", name=v["name"], city=_to(v, r), why=v["why"]
    ),
    News.ROUTED: lambda r, t, v: r.tr(
        "{number} came here because this desk serves the language {language}.",
        number=_number(t),
        language=spoken(str(v["language"]), r.catalogue),
    ),
    News.REOPENED: lambda r, t, _: r.tr("{number} is open again and waits.", number=_number(t)),
    News.CLOSED: lambda r, t, v: _closed(_number(t), str(v.get("name") or "–"), ClosedBy(v["by"]), r),
    News.NO_TOPIC: lambda r, t, v: r.tr(
        "I could not make a topic for {number}. Give me the right to manage topics; then a coordinator writes here: "
        "/desk {city}",
        number=_number(t),
        city=v["desk"],
    ),
    News.WAITS: lambda r, t, v: r.tr(
        "{number} ({language}) has waited {minutes} minutes; the goal is {goal}.",
        number=_number(t),
        language=t.language,
        minutes=v["minutes"],
        goal=v["goal"],
    ),
    News.ESCALATED: lambda r, t, v: r.tr(
        "{number} of {city} ({language}) has waited {minutes} minutes. Who can take it?",
        number=_number(t),
        city=city_name(t.desk, r),
        language=t.language,
        minutes=v["minutes"],
    ),
    News.ERASED: lambda r, t, _: r.tr(
        "The resident of {number} has erased everything; its texts and topic are gone.", number=_number(t)
    ),
    News.RATED: lambda r, t, v: r.tr("{number} was rated {stars} of 5.", number=_number(t), stars=v["stars"]),
    News.COMMENTED: lambda r, t, v: r.tr(
        "The resident of {number} adds: {comment}", number=_number(t), comment=v["comment"]
    ),
    News.DELIVERED_NOT: lambda r, _, v: r.tr("Not delivered: {why}", why=v["why"]),
    News.MASKED: lambda r, _t, _v: r.tr(
        "A personal identifier was taken out of your message before it was stored and sent."
    ),
    News.NOT_YOURS: lambda r, _, v: r.tr(
        "{name} has this ticket: your message stays a note and was not sent.", name=v["name"]
    ),
    News.NOT_TAKEN: lambda r, _t, _v: r.tr(
        "Nobody has taken this ticket: your message stays a note and was not sent. Press Take first."
    ),
    News.TOO_LATE: lambda r, _, v: r.tr("{name} was faster: the ticket is taken.", name=v["name"]),
    News.NOT_NOW: lambda r, t, _: r.tr(
        "That cannot be done now: {number} is {state}.", number=_number(t), state=_plain_state(t, r.tr)
    ),
    News.ALREADY_HERE: lambda r, t, _: r.tr("{number} is at this desk already.", number=_number(t)),
    News.HAS_OPEN: lambda r, _t, _v: r.tr("The resident has another open request."),
    News.FORGOTTEN: lambda r, _t, _v: r.tr("The resident's data has been erased: it cannot be opened again."),
}
"""Every line that desks are told."""


def note(news: str, ticket: Ticket, values: Mapping[str, Any], reader: Reader) -> str:
    """A line in a ticket's topic, or in a desk's general one, as plain text."""
    return NOTES[news](reader, ticket, {"name": "–", **values})


def take_over(ticket: Ticket, city: str, reader: Reader) -> Keyboard:
    """The button by which another desk helps out."""
    button = Button(reader.tr("✋ To our desk"), actions.act(actions.DESK, "to", str(ticket.id), city))
    return ((button,),)


def title(intent: str, reader: Reader) -> str:
    """An intent's title in the desk's language with its id."""
    known = reader.catalogue.intents.get(intent)
    return f"{known.title(reader.language)} ({intent})" if known else intent


def city_name(city: str | None, reader: Reader) -> str:
    """A city in the desk's language."""
    known = reader.catalogue.cities.get(city or "")
    return in_language(known.names, reader.language) if known else reader.tr("not told")


def _kind(ticket: Ticket, reader: Reader) -> str:
    return reader.tr("starting a matter") if ticket.kind is TicketKind.LODGING else reader.tr("question")


def _state(ticket: Ticket, card: Card, reader: Reader) -> str:
    tr = reader.tr
    match ticket.state:
        case TicketState.WAITING:
            return tr("waits, {minutes} of {goal} min", minutes=card.waited, goal=card.goal)
        case TicketState.TAKEN:
            return tr("taken: {name}", name=card.taker or "–")
        case _:
            return tr("closed")


def _plain_state(ticket: Ticket, tr: Translator) -> str:
    words = {
        TicketState.WAITING: tr("waiting"),
        TicketState.TAKEN: tr("taken"),
        TicketState.CLOSED: tr("closed"),
    }
    return str(words[ticket.state])


def _closed(number: str, name: str, by: ClosedBy, reader: Reader) -> str:
    tr = reader.tr
    match by:
        case ClosedBy.ADVISOR:
            return tr("{name} has closed {number}.", name=name, number=number)
        case ClosedBy.RESIDENT:
            return tr("The resident has closed {number}.", number=number)
        case ClosedBy.UNREACHABLE:
            return tr("{number} is closed: the resident cannot be reached any more (blocked the bot or left Telegram).",
                      number=number)  # fmt: skip
        case ClosedBy.BANNED:
            return tr("{number} is closed: the resident is banned.", number=number)
        case ClosedBy.DELETED:
            return tr("{number} is closed: the resident has erased everything.", number=number)
