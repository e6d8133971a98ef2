"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage(s), pins and reactions."""

from bot.simulator.access import find_chat, find_message, writable_chat
from bot.simulator.errors import bad_request
from bot.simulator.formatted import read_caption, read_link_preview, read_text, stored_caption, stored_text
from bot.simulator.keyboard import check_markup, read_markup
from bot.simulator.params import Params
from bot.simulator.state import Chat, Json, Message
from bot.simulator.world import World

DELETE_SECONDS = 48 * 3600
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
_MEDIA = ("photo", "document", "voice", "video", "audio", "animation")
_EMOJI = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚💯🤣⚡🍌🏆💔🤨😐🍓🍾💋"
    "🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)


def edit_text(world: World, params: Params) -> Json:
    """Replaces text and inline keyboard; a keyboard left out is removed."""
    preview = read_link_preview(params)
    parsed = read_text(params)
    message, markup = _editable(world, params)
    if "text" not in message.json:
        raise bad_request("there is no text in the message to edit")
    content = stored_text(parsed, "MESSAGE_TOO_LONG") | preview
    return _apply(world, message, ("text", "entities", "link_preview_options"), content, markup)


def edit_caption(world: World, params: Params) -> Json:
    """Replaces caption and inline keyboard."""
    parsed = read_caption(params)
    message, markup = _editable(world, params)
    if not any(kind in message.json for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    content = stored_caption(parsed, "MEDIA_CAPTION_TOO_LONG")
    return _apply(world, message, ("caption", "caption_entities"), content, markup)


def edit_reply_markup(world: World, params: Params) -> Json:
    """Replaces or removes the inline keyboard."""
    message, markup = _editable(world, params)
    return _apply(world, message, (), {}, markup)


def _editable(world: World, params: Params) -> tuple[Message, Json | None]:
    markup = read_markup(params)
    if not params.text("chat_id") and not params.integer("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = writable_chat(world, params)
    message = find_message(chat, params, "message to edit")
    if not message.from_bot or (message.markup is not None and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return message, check_markup(markup)


def _apply(world: World, message: Message, names: tuple[str, ...], content: Json, markup: Json | None) -> Json:
    json = message.json
    old = {name: json[name] for name in names if name in json}
    if old == content and json.get("reply_markup") == markup:
        raise bad_request(_UNCHANGED)
    # The old dictionary stays in updates and call results that were already given out.
    json = {name: value for name, value in json.items() if name not in names and name != "reply_markup"} | content
    if markup is not None:
        json["reply_markup"] = markup
    message.json = json
    message.markup = markup
    world.changed(message)
    return message.json


def delete_message(world: World, params: Params) -> bool:
    """Deletes a message not older than 48 hours; others' messages need rights in a group."""
    if not params.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = writable_chat(world, params)
    _delete(world, find_message(chat, params, "message to delete"))
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Deletes 1-100 messages; unknown ones are skipped."""
    ids = params.json("message_ids", "message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("Message identifiers are not specified")
    chat = writable_chat(world, params)
    for message in [chat.messages[number] for number in ids if number in chat.messages]:
        _delete(world, message)
    return True


def _delete(world: World, message: Message) -> None:
    chat = message.chat
    member = world.bot_member(chat)
    old = world.now() - message.json["date"] > DELETE_SECONDS
    rights = chat.kind == "private" or member.may("can_delete_messages")
    if (old and not (chat.kind != "private" and rights)) or not (message.from_bot or rights):
        raise bad_request("message can't be deleted")
    world.remove_message(message)


def pin(world: World, params: Params) -> bool:
    """Pins a message."""
    chat = _pinnable(world, params)
    message = find_message(chat, params, "message to pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
    world.emit("pinned", lambda: {"chat": chat.id, "ids": chat.pinned})
    world.bell.ring()
    return True


def unpin(world: World, params: Params) -> bool:
    """Unpins a message, the last pinned one by default."""
    chat = _pinnable(world, params)
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    world.emit("pinned", lambda: {"chat": chat.id, "ids": chat.pinned})
    world.bell.ring()
    return True


def unpin_all(world: World, params: Params) -> bool:
    """Unpins everything."""
    chat = _pinnable(world, params)
    chat.pinned.clear()
    world.emit("pinned", lambda: {"chat": chat.id, "ids": chat.pinned})
    world.bell.ring()
    return True


def _pinnable(world: World, params: Params) -> Chat:
    chat = writable_chat(world, params)
    if chat.kind != "private" and not world.bot_member(chat).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def set_reaction(world: World, params: Params) -> bool:
    """Sets the bot's one reaction to a message; an empty list takes it back."""
    reactions = params.json("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("Expected an Array of ReactionType")
    chat = find_chat(world, params)
    message = find_message(chat, params, "message to react")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") not in {"emoji", "custom_emoji"}:
            raise bad_request("Can't parse ReactionType: invalid reaction type specified")
        if reaction["type"] == "emoji" and str(reaction.get("emoji", "")).rstrip("\ufe0f")[:1] not in _EMOJI:
            raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    world.emit("reaction", lambda: {"chat": chat.id, "id": message.id, "reactions": reactions})
    world.bell.ring()
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "setMessageReaction": set_reaction,
}
