"""Whether the bot may do what it asks for: chat, topic and message lookups with Telegram's refusals."""

from bot.simulator.errors import bad_request, forbidden, upgraded
from bot.simulator.params import Params
from bot.simulator.state import Chat, Message, Topic
from bot.simulator.world import World


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat, readable by the bot."""
    value = params.values.get(name)
    if value is None or value == "":
        raise bad_request("chat_id is empty")
    chat = world.chats.get(value) if type(value) is int else _chat_of_text(world, params.text(name))
    if chat is None and type(value) is int:
        chat = _met_in_a_group(world, value)
    if chat is None:
        raise bad_request("chat not found")
    if chat.kind == "private":
        return chat
    status = world.bot_member(chat).status
    if chat.migrated_to is not None or chat.kind == "group":
        return chat
    if status == "kicked":
        raise forbidden("bot was kicked from the supergroup chat")
    if status == "left":
        raise forbidden("bot is not a member of the supergroup chat")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """The chat, open to the bot's messages."""
    chat = find_chat(world, params)
    if chat.kind == "private":
        check_person(chat)
    elif chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    elif chat.deleted:
        raise forbidden("the group chat was deleted")
    elif chat.kind == "group":
        status = world.bot_member(chat).status
        if status == "kicked":
            raise forbidden("bot was kicked from the group chat")
        if status == "left":
            raise forbidden("bot is not a member of the group chat")
    return chat


def check_person(chat: Chat) -> None:
    """403 where the person cannot be written to."""
    person = chat.person
    assert person is not None
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def find_thread(world: World, chat: Chat, params: Params) -> int | None:
    """The topic to write to; a chat without topics ignores it."""
    thread = max(params.integer("message_thread_id"), 0)
    if not thread or chat.kind == "group" or (chat.kind == "supergroup" and not chat.forum):
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not world.bot_member(chat).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def forum(world: World, params: Params, refusal: str) -> Chat:
    """The forum supergroup; without the right to manage topics the refusal."""
    chat = writable_chat(world, params)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if not world.bot_member(chat).may("can_manage_topics"):
        raise bad_request(refusal)
    return chat


def find_topic(world: World, params: Params, refusal: str) -> tuple[Chat, Topic]:
    """The topic that a forum method names."""
    chat = forum(world, params, refusal)
    topic = chat.topics.get(params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def find_message(chat: Chat, params: Params, what: str, name: str = "message_id") -> Message:
    """The message, or 400 `<what> not found`."""
    message = chat.messages.get(params.integer(name))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def _met_in_a_group(world: World, user_id: int) -> Chat | None:
    """The private chat of a person who never opened it, but whom the bot knows from a group."""
    person = world.people.get(user_id)
    groups = (chat for chat in world.chats.values() if chat.kind != "private" and world.bot_member(chat).present)
    if person is None or not any(user_id in chat.members and chat.members[user_id].present for chat in groups):
        return None
    return world.private_chat(person)


def _chat_of_text(world: World, text: str) -> Chat | None:
    try:
        return world.chats.get(int(text))
    except ValueError:
        return None
