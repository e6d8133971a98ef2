"""The hand-over as the resident sees it: what is passed on, the desk's hours, every change of the ticket in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.answer import Opening, OpeningStatus
from bot.domain.catalogue import Catalogue
from bot.domain.dated import in_language
from bot.domain.news import News
from bot.domain.point import ServicePoint
from bot.domain.resident import Resident
from bot.domain.ticket import Draft, Ticket, TicketKind, TicketState
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.hours import hours_lines
from bot.rendering.html import bold, escape, isolate, italic, ltr
from bot.rendering.menus import rows
from bot.rendering.numbers import full_date
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Screen

SHOWN = 700
"""Characters of the resident's own words that a summary repeats."""

MAIN = ("fi", "sv", "en")
"""Languages that are offered first, after the resident's own."""

STARS = range(1, 6)


def summary_screen(
    draft: Draft, resident: Resident, catalogue: Catalogue, tr: Translator, at: datetime, *, every: bool = False
) -> Screen:
    """What is passed on, with a button a language and the consent; `every`: all languages, not the usual ones."""
    reader = Reader(catalogue, tr, at)
    about = isolate(draft.about[:SHOWN], reader.rtl) or tr("(the file that you sent)")
    city = catalogue.cities.get(resident.city or "")
    lines = [bold(tr("This is what I pass on to an advisor:")), italic(about)]
    if answered := _answered(draft, reader):
        lines.append("\n".join(answered))
    if city:
        lines.append(escape(tr("City: {city}", city=isolate(in_language(city.names, tr.language), reader.rtl))))
    lines += [
        escape(tr("Choose every language that you can speak.")),
        escape(
            tr(
                "The advisors see your messages and a number, not your name. Send it only if you agree. "
                "How it is kept: /privacy"
            )
        ),
    ]
    return Screen("\n\n".join(lines), (*_language_rows(draft, catalogue, tr, every=every), *_send_rows(tr)))


def _answered(draft: Draft, reader: Reader) -> list[str]:
    """A lodging draft's questions with the chosen options, as HTML lines."""
    lodging = reader.catalogue.lodging.get(draft.intent or "") if draft.answers else None
    if lodging is None:
        return []
    lines = []
    for question, option in zip(lodging.questions, draft.answers, strict=False):
        asked = reader.catalogue.lodging_questions[question]
        texts = (in_language(one, reader.language, "en") for one in (asked.text, asked.options.get(option, {})))
        lines.append("• " + " ".join(escape(isolate(one, reader.rtl)) for one in texts))
    return lines


def _language_rows(
    draft: Draft, catalogue: Catalogue, tr: Translator, *, every: bool
) -> tuple[tuple[Button, ...], ...]:
    codes = list(dict.fromkeys([*draft.languages, tr.language, *MAIN]))
    others = [code for code in SPOKEN if code not in codes]
    shown = [*codes, *others] if every else codes
    buttons = [
        Button(f"{'☑' if code in draft.languages else '☐'} {spoken(code, catalogue)}", actions.act(actions.SPEAK, code))
        for code in shown
    ]
    if others and not every:
        buttons.append(Button(tr("More languages"), actions.act(actions.SPEAK, "more")))
    return rows(buttons)


def _send_rows(tr: Translator) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(tr("✅ Pass it on"), actions.act(actions.SEND)),),
        (Button(tr("Cancel"), actions.act(actions.CANCEL)),),
    )


SPOKEN: Mapping[str, str] = {
    "fi": "Suomi", "sv": "Svenska", "en": "English", "et": "Eesti", "ru": "Русский", "uk": "Українська",
    "ar": "العربية", "fa": "فارسی", "so": "Soomaali", "tr": "Türkçe", "es": "Español", "fr": "Français", "zh": "中文",
    "ku": "Kurdî", "ckb": "کوردی", "sq": "Shqip", "vi": "Tiếng Việt", "bn": "বাংলা", "ne": "नेपाली", "th": "ไทย",
}  # fmt: skip
"""Languages that residents may speak with an advisor, by their own names; wider than what the bot writes."""


def spoken(code: str, catalogue: Catalogue) -> str:
    """A language's own name, its code where it is not known."""
    known = catalogue.languages.get(code)
    return known.name if known else SPOKEN.get(code, code)


def desk_hours(status: OpeningStatus, reader: Reader) -> str:
    """The desk's hours now, as HTML, in one line."""
    if status.state is Opening.UNKNOWN:
        return escape(reader.tr("The desk's hours are not known."))
    return " ".join(hours_lines(status, reader)[:2])


def news_screen(news: str, ticket: Ticket, values: Mapping[str, Any], reader: Reader) -> Screen:
    """A change of the ticket for the resident; `values` as the desk gives them, with what post adds."""
    if news in {News.RECEIVED, News.REOPENED}:
        return _received(news, ticket, values, reader)
    if news == News.CLOSED:
        return _closed(ticket, rate=bool(values["rate"]), tr=reader.tr)
    return Screen(escape(NEWS[news](reader, ticket, values)))


def _taken(reader: Reader, ticket: Ticket, values: Mapping[str, Any]) -> str:
    number = f"#{ticket.id}"
    if not values.get("name"):
        return reader.tr(
            "An advisor has your request {number} and writes to you here. I, the bot, am silent until it is closed.",
            number=number,
        )
    return reader.tr(
        "{name}, an advisor, has your request {number} and writes to you here. I, the bot, am silent until it is "
        "closed.",
        name=isolate(str(values["name"]), reader.rtl),
        number=number,
    )


def _moved(reader: Reader, ticket: Ticket, values: Mapping[str, Any]) -> str:
    number, city = f"#{ticket.id}", _city(str(values["to"]), reader)
    if values["why"] in reader.catalogue.cities:
        return reader.tr(
            "Your request {number} was passed on to the advisors of {city}. They see everything that you wrote.",
            number=number,
            city=city,
        )
    if values["why"] in SPOKEN:
        return reader.tr(
            "Your request {number} was passed on to the advisors of {city}, because they speak {language}. They see "
            "everything that you wrote.",
            number=number,
            city=city,
            language=isolate(spoken(str(values["why"]), reader.catalogue), reader.rtl),
        )
    return reader.tr(
        "Your request {number} was passed on to the advisors of {city}, who know this matter better. They see "
        "everything that you wrote.",
        number=number,
        city=city,
    )


NEWS: Mapping[str, Callable[[Reader, Ticket, Mapping[str, Any]], str]] = {
    News.TAKEN: _taken,
    News.MOVED: _moved,
    News.ROUTED: lambda r, t, v: r.tr(
        "The advisors of {city} have your request, because they speak {language}.",
        city=_city(t.desk, r),
        language=isolate(spoken(str(v["language"]), r.catalogue), r.rtl),
    ),
    News.RELEASED: lambda r, t, _: r.tr(
        "Your request {number} waits for another advisor. Nothing that you wrote is lost.", number=f"#{t.id}"
    ),
    News.ADDED: lambda r, t, _: r.tr("Added to your request {number}. An advisor will read it.", number=f"#{t.id}"),
    News.RATED: lambda r, _t, _v: r.tr(
        "Thank you! If you like, write in one message what was good or bad. No name is asked."
    ),
}
"""Every line that residents are told and that has no buttons."""


def banned_screen(until: date, tr: Translator) -> Screen:
    """Who is banned is told until when, and the ways that stay open."""
    words = tr(
        "You cannot send requests to the advisors here until {date}. You can call or visit an advice point.",
        date=full_date(until, tr.language),
    )
    return Screen(escape(words))


def status_screen(ticket: Ticket, ahead: int, opening: OpeningStatus, reader: Reader) -> Screen:
    """An open ticket in /status: who has it, the queue, the hours, and the way out."""
    tr, number = reader.tr, f"#{ticket.id}"
    lines = [bold(_kind(ticket, tr, number))]
    if ticket.state is TicketState.WAITING:
        lines += [escape(_place(ahead, tr)), desk_hours(opening, reader)]
    else:
        lines.append(escape(tr("An advisor has it and answers you here.")))
    lines.append(escape(tr("Desk: {city}", city=_city(ticket.desk, reader))))
    return Screen("\n".join(lines), ((close_button(ticket, tr),),))


def close_button(ticket: Ticket, tr: Translator) -> Button:
    """The resident's own way to end a ticket."""
    return Button(tr("Close my request"), actions.act(actions.CLOSE, str(ticket.id)))


def _received(news: str, ticket: Ticket, values: Mapping[str, Any], reader: Reader) -> Screen:
    tr, number = reader.tr, f"#{ticket.id}"
    begun = tr("Your request {number} is open again.", number=number) if news == News.REOPENED else None
    lines = [
        bold(begun or _kind(ticket, tr, number)),
        escape(_place(int(values["ahead"]), tr)),
        escape(tr("Desk: {city}", city=_city(ticket.desk, reader))) + " · " + desk_hours(values["opening"], reader),
        *_elsewhere(values.get("open", ()), values.get("point"), reader),
        escape(
            tr(
                "An advisor will answer you here, in this chat. You can add messages, photos or voice. I, the bot, "
                "still answer questions. See /status"
            )
        ),
    ]
    moves = [
        (Button(tr("Pass it on to {city}", city=_city(city, reader)), actions.act(actions.MOVE, str(ticket.id), city)),)
        for city in values.get("open", ())
    ]
    return Screen("\n".join(lines), (*moves, (close_button(ticket, tr),)))


def _kind(ticket: Ticket, tr: Translator, number: str) -> str:
    if ticket.kind is TicketKind.LODGING:
        return tr("Your request {number}: starting a matter with an advisor", number=number)
    return tr("Your request {number} has been received", number=number)


def _place(ahead: int, tr: Translator) -> str:
    if ahead == 0:
        return tr("You are the first in the queue.")
    return tr.plural("{n} request is before yours.", "{n} requests are before yours.", ahead)


def _elsewhere(cities: Iterable[str], point: ServicePoint | None, reader: Reader) -> list[str]:
    """Outside the desk's hours: which desks are open now, else an advice point to call or visit."""
    names = [_city(city, reader) for city in cities]
    if names:
        return [escape(reader.tr("Open now, and they serve you too: {cities}", cities=", ".join(names)))]
    if point is None:
        return []
    phones = [ltr(phone.number, reader.rtl) for phone in point.phones[:1]]
    shown = ", ".join([isolate(in_language(point.names, reader.language, "en"), reader.rtl), *phones])
    return [escape(reader.tr("An advice point that is open now: {point}", point=shown))]


def _closed(ticket: Ticket, *, rate: bool, tr: Translator) -> Screen:
    number = f"#{ticket.id}"
    again = Button(tr("Open it again"), actions.act(actions.REOPEN, str(ticket.id)))
    text = tr("Your request {number} is closed. I, the bot, answer your questions again.", number=number)
    if not rate:
        return Screen(escape(text), ((again,),))
    ask = tr("How was the advice? 1 is bad, 5 is very good.")
    stars = tuple(Button(str(star), actions.act(actions.RATE, str(ticket.id), str(star))) for star in STARS)
    return Screen(f"{escape(text)}\n\n{escape(ask)}", (stars, (again,)))


def _city(city: str, reader: Reader) -> str:
    known = reader.catalogue.cities.get(city)
    return isolate(in_language(known.names, reader.language, "en"), reader.rtl) if known else city
