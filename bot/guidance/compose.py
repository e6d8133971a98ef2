"""One answer from an intent: dated words, the city's part, points, sources and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

from bot.domain.answer import Answer, Dialogue, Freshness, PointView
from bot.domain.catalogue import Catalogue
from bot.domain.dated import ALWAYS, Certainty, Source, in_language
from bot.domain.intent import CityPart, Intent, Version
from bot.domain.place import Place
from bot.domain.point import Authority
from bot.guidance.elsewhere import other_town
from bot.guidance.hours import HELSINKI
from bot.guidance.points import points_for

_FALLBACKS = ("fi", "en")
_RANK = {Certainty.LOW: 0, Certainty.MEDIUM: 1, Certainty.HIGH: 2}


def compose_answer(
    catalogue: Catalogue,
    intent: Intent,
    *,
    language: str,
    city: str | None,
    place: Place | None,
    at: datetime,
    coordinates: tuple[float, float] | None = None,
) -> Answer:
    """The answer to `intent` for a resident of `city` at the timezone-aware `at`; an unknown city counts as none."""
    day = at.astimezone(HELSINKI).date()
    city = city if city in catalogue.cities else None
    text_language, words = wording(intent, language, day)
    part = catalogue.city_parts.get((city, intent.id)) if city else None
    points = points_for(catalogue, intent.service, city=city, at=at, language=language, coordinates=coordinates)
    first = points.own[0] if points.own else None
    checked = _checked(intent, part, first)
    return Answer(
        intent=intent.id,
        language=language,
        text_language=text_language,
        title=intent.title(language),
        text=words.answer,
        steps=words.steps,
        bring=words.bring,
        urgent=intent.urgent,
        in_person=intent.in_person.value,
        terms=intent.terms,
        authority=_authority(catalogue, intent),
        city=city,
        place=place,
        city_text=in_language(part.on(day), language, text_language, "en").strip() if part else "",
        points=points.own,
        other_points=points.others,
        related=tuple(each for each in intent.related if each in catalogue.intents),
        sources=_sources(catalogue, intent, part, city),
        freshness=_freshness(checked, day, intent.review_after_days),
        checked=checked,
        certainty=_certainty(intent, part, first),
        unreviewed=text_language in intent.texts and intent.texts[text_language].unreviewed,
        other_town=other_town(catalogue, intent, place),
    )


def compose_dialogue(intent: Intent, language: str, at: datetime) -> Dialogue:
    """The bot's own act in `language`, else in Finnish or English; '' when no wording exists."""
    _, words = wording(intent, language, at.astimezone(HELSINKI).date())
    return Dialogue(intent.id, language, words.answer)


def wording(intent: Intent, language: str, day: date) -> tuple[str, Version]:
    """(language, words on `day`): `language`, else fi, en or any that has a text; a draft is empty in `language`."""
    for code in dict.fromkeys((language, *_FALLBACKS, *intent.texts)):
        text = intent.texts.get(code)
        words = text.on(day) if text else None
        if words and words.answer.strip():
            return code, Version(words.validity, words.answer.strip(), words.steps, words.bring)
    return language, Version(ALWAYS)


def _authority(catalogue: Catalogue, intent: Intent) -> Authority | None:
    service = catalogue.services.get(intent.service or "")
    return catalogue.authorities.get(intent.authority or (service.authority if service else None) or "")


def _sources(catalogue: Catalogue, intent: Intent, part: CityPart | None, city: str | None) -> tuple[Source, ...]:
    """The city's pages first, then the shared ones without other cities' own sites; each url once."""
    foreign = tuple(
        _host(known.desk.url) for known in catalogue.cities.values() if city and known.id != city and known.desk.url
    )
    shared = [source for source in intent.sources if not _within(_host(source.url), foreign)]
    by_url: dict[str, Source] = {}
    for source in (*(part.sources if part else ()), *(shared or ([] if part else intent.sources))):
        by_url.setdefault(source.url, source)
    return tuple(by_url.values())


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _within(host: str, sites: Iterable[str]) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in sites if site)


def _newest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _checked(intent: Intent, part: CityPart | None, first: PointView | None) -> date | None:
    """The oldest of the newest checks of everything shown: the words, the city's part, the first point.

    None as soon as one of them was never checked: an answer is no fresher than its stalest piece.
    """
    pieces = [_newest(source.checked for source in intent.sources)]
    if part:
        pieces.append(_newest((part.checked, *(source.checked for source in part.sources))))
    if first:
        pieces.append(_newest((first.point.checked, *(source.checked for source in first.point.sources))))
    days = [day for day in pieces if day]
    return min(days) if len(days) == len(pieces) else None


def _freshness(checked: date | None, day: date, review_after_days: int) -> Freshness:
    if checked is None:
        return Freshness.UNCHECKED
    return Freshness.CHECKED if (day - checked).days <= review_after_days else Freshness.STALE


def _certainty(intent: Intent, part: CityPart | None, first: PointView | None) -> Certainty:
    """The lowest certainty used; LOW when nothing says where the facts come from."""
    used = [source.certainty for source in intent.sources]
    if part:
        used += [part.certainty, *(source.certainty for source in part.sources)]
    if first:
        used.append(first.point.certainty)
    return min(used, key=_RANK.__getitem__, default=Certainty.LOW)
