"""`neuvoja chat`: a conversation in the terminal, through the same code as in Telegram."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from bot.cli.common import Intents, Knowledge, city_id, conversation, language_code, moment, settings
from bot.conversation.heard import Commanded, Heard, Located, Moment, Pressed, Said
from bot.domain.resident import Resident
from bot.privacy.masking import mask
from bot.rendering.actions import decode
from bot.rendering.plain import as_text
from bot.rendering.screen import Button, Screen

INTRODUCTION = (
    "A conversation as in Telegram. Write a question, the [number] of a button, a command such as /topics, "
    "or @60.2178,24.8110 to share a location. Leave with /quit."
)


def command(
    lang: Annotated[str | None, typer.Option(help="The resident's language.")] = None,
    city: Annotated[str | None, typer.Option(help="The resident's city.")] = None,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Talk to the bot in the terminal."""
    talk = conversation(settings(intents, knowledge))
    resident = Resident(0, language=language_code(lang, talk), city=city_id(city))
    print(INTRODUCTION)
    buttons: list[Button] = []
    heard: Heard | None = Commanded("start")
    while True:
        if heard is not None:
            reply = talk.respond(heard, Moment(resident, moment(None), lang))
            resident = reply.resident
            if reply.toast:
                print(f"({reply.toast})")
            if reply.duty:
                print("(Nothing is stored in this terminal.)")
            buttons = _show(reply.screens) or buttons
        try:
            line = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if line == "/quit":
            return
        heard = _heard(line, buttons)


def _show(screens: tuple[Screen, ...]) -> list[Button]:
    """Prints screens with their buttons numbered through; the buttons that can be pressed now."""
    shown: list[Button] = []
    for screen in screens:
        print()
        print(as_text(screen, first=len(shown) + 1))
        shown += screen.buttons
    return shown


def _heard(line: str, buttons: list[Button]) -> Heard | None:
    if not line:
        return None
    if line.isdecimal() and len(line) < 5 and 1 <= int(line) <= len(buttons):
        button = buttons[int(line) - 1]
        if button.url:
            print(button.url)
            return None
        return Pressed(decode(button.action))
    if line.startswith("@"):
        with suppress(ValueError):
            latitude, longitude = (float(part) for part in line[1:].split(","))
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return Located((latitude, longitude))
    if line.startswith("/"):
        return Commanded(line[1:].split(maxsplit=1)[0].lower() if line[1:].split() else "help")
    masked = mask(line)
    return Said(masked.text, tuple(masked.kinds))
