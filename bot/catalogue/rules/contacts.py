"""Phone numbers, e-mail addresses and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import shortnumberinfo

from bot.catalogue.draft import Draft
from bot.catalogue.problem import Report, shown
from bot.catalogue.rules.walk import sources

REGION = "FI"

_DIALLED = re.compile(r"\+?[0-9][0-9 ()\-]*\Z", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\Z")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,}\Z")

At = tuple[str, int]


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    for at, number in _phones(draft):
        _phone(number, at, report)
    for at, address in _emails(draft):
        _email(address, at, report)
    for at, url in chain(_urls(draft), _glossary_urls(draft)):
        _url(url, at, report)


def _phones(draft: Draft) -> Iterator[tuple[At, str]]:
    """Every phone number with its place."""
    for city in draft.cities.values():
        if city.model.desk.phone:
            yield city.at(("desk", "phone")), city.model.desk.phone
    for point in draft.points.values():
        for number, phone in enumerate(point.model.phones):
            yield point.at(("phones", number, "number")), phone.number


def _emails(draft: Draft) -> Iterator[tuple[At, str]]:
    """Every e-mail address with its place."""
    for city in draft.cities.values():
        if city.model.desk.email:
            yield city.at(("desk", "email")), city.model.desk.email
    for point in draft.points.values():
        if point.model.email:
            yield point.at(("email",)), point.model.email


def _urls(draft: Draft) -> Iterator[tuple[At, str]]:
    """Every link with its place."""
    for city in draft.cities.values():
        if city.model.desk.url:
            yield city.at(("desk", "url")), city.model.desk.url
    for point in draft.points.values():
        for key, url in (("url", point.model.url), ("booking", point.model.booking)):
            if url:
                yield point.at((key,)), url
    for services in filter(None, [draft.services]):
        for key, authority in services.model.authorities.items():
            if authority.url:
                yield services.at(("authorities", key, "url")), authority.url
    for file, keys, source in sources(draft):
        yield file.at((*keys, "url")), source.url


def _glossary_urls(draft: Draft) -> Iterator[tuple[At, str]]:
    """The glossary's sources with their places."""
    for glossary in filter(None, [draft.glossary]):
        for term, model in glossary.model.root.items():
            for number, url in enumerate(model.sources):
                yield glossary.at((term, "sources", number)), url


def _phone(number: str, at: At, report: Report) -> None:
    """Reports a number that cannot be dialled in Finland."""
    example = 'write it as dialled: "09 310 11111", "+358 9 310 11111", "116 117"'
    if not _DIALLED.match(number):
        report.error(*at, f"{shown(number)} is not a phone number", example)
    elif not _is_possible(number):
        report.error(*at, f"{shown(number)} is not a possible phone number", example)
    elif re.match(r"\+358 ?\(?0", number):
        report.warn(*at, f"{shown(number)} has a 0 after +358", "leave the 0 out")


def _is_possible(number: str) -> bool:
    """True for a Finnish or foreign number of a possible length, and for short numbers such as 112 and 116 117."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return False
    if number.startswith(("+", "0")):
        return phonenumbers.is_possible_number(parsed)
    digits = re.sub(r"\D", "", number)
    harmonised = digits.startswith("116") and len(digits) == 6
    return harmonised or shortnumberinfo.is_valid_short_number_for_region(parsed, REGION)


def _email(address: str, at: At, report: Report) -> None:
    """Reports what is no e-mail address."""
    if not _EMAIL.match(address):
        report.error(*at, f"{shown(address)} is not an e-mail address", "write one, such as info@example.fi, or null")


def _url(url: str, at: At, report: Report) -> None:
    """Reports what is no link; http is only warned about."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"https", "http"} and _HOST.match(parts.hostname or "") is not None
    except ValueError:
        parts, sound = urlsplit(""), False
    if not sound or any(character.isspace() for character in url):
        report.error(*at, f"{shown(url)} is not a link", "write one address that begins with https://, without spaces")
    elif parts.scheme == "http":
        report.warn(*at, f"{shown(url)} is not encrypted", "use https:// if the page has it")
