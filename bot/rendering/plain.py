"""Screens as plain text, for terminals and logs of tests."""

from __future__ import annotations

import re
from html import unescape

from bot.rendering.html import without_bidi
from bot.rendering.screen import Screen

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def plain_text(html: str) -> str:
    """Telegram HTML without tags, links as "text (url)", without direction marks."""
    return without_bidi(unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", html))))


def as_text(screen: Screen, first: int = 1) -> str:
    """A screen for a terminal; buttons are numbered from `first` in the order of `Screen.buttons`."""
    lines = [plain_text(screen.html)] if screen.html else []
    if screen.venue:
        venue = screen.venue
        lines.append(f"🗺 {venue.title}, {venue.address} ({venue.latitude}, {venue.longitude})")
    if screen.ask_location:
        lines.append(f"[{screen.ask_location}]")
    if screen.buttons:
        lines.append("")
    for number, button in enumerate(screen.buttons, first):
        lines.append(f"[{number}] {button.text}" + (f" ({button.url})" if button.url else ""))
    return without_bidi("\n".join(lines))
