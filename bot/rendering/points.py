"""Service points: one in full, the list of the others, a pin on the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.answer import Answer, Opening, PointView
from bot.domain.catalogue import Catalogue
from bot.domain.dated import in_language
from bot.domain.point import Phone, ServicePoint
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.hours import hours_lines
from bot.rendering.html import bold, escape, isolate, link, ltr, mark, prose, right, safe
from bot.rendering.numbers import distance
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Screen, Venue
from bot.rendering.split import split

_LISTED = 12
"""Points on one list; more would not be read."""

_URL_SHOWN = 40


def point_block(view: PointView, reader: Reader, *, with_city: bool = False) -> str:
    """A point as HTML lines: name, address, distance, hours, phones, booking, web page, notices."""
    point = view.point
    lines = [
        f"📍 {_names(point, reader)}",
        *([escape(reader.city(point.city))] if with_city and point.city else []),
        *_where(view, reader),
        *_hours(view, reader),
        *(_phone(phone, reader) for phone in point.phones),
        *_languages(point, reader),
        *_pages(point, reader),
        *(f"⚠️ {prose(reader.text(notice.text), reader.rtl)}" for notice in point.notices),
    ]
    return "\n".join(right(line, reader.rtl) for line in lines)


def others_screens(answer: Answer, catalogue: Catalogue, tr: Translator, at: datetime) -> list[Screen]:
    """All points of an answer but its first, with contacts; the resident's own city's before the other cities'."""
    reader = Reader(catalogue, tr, at)
    listed = [*answer.points[1:], *answer.other_points][:_LISTED]
    if not listed:
        text = safe(tr("We know no other service points for this."))
        return [Screen(text, ((person_button(tr, answer.intent),),))]
    intent = catalogue.intents.get(answer.intent)
    note = (
        tr("The advice points of every city also serve you, wherever you live.")
        if intent and intent.service == "advice"
        else tr("Ask first whether a point in another city serves residents of your city.")
    )
    blocks = [bold(tr("Other service points")), safe(note)]
    blocks += [point_block(view, reader, with_city=True) for view in listed]
    *before, last = split("\n\n".join(blocks))
    rows = [*_map_rows(listed, reader), (Button(tr("Back to the answer"), _back(answer)),)]
    return [*(Screen(part) for part in before), Screen(last, tuple(rows))]


def desks_screen(views: Sequence[PointView], catalogue: Catalogue, tr: Translator, at: datetime) -> Screen:
    """The cities' advice points, one short block each, in the order given."""
    reader = Reader(catalogue, tr, at)
    blocks = [point_block(view, reader, with_city=True) for view in views]
    return Screen("\n\n".join(blocks), tuple(_map_rows(views, reader)))


def venue_screen(point: ServicePoint, language: str) -> Screen | None:
    """The point's pin on the map, None without coordinates."""
    if point.coordinates is None:
        return None
    latitude, longitude = point.coordinates
    name = in_language(point.names, language, "en")
    address = _address(point) or point.operator or name
    return Screen("", venue=Venue(latitude, longitude, name, address))


def map_button(tr: Translator, point: ServicePoint) -> Button | None:
    """The button that shows the point on a map, None without coordinates."""
    return Button(tr("🗺 Show on the map"), actions.act(actions.MAP, point.id)) if point.coordinates else None


def person_button(tr: Translator, intent: str | None = None) -> Button:
    """The button to a person, about `intent` if given."""
    return Button(tr("💬 Talk to a person"), actions.act(actions.HUMAN, intent))


def short_url(url: str) -> str:
    """A url as it is read: without scheme, www and trailing slash, cut at 40 characters."""
    parts = urlsplit(url)
    shown = (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
    return shown if len(shown) <= _URL_SHOWN else shown[: _URL_SHOWN - 1] + "…"


def _back(answer: Answer) -> str:
    return actions.act(actions.ANSWER, answer.intent, answer.city)


def _map_rows(views: Sequence[PointView], reader: Reader) -> list[tuple[Button, ...]]:
    return [
        (Button(f"🗺 {reader.text(view.point.names)}", actions.act(actions.MAP, view.point.id)),)
        for view in views
        if view.point.coordinates
    ]


def _names(point: ServicePoint, reader: Reader) -> str:
    name, finnish = reader.text(point.names), point.names.get("fi", "")
    shown = f"<b>{escape(isolate(name, reader.rtl))}</b>"
    return shown if finnish in {"", name} else f"{shown} ({escape(isolate(finnish, reader.rtl))})"


def _address(point: ServicePoint) -> str:
    if point.address is None:
        return ""
    area = " ".join(part for part in (point.address.postal_code, point.address.town) if part)
    return ", ".join(part for part in (point.address.street, area) if part)


def _where(view: PointView, reader: Reader) -> list[str]:
    address = escape(ltr(_address(view.point), reader.rtl))
    if view.distance_m is None:
        return [address] if address else []
    far = distance(view.distance_m, reader.language)
    away = safe(reader.tr("{distance} from you", distance=isolate(far, reader.rtl)))
    return [address, away] if address else [away]


def _hours(view: PointView, reader: Reader) -> list[str]:
    # An e-service or phone line without known hours says nothing rather than "check before you go".
    if view.opening.state is Opening.UNKNOWN and not view.point.in_person:
        return []
    first, *rest = hours_lines(view.opening, reader)
    return [f"🕘 {first}", *rest]


def _phone(phone: Phone, reader: Reader) -> str:
    number = escape(ltr(phone.number, reader.rtl))
    note = prose(reader.text(phone.note), reader.rtl)
    return f"☎️ {number} ({note})" if note else f"☎️ {number}"


def _languages(point: ServicePoint, reader: Reader) -> list[str]:
    """Said only where it is news: service in a language that the law does not already promise."""
    required = reader.catalogue.agreement.required_languages
    if reader.language in point.languages and reader.language not in required:
        return [safe(reader.tr("Service also in your language"))]
    return [safe(reader.tr("An interpreter can be arranged: ask for one"))] if point.interpreter else []


def _pages(point: ServicePoint, reader: Reader) -> list[str]:
    lines = []
    if point.booking:
        shown = mark(link(point.booking, ltr(short_url(point.booking), reader.rtl)))
        lines.append(safe(reader.tr("Book an appointment: {link}", link=shown)))
    if point.url:
        shown = mark(link(point.url, ltr(short_url(point.url), reader.rtl)))
        lines.append(safe(reader.tr("Web page: {link}", link=shown)))
    return lines
