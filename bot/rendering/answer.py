"""An answer on a phone: the urgent line first, then what to do, who handles it, where to go and how sure we are."""

from __future__ import annotations

from datetime import datetime

from bot.domain.answer import Answer, Freshness, PointView
from bot.domain.catalogue import Catalogue
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.elsewhere import town_line
from bot.rendering.html import bold, isolate, italic, link, ltr, mark, prose, right, safe
from bot.rendering.numbers import full_date, language_name
from bot.rendering.points import map_button, person_button, point_block, short_url
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.split import split

_RELATED = 3
_LINKS = 3
_CITY = "city"
"""Authority id of what every city handles itself."""

_TERMS = 3

_NOBODY = "none-needed"
"""Authority id of matters that no authority handles."""


def answer_screens(answer: Answer, catalogue: Catalogue, tr: Translator, at: datetime) -> list[Screen]:
    """The answer as messages to send in order; the last one carries the buttons."""
    reader = Reader(catalogue, tr, at)
    blocks = _draft(answer, reader) if not answer.text else _full(answer, reader)
    *before, last = split("\n\n".join(block for block in blocks if block))
    return [*(Screen(part) for part in before), Screen(last, answer_keyboard(answer, reader))]


def answer_keyboard(answer: Answer, reader: Reader) -> Keyboard:
    """Map, other points, city, related questions, helpful or not, a person; a draft offers only the person."""
    tr = reader.tr
    person = (person_button(tr, answer.intent),)
    if not answer.text:
        return (person,)
    rows: list[tuple[Button, ...]] = []
    pins = [pin for view in _shown(answer) if (pin := map_button(tr, view.point))]
    if pins:
        rows.append((pins[0],))
    if answer.points[1:] or answer.other_points:
        rows.append((Button(tr("Other service points"), actions.act(actions.OTHERS, answer.intent, answer.city)),))
    if answer.city is None and _depends_on_city(answer, reader):
        rows.append((Button(tr("🏙 Choose your city"), actions.act(actions.CITY)),))
    if answer.intent in reader.catalogue.lodging:
        rows.append((Button(tr("📝 Start this with an advisor"), actions.act(actions.LODGE, answer.intent)),))
    rows += [_open_button(intent, reader) for intent in answer.related[:_RELATED]]
    if len(answer.related) > _RELATED:
        rows.append((Button(tr("More related questions"), actions.act(actions.RELATED, answer.intent)),))
    rows.append(
        (
            Button(tr("👍 Helpful"), actions.act(actions.HELPFUL, answer.intent)),
            Button(tr("👎 Not helpful"), actions.act(actions.UNHELPFUL, answer.intent)),
        )
    )
    return (*rows, person)


def related_screen(intent: str, catalogue: Catalogue, tr: Translator, at: datetime) -> Screen:
    """Every related question of an intent as a button."""
    reader = Reader(catalogue, tr, at)
    known = catalogue.intents.get(intent)
    related = [each for each in known.related if each in catalogue.intents] if known else []
    rows = [_open_button(each, reader) for each in related]
    return Screen(bold(tr("Related questions")), (*rows, (person_button(tr, intent),)))


def _open_button(intent: str, reader: Reader) -> tuple[Button, ...]:
    title = reader.catalogue.intents[intent].title(reader.language)
    return (Button(title, actions.act(actions.ANSWER, intent)),)


def _depends_on_city(answer: Answer, reader: Reader) -> bool:
    intent = reader.catalogue.intents.get(answer.intent)
    service = reader.catalogue.services.get(intent.service or "") if intent else None
    return bool(service and service.points) or any(key[1] == answer.intent for key in reader.catalogue.city_parts)


def _full(answer: Answer, reader: Reader) -> list[str]:
    tr = reader.tr
    return [
        bold(tr("🚨 Urgent. If life or health is in danger, call 112 now.")) if answer.urgent else "",
        _place(answer, reader),
        bold(answer.title),
        prose(answer.text, reader.rtl),
        _listed(tr("What to do"), [f"{n}. {step}" for n, step in enumerate(answer.steps, 1)], reader),
        _listed(tr("Have ready"), [f"• {item}" for item in answer.bring], reader),
        _handling(answer, reader),
        _city_part(answer, reader),
        *(point_block(view, reader) for view in _shown(answer)),
        _freshness(answer, reader),
        _links(answer, reader),
        _other_language(answer, reader),
    ]


def _shown(answer: Answer) -> tuple[PointView, ...]:
    """The first point, and the nearest one when the resident shared a location and the first is a phone service."""
    near = [view for view in answer.points if view.distance_m is not None]
    if not near or near[0] is answer.points[0]:
        return answer.points[:1]
    return (answer.points[0], near[0])


def _draft(answer: Answer, reader: Reader) -> list[str]:
    return [
        bold(reader.tr("🚨 Urgent. If life or health is in danger, call 112 now.")) if answer.urgent else "",
        town_line(answer.place, reader) if answer.place and answer.other_town else "",
        bold(answer.title),
        safe(reader.tr("We do not have a text about this yet. A person can advise you.")),
        _authority(answer, reader),
        _links(answer, reader),
    ]


def _place(answer: Answer, reader: Reader) -> str:
    place = answer.place
    if place is None:
        return ""
    if place.outside:
        return town_line(place, reader) if answer.other_town else ""
    named = reader.catalogue.cities.get(place.city or "")
    if named is None:
        return ""
    city, name = reader.text(named.names), isolate(place.name, reader.rtl)
    if place.name in named.names.values():
        return italic(reader.tr("This answer is for {city}.", city=city))
    return italic(reader.tr("This answer is for {city} ({place}).", city=city, place=name))


def _listed(heading: str, lines: list[str], reader: Reader) -> str:
    return "\n".join([bold(heading), *(prose(line, reader.rtl) for line in lines)]) if lines else ""


def _authority(answer: Answer, reader: Reader) -> str:
    if answer.authority is None or answer.authority.id == _NOBODY:
        return ""
    own_city = answer.city if answer.authority.id == _CITY else None
    names = reader.city(own_city) if own_city else reader.text(answer.authority.names)
    name = bold(isolate(names, reader.rtl))
    return safe(reader.tr("Handled by: {authority}", authority=mark(name)))


def _handling(answer: Answer, reader: Reader) -> str:
    """Who handles the matter, whether one must go there, and its official names."""
    tr = reader.tr
    visit = {
        "always": tr("This must be done in person."),
        "sometimes": tr("Part of this may have to be done in person."),
        "no": tr("You do not have to go anywhere for this."),
    }.get(answer.in_person, "")
    finnish = _terms(answer, "fi", reader)
    swedish = _terms(answer, "sv", reader)
    lines = [
        _authority(answer, reader),
        "" if answer.urgent else safe(visit),
        safe(tr("In Finnish: {terms}", terms=finnish)) if finnish else "",
        safe(tr("In Swedish: {terms}", terms=swedish)) if swedish else "",
    ]
    return "\n".join(line for line in lines if line)


def _terms(answer: Answer, language: str, reader: Reader) -> str:
    """Official terms in `language`; none for a reader of that language, whose text has them anyway."""
    if language == reader.language:
        return ""
    terms = [term[language] for term in answer.terms if term.get(language)]
    return ", ".join(isolate(term, reader.rtl) for term in terms[:_TERMS])


def _city_part(answer: Answer, reader: Reader) -> str:
    if not (answer.city and answer.city_text):
        return ""
    return f"{bold(reader.city(answer.city))}\n{prose(answer.city_text, reader.rtl)}"


def _links(answer: Answer, reader: Reader) -> str:
    tr = reader.tr
    # Unless the page was checked, the freshness line names the first page already.
    named = bool(answer.text) and answer.freshness is not Freshness.CHECKED
    sources = answer.sources[1:_LINKS] if named else answer.sources[:_LINKS]
    if not sources:
        return ""
    links = [right(f"• {_link(source.url, reader)}", reader.rtl) for source in sources]
    return "\n".join([bold(tr("More official pages") if named else tr("Official pages")), *links])


def _link(url: str, reader: Reader) -> str:
    return link(url, ltr(short_url(url), reader.rtl))


def _freshness(answer: Answer, reader: Reader) -> str:
    tr = reader.tr
    url = answer.sources[0].url if answer.sources else None
    day = full_date(answer.checked, reader.language) if answer.checked else ""
    shown = mark(_link(url, reader)) if url else ""
    if answer.unreviewed and url and answer.freshness is Freshness.UNCHECKED:
        line = tr("Translation and facts not yet checked by a person. Check the details at {link}.", link=shown)
        return f"<i>{safe(line)}</i>"
    if answer.freshness is Freshness.CHECKED:
        line = tr("Checked on {date}.", date=day)
    elif answer.freshness is Freshness.STALE and url:
        line = tr("Last checked on {date}, a long time ago. Check the details at {link}.", date=day, link=shown)
    elif answer.freshness is Freshness.STALE:
        line = tr("Last checked on {date}, a long time ago. Ask before you act.", date=day)
    elif url:
        line = tr("Not yet compared with the official pages. Check the details at {link}.", link=shown)
    else:
        line = tr("Not yet compared with the official pages. Ask before you act.")
    if answer.unreviewed:
        line = f"{line} {_unreviewed(answer, shown, reader)}"
    return f"<i>{safe(line)}</i>"


def _unreviewed(answer: Answer, shown: str, reader: Reader) -> str:
    """That no person has read the translation, with the official page unless the line before names it."""
    if shown and answer.freshness is Freshness.CHECKED:
        return reader.tr("Translation not yet checked by a person. Official page: {link}", link=shown)
    return reader.tr("Translation not yet checked by a person.")


def _other_language(answer: Answer, reader: Reader) -> str:
    """Said when words are missing in the resident's language: the answer's own or the city's part."""
    tr, shown = reader.tr, answer.text_language
    if shown != answer.language:
        name = language_name(shown, reader.language) or shown
        return italic(tr("Not translated into your language yet. Language of this text: {language}.", language=name))
    part = reader.catalogue.city_parts.get((answer.city or "", answer.intent))
    if answer.city_text and part and not part.on(reader.today).get(answer.language):
        return italic(tr("The city's own part is not translated into your language yet."))
    return ""
