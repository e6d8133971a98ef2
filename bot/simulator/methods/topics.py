"""Forum topics: create, edit, close, reopen, delete."""

from bot.simulator.access import find_topic, forum
from bot.simulator.errors import bad_request
from bot.simulator.params import Params
from bot.simulator.state import Chat, Json, Topic
from bot.simulator.world import World

ICON_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
NAME_LIMIT = 128


def open_topic(world: World, chat: Chat, sender: Json, name: str, color: int, *, emoji: str = "") -> Topic:
    """A new topic and the service message that opens it."""
    created: Json = {"name": name, "icon_color": color}
    if emoji:
        created["icon_custom_emoji_id"] = emoji
    # The opening message belongs to the topic whose id it gives.
    thread = chat.last_id + 1
    message = world.add_message(chat, sender, {"forum_topic_created": created}, thread=thread)
    topic = chat.topics[message.id] = Topic(message.id, name, color, emoji)
    return topic


def remove_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Deletes a topic with its messages; Telegram tells no bot of it."""
    del chat.topics[topic.id]
    for message in chat.history(topic.id):
        world.remove_message(message)
    world.emit("topic_deleted", lambda: {"chat": chat.id, "thread": topic.id})
    world.bell.ring()


def _name(params: Params) -> str:
    return params.text("name").strip()


def create_topic(world: World, params: Params) -> Json:
    """Opens a topic named with 1-128 characters."""
    chat = forum(world, params, "not enough rights to create a topic")
    name = _name(params)
    if not name:
        raise bad_request("Title must be non-empty")
    color = params.integer("icon_color") or ICON_COLORS[0]
    if color not in ICON_COLORS:
        raise bad_request("Invalid icon color specified")
    emoji = params.text("icon_custom_emoji_id")
    topic = open_topic(world, chat, world.bot, name[:NAME_LIMIT], color, emoji=emoji)
    answer: Json = {"message_thread_id": topic.id, "name": topic.name, "icon_color": color}
    return answer | ({"icon_custom_emoji_id": emoji} if emoji else {})


def edit_topic(world: World, params: Params) -> bool:
    """Renames a topic or changes its icon."""
    chat, topic = find_topic(world, params, "not enough rights to edit the topic")
    name = _name(params)[:NAME_LIMIT] or topic.name
    given = "icon_custom_emoji_id" in params.values
    emoji = params.text("icon_custom_emoji_id") if given else topic.icon_custom_emoji_id
    edited: Json = {}
    if name != topic.name:
        edited["name"] = name
    if emoji != topic.icon_custom_emoji_id:
        edited["icon_custom_emoji_id"] = emoji
    if not edited:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon_custom_emoji_id = name, emoji
    world.add_message(chat, world.bot, {"forum_topic_edited": edited}, thread=topic.id)
    return True


def _set_closed(world: World, params: Params, *, closed: bool) -> bool:
    chat, topic = find_topic(world, params, "not enough rights to close or reopen the topic")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.add_message(chat, world.bot, {kind: {}}, thread=topic.id)
    return True


def close_topic(world: World, params: Params) -> bool:
    """Closes a topic for all but those who manage topics."""
    return _set_closed(world, params, closed=True)


def reopen_topic(world: World, params: Params) -> bool:
    """Opens a closed topic again."""
    return _set_closed(world, params, closed=False)


def delete_topic(world: World, params: Params) -> bool:
    """Deletes a topic with all its messages."""
    chat, topic = find_topic(world, params, "not enough rights to delete the topic")
    if not world.bot_member(chat).may("can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    remove_topic(world, chat, topic)
    return True


METHODS = {
    "createForumTopic": create_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "deleteForumTopic": delete_topic,
}
