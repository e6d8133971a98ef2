"""Telegram HTML: escaping, emphasis, links, and direction marks for right-to-left languages."""

from __future__ import annotations

import re
from html import escape as _escape
from unicodedata import category

FSI, LRI, PDI, RLM = "\u2068", "\u2066", "\u2069", "\u200f"
"""First-strong and left-to-right isolate, their end, and the right-to-left mark (Unicode UAX 9)."""

_OPEN, _CLOSE = "\x02", "\x03"
_RUNS = re.compile(r"(?<![\w/])/[a-z]+|\+?\d+(?:[ \u00a0–-]\d+)+")
"""Commands, phone numbers and ranges: in right-to-left text their pieces would change places."""

_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """`text` with <, >, & and double quotes as entities."""
    return _escape(text, quote=False).replace('"', "&quot;")


def visible(text: str) -> bool:
    """Whether anything of `text` shows; Telegram refuses messages of white space and format characters alone."""
    return any(not one.isspace() and category(one) not in {"Cf", "Cc"} for one in text)


def prose(text: str, rtl: bool) -> str:
    """Plain curated `text`, escaped; in an `rtl` language with its commands and numbers isolated."""
    return escape(_RUNS.sub(lambda run: ltr(run.group(), rtl), text) if rtl else text)


def bold(text: str) -> str:
    """Plain `text` in bold."""
    return f"<b>{escape(text)}</b>"


def italic(text: str) -> str:
    """Plain `text` in italics."""
    return f"<i>{escape(text)}</i>"


def link(url: str, text: str) -> str:
    """A link to `url` with plain `text`."""
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def mark(html: str) -> str:
    """`html` to be put into an interface text: `safe(tr("See {link}.", link=mark(link(...))))`."""
    return f"{_OPEN}{html}{_CLOSE}"


def safe(text: str) -> str:
    """A translated `text` as HTML: everything is escaped but the values given by `mark`."""
    pieces = _MARKED.split(text)
    # re.split with one group alternates: outside, inside, outside ...
    return "".join(piece if index % 2 else escape(piece) for index, piece in enumerate(pieces))


def ltr(text: str, rtl: bool) -> str:
    """`text` isolated as left-to-right (phones, urls, addresses) where the language around it is `rtl`."""
    return f"{LRI}{text}{PDI}" if rtl and text else text


def isolate(text: str, rtl: bool) -> str:
    """`text` of unknown direction (names, official terms) isolated where the language around it is `rtl`."""
    return f"{FSI}{text}{PDI}" if rtl and text else text


def right(line: str, rtl: bool) -> str:
    """`line` begun with a right-to-left mark in an `rtl` language, so that a leading isolate cannot turn it."""
    return f"{RLM}{line}" if rtl and line else line


def without_bidi(text: str) -> str:
    """`text` without direction marks, for terminals and comparisons."""
    return _BIDI.sub("", text)
