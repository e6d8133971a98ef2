"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat, getFile."""

from bot.simulator.access import find_chat
from bot.simulator.errors import bad_request
from bot.simulator.files import DOWNLOAD_LIMIT
from bot.simulator.params import Params
from bot.simulator.state import Json, Member
from bot.simulator.world import World

_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(world: World, params: Params) -> Json:
    """ChatFullInfo."""
    chat = find_chat(world, params)
    info = chat.json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    if chat.pinned and (pinned := chat.messages.get(chat.pinned[-1])):
        info["pinned_message"] = pinned.json
    return info


def get_chat_member(world: World, params: Params) -> Json:
    """ChatMember; a known person who never was in the group has left it."""
    chat = find_chat(world, params)
    user_id = params.integer("user_id")
    if user_id <= 0:
        raise bad_request("Invalid user_id specified")
    member = chat.members.get(user_id)
    if member is not None:
        return member.json()
    person = world.people.get(user_id)
    if person is None and user_id != world.bot["id"]:
        raise bad_request("user not found" if chat.kind == "private" else "PARTICIPANT_ID_INVALID")
    user = person.user() if person else world.bot
    return Member(user, "member" if chat.kind == "private" else "left").json()


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """Owner and administrators of a group; of bots only this one."""
    chat = find_chat(world, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return [m.json() for m in chat.members.values() if m.status in {"creator", "administrator"}]


def get_chat_member_count(world: World, params: Params) -> int:
    """Number of members, the bot included."""
    chat = find_chat(world, params)
    return 2 if chat.kind == "private" else sum(member.present for member in chat.members.values())


def leave_chat(world: World, params: Params) -> bool:
    """The bot leaves a group; it hears of it as my_chat_member."""
    chat = find_chat(world, params)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.set_member(chat, world.bot, world.bot, "left")
    return True


def get_file(world: World, params: Params) -> Json:
    """A File with its path below /file/bot<token>/; at most 20 MB."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.by_id.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.json() | {"file_path": file.path}


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
