"""Posting a bot's message: the checks every send method shares, in Telegram's order."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.access import find_thread, writable_chat
from bot.simulator.errors import bad_request, too_many_requests
from bot.simulator.keyboard import check_markup, read_markup
from bot.simulator.params import Params
from bot.simulator.state import Chat, Json, Message
from bot.simulator.world import World


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes."""

    chat: Chat
    thread: int | None
    reply_to: Message | None
    markup: Json | None


def find_target(world: World, params: Params, messages: int = 1) -> Target:
    """Chat, topic, reply and keyboard of a send; the flood limits count here."""
    values = params.values
    reply = _reply_parameters(params) if "reply_parameters" in values or "reply_to_message_id" in values else None
    markup = read_markup(params) if "reply_markup" in values else None
    chat = writable_chat(world, params)
    thread = find_thread(world, chat, params) if "message_thread_id" in values else None
    target = Target(chat, thread, _replied(chat, reply), check_markup(markup) if markup else None)
    if wait := world.flood.wait(chat.id, messages):
        raise too_many_requests(wait)
    return target


def post(world: World, params: Params, content: Callable[[], Json]) -> Message:
    """Sends one message; `content` is checked only after the chat, as Telegram does."""
    target = find_target(world, params)
    return place(world, target, content())


def place(world: World, target: Target, content: Json) -> Message:
    """Puts the bot's message into the target chat and updates the person's reply keyboard."""
    message = world.add_message(
        target.chat, world.bot, content, thread=target.thread, reply_to=target.reply_to, markup=target.markup
    )
    if target.markup is not None:
        if "keyboard" in target.markup:
            target.chat.keyboard = target.markup
        elif target.markup.get("remove_keyboard"):
            target.chat.keyboard = None
    return message


def _reply_parameters(params: Params) -> Json | None:
    value = params.json("reply_parameters", "reply parameters")
    if value is None:
        number = params.integer("reply_to_message_id")
        allowed = params.flag("allow_sending_without_reply")
        return {"message_id": number, "allow_sending_without_reply": allowed} if number > 0 else None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply parameters")
    if "message_id" not in value:
        raise bad_request('Can\'t find field "message_id"')
    return value


def _replied(chat: Chat, reply: Json | None) -> Message | None:
    if reply is None:
        return None
    message = chat.messages.get(int(reply["message_id"]))
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message
