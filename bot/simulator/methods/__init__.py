"""The Bot API's methods, by lower-case name."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.simulator.methods import callbacks, chats, copying, editing, media, profile, receiving, texts, topics
from bot.simulator.params import Params
from bot.simulator.world import World

Handler = Callable[[World, Params], Any | Awaitable[Any]]

NAMES: dict[str, str] = {}
METHODS: dict[str, Handler] = {}

for module in (callbacks, chats, copying, editing, media, profile, receiving, texts, topics):
    for name, handler in module.METHODS.items():
        NAMES[name.lower()] = name
        METHODS[name.lower()] = handler
