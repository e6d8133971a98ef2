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
| `k`  | language        | a language that the resident speaks (hand-over), on or off; `more`: show all |
| `S`  |                 | hand-over: pass it on                                         |
| `z`  | ticket          | close the resident's own ticket                               |
| `v`  | ticket, city    | pass the resident's own waiting ticket on to a desk that is open |
| `Z`  | ticket          | open it again                                                 |
| `g`  | ticket, stars   | how it was, 1 to 5                                            |
| `j`  | intent          | start the matter with an advisor                              |
| `q`  | number, option  | answer to a question about the matter                         |
| `D`  | verb, ticket, [id] | an advisor's act, in a desk's group only                   |
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
SPEAK = "k"
SEND = "S"
CLOSE = "z"
MOVE = "v"
REOPEN = "Z"
RATE = "g"
LODGE = "j"
REPLY = "q"
DESK = "D"
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
        SPEAK: range(1, 2),
        SEND: range(1),
        CLOSE: range(1, 2),
        MOVE: range(2, 3),
        REOPEN: range(1, 2),
        RATE: range(2, 3),
        LODGE: range(1, 2),
        REPLY: range(2, 3),
        DESK: range(2, 4),
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
