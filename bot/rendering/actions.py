"""Callback data: `kind|argument|...`, at most 64 bytes; what a button says when it is pressed.

| kind | arguments       | pressed                                                       |
|------|-----------------|---------------------------------------------------------------|
| `a`  | intent, [city]  | open the intent's answer, for that city if one is given       |
| `m`  | point           | show the point on a map (a venue)                             |
| `o`  | intent, [city]  | the intent's other service points                             |
| `r`  | intent          | all related questions of the intent                           |
| `y`  | intent          | the answer was helpful                                        |
| `n`  | intent          | the answer was not helpful                                    |
| `h`  | [intent]        | talk to a person, about that intent if one is given           |
| `T`  |                 | the list of topics                                            |
| `t`  | topic           | the questions of one topic                                    |
| `c`  | [city]          | store the city (`none`: not in Finland yet); without: ask it  |
| `l`  | [language]      | store the language; without: ask it                           |
| `s`  | language        | switch to the language the last message was written in        |
| `w`  |                 | send the last question to a person                            |
| `d`  |                 | delete everything that is stored                              |
| `x`  |                 | cancel: leave the settings as they are                        |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.rendering.screen import ACTION_BYTES

ANSWER = "a"
MAP = "m"
OTHERS = "o"
RELATED = "r"
HELPFUL = "y"
UNHELPFUL = "n"
HUMAN = "h"
TOPICS = "T"
TOPIC = "t"
CITY = "c"
LANGUAGE = "l"
SWITCH = "s"
WISH = "w"
DELETE = "d"
CANCEL = "x"

ARGUMENTS: Mapping[str, range] = MappingProxyType(
    {
        ANSWER: range(1, 3),
        MAP: range(1, 2),
        OTHERS: range(1, 3),
        RELATED: range(1, 2),
        HELPFUL: range(1, 2),
        UNHELPFUL: range(1, 2),
        HUMAN: range(2),
        TOPICS: range(1),
        TOPIC: range(1, 2),
        CITY: range(2),
        LANGUAGE: range(2),
        SWITCH: range(1, 2),
        WISH: range(1),
        DELETE: range(1),
        CANCEL: range(1),
    }
)
"""How many arguments each kind takes."""

_ARGUMENT = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does; arguments are ids of the catalogue, which the reader still has to look up."""

    kind: str
    args: tuple[str, ...] = ()


def encode(action: Action) -> str:
    """Callback data of `action`; ValueError for an unknown kind, a wrong argument or more than 64 bytes."""
    data = "|".join((action.kind, *action.args))
    if not _valid(action):
        raise ValueError(f"action {data!r}: unknown kind, or arguments that its kind does not take")
    if len(data) > ACTION_BYTES:
        raise ValueError(f"action {data!r} has {len(data)} bytes, Telegram takes {ACTION_BYTES}; shorten the id")
    return data


def decode(data: str | None) -> Action | None:
    """The action in callback data; None for anything that `encode` would not have written."""
    if not data or len(data) > ACTION_BYTES:
        return None
    kind, *args = data.split("|")
    action = Action(kind, tuple(args))
    return action if _valid(action) else None


def act(kind: str, *args: str | None) -> str:
    """Callback data of a kind with its arguments; None arguments at the end are left out."""
    return encode(Action(kind, tuple(arg for arg in args if arg is not None)))


def _valid(action: Action) -> bool:
    counts = ARGUMENTS.get(action.kind)
    return (
        counts is not None
        and len(action.args) in counts
        and all(_ARGUMENT.fullmatch(arg) is not None for arg in action.args)
    )
