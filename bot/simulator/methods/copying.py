"""copyMessage, forwardMessage and their plural forms."""

from bot.simulator.access import find_chat, find_message
from bot.simulator.errors import bad_request
from bot.simulator.formatted import read_caption, stored_caption
from bot.simulator.params import Params
from bot.simulator.sending import find_target, place
from bot.simulator.state import Json, Message
from bot.simulator.world import World

CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "video",
    "audio",
    "animation",
    "sticker",
    "location",
    "venue",
    "contact",
)
_CAPTION = ("caption", "caption_entities")


def content_of(message: Message) -> Json:
    """What can be sent again of a message; service messages have nothing."""
    return {name: message.json[name] for name in CONTENT if name in message.json}


def copy_message(world: World, params: Params) -> Json:
    """Sends the content again without a link to its author."""
    message = find_message(find_chat(world, params, "from_chat_id"), params, "message to copy")
    content = content_of(message)
    if not content:
        raise bad_request("message can't be copied")
    caption = read_caption(params) if "caption" in params.values else None
    target = find_target(world, params)
    if caption is not None and "text" not in content:
        content = {k: v for k, v in content.items() if k not in _CAPTION} | stored_caption(caption)
    return {"message_id": place(world, target, content).id}


def forward_message(world: World, params: Params) -> Json:
    """Sends the content again with its origin."""
    message = find_message(find_chat(world, params, "from_chat_id"), params, "message to forward")
    if not content_of(message):
        raise bad_request("message can't be forwarded")
    return place(world, find_target(world, params), _forwarded(message)).json


def copy_messages(world: World, params: Params) -> list[Json]:
    """Copies 1-100 messages, without their captions if so asked; those that cannot be copied are skipped."""
    found = _several(world, params, "copy")
    target = find_target(world, params, len(found))
    without = _CAPTION if params.flag("remove_caption") else ()
    contents = [{name: value for name, value in content_of(one).items() if name not in without} for one in found]
    return [{"message_id": place(world, target, content).id} for content in contents]


def forward_messages(world: World, params: Params) -> list[Json]:
    """Forwards 1-100 messages; those that cannot be forwarded are skipped."""
    found = _several(world, params, "forward")
    target = find_target(world, params, len(found))
    return [{"message_id": place(world, target, _forwarded(message)).id} for message in found]


def _several(world: World, params: Params, verb: str) -> list[Message]:
    ids = params.json("message_ids", "message_ids")
    if not isinstance(ids, list):
        raise bad_request("Message identifiers are not specified")
    chat = find_chat(world, params, "from_chat_id")
    found = [chat.messages[number] for number in ids if number in chat.messages and content_of(chat.messages[number])]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return found


def _forwarded(message: Message) -> Json:
    origin = message.json.get("forward_origin") or {
        "type": "user",
        "date": message.json["date"],
        "sender_user": message.json["from"],
    }
    return content_of(message) | {
        "forward_origin": origin,
        "forward_from": origin["sender_user"],
        "forward_date": origin["date"],
    }


METHODS = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
