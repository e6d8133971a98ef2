"""Screens as Bot API calls: the one place where rendering meets Telegram's parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.rendering.screen import Button, Screen
from bot.rendering.split import split

Call = tuple[str, dict[str, Any]]
"""A method and its parameters without the chat."""


def calls(screens: Iterable[Screen]) -> list[Call]:
    """The calls that show `screens`, long texts split; buttons stand under the last part."""
    return [call for screen in screens for call in _calls(screen)]


def _calls(screen: Screen) -> list[Call]:
    markup = _markup(screen)
    if screen.venue:
        venue = {
            "latitude": screen.venue.latitude,
            "longitude": screen.venue.longitude,
            "title": screen.venue.title,
            "address": screen.venue.address,
        }
        return [("sendVenue", venue | markup)]
    parts = split(screen.html)
    if not parts:
        return []
    *before, last = parts
    return [*(("sendMessage", _message(part)) for part in before), ("sendMessage", _message(last) | markup)]


def _message(html: str) -> dict[str, Any]:
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _markup(screen: Screen) -> dict[str, Any]:
    if screen.ask_location:
        # Telegram takes a location only from the keyboard under the text field, not from a button in a message.
        share = {"text": screen.ask_location, "request_location": True}
        return {"reply_markup": {"keyboard": [[share]], "resize_keyboard": True, "one_time_keyboard": True}}
    if screen.drop_keyboard:
        return {"reply_markup": {"remove_keyboard": True}}
    if screen.keyboard:
        return {"reply_markup": {"inline_keyboard": [[_button(button) for button in row] for row in screen.keyboard]}}
    return {}


def _button(button: Button) -> dict[str, str]:
    return {"text": button.text} | ({"url": button.url} if button.url else {"callback_data": button.action or ""})
