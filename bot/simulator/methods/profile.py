"""getMe, the bot's commands, names and descriptions, logOut and close."""

import json
import re
from collections.abc import Callable
from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.params import Params
from bot.simulator.state import Json
from bot.simulator.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)


def get_me(world: World, _: Params) -> Json:
    """The bot itself with what it may do."""
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def _scope(params: Params) -> tuple[str, str]:
    scope = params.json("scope", "BotCommandScope")
    if scope is None:
        scope = {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(scope, sort_keys=True), params.text("language_code")


def set_commands(world: World, params: Params) -> bool:
    """Up to 100 commands for a scope and language."""
    commands = params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile["commands"][_scope(params)] = [_command(command) for command in commands]
    return True


def _command(command: Any) -> Json:
    problem = "Can't parse BotCommand: "
    if not isinstance(command, dict):
        raise bad_request(f"{problem}expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f'{problem}Can\'t find field "{name}"')
    word = command["command"].removeprefix("/")
    if not _COMMAND.fullmatch(word):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": word, "description": command["description"]}


def get_commands(world: World, params: Params) -> list[Json]:
    """Commands of a scope and language, exactly as set."""
    commands: list[Json] = world.profile["commands"].get(_scope(params), [])
    return commands


def delete_commands(world: World, params: Params) -> bool:
    """Forgets the commands of a scope and language."""
    world.profile["commands"].pop(_scope(params), None)
    return True


def _text_setter(field: str, limit: int) -> Callable[[World, Params], bool]:
    def set_text(world: World, params: Params) -> bool:
        value = params.text(field)
        if len(value) > limit:
            raise bad_request(f"BOT_{'TITLE' if field == 'name' else 'INFO'}_INVALID")
        world.profile.setdefault(field, {})[params.text("language_code")] = value
        return True

    return set_text


def _text_getter(field: str) -> Callable[[World, Params], Json]:
    def get_text(world: World, params: Params) -> Json:
        values: dict[str, str] = world.profile.get(field, {})
        default = world.bot["first_name"] if field == "name" else ""
        return {field: values.get(params.text("language_code")) or values.get("", default)}

    return get_text


def log_out(world: World, _: Params) -> bool:
    """Every later request is answered with 400 `Logged out`."""
    world.logged_out = True
    return True


def close(_world: World, _: Params) -> bool:
    """Nothing to close here; Telegram answers True."""
    return True


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _text_setter("name", 64),
    "getMyName": _text_getter("name"),
    "setMyDescription": _text_setter("description", 512),
    "getMyDescription": _text_getter("description"),
    "setMyShortDescription": _text_setter("short_description", 120),
    "getMyShortDescription": _text_getter("short_description"),
    "logOut": log_out,
    "close": close,
}
