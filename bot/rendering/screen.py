"""One message as a value: its HTML, its buttons and, at most, a location request or a venue."""

from __future__ import annotations

from dataclasses import dataclass

ACTION_BYTES = 64
"""Telegram's limit for callback data, UTF-8."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that carries either an `action` (callback data, 1-64 bytes) or a `url`; ValueError otherwise."""

    text: str
    action: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.action is None) == (self.url is None):
            raise ValueError(f"button {self.text!r}: give it an action or a url, one of them")
        if self.action is not None and not 1 <= len(self.action.encode()) <= ACTION_BYTES:
            raise ValueError(f"button {self.text!r}: action {self.action!r} is not 1-{ACTION_BYTES} bytes long")


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A pin on the map, WGS84 degrees; Telegram wants title and address non-empty."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A message to send; `html` is Telegram HTML of at most 4096 visible characters, '' for a venue alone.

    A location request carries no keyboard: Telegram takes one kind of keyboard a message.
    """

    html: str
    keyboard: Keyboard = ()
    ask_location: str | None = None
    """Label of a button that shares the resident's location."""
    venue: Venue | None = None
    drop_keyboard: bool = False
    """Takes the location button away again; only without a keyboard of its own."""

    def __post_init__(self) -> None:
        if self.ask_location is not None and self.keyboard:
            raise ValueError("a screen asks for a location or has buttons, not both; make two screens")

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, row by row."""
        return tuple(button for row in self.keyboard for button in row)
