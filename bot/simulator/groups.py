"""Groups and forums: who is in them, topics, upgrades, and who hears what is said."""

from bot.simulator.methods.topics import ICON_COLORS, open_topic, remove_topic
from bot.simulator.state import RIGHTS, Chat, Json, Member, Message, Person, Status, Topic
from bot.simulator.world import World

DESK_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_invite_users",
    "can_change_info",
)


class Groups:
    """Groups of the simulated Telegram and the way messages of people reach the bot."""

    world: World

    def supergroup(
        self,
        title: str,
        *,
        forum: bool = False,
        members: tuple[Person, ...] = (),
        owner: Person | None = None,
        bot: Status = "administrator",
        rights: tuple[str, ...] = DESK_RIGHTS,
    ) -> Chat:
        """A supergroup, silently made; the bot is in it with these rights."""
        chat = self.world.new_group(title, supergroup=True, forum=forum)
        self._fill(chat, members, owner, bot, rights)
        return chat

    def group(
        self,
        title: str,
        *,
        members: tuple[Person, ...] = (),
        owner: Person | None = None,
        bot: Status = "member",
        rights: tuple[str, ...] = DESK_RIGHTS,
    ) -> Chat:
        """A basic group; `migrate` upgrades it."""
        chat = self.world.new_group(title, supergroup=False, forum=False)
        self._fill(chat, members, owner, bot, rights)
        return chat

    def _fill(
        self, chat: Chat, members: tuple[Person, ...], owner: Person | None, bot: Status, rights: tuple[str, ...]
    ) -> None:
        user = self.world.bot
        chat.members[user["id"]] = Member(user, bot, dict.fromkeys(rights, True))
        chat.members.update({person.id: Member(person.user()) for person in members})
        if owner is not None:
            chat.members[owner.id] = Member(owner.user(), "creator")

    def add_member(
        self,
        chat: Chat,
        person: Person,
        status: Status = "member",
        rights: tuple[str, ...] = (),
        *,
        by: Person | None = None,
    ) -> None:
        """A person joins or changes standing: chat_member; joining also makes the service message."""
        unknown = set(rights) - set(RIGHTS)
        if unknown:
            raise ValueError(f"no such administrator rights: {sorted(unknown)}")
        was_present = person.id in chat.members and chat.members[person.id].present
        actor = (by or person).user()
        self.world.set_member(chat, person.user(), actor, status, dict.fromkeys(rights, True))
        if not was_present and status not in {"left", "kicked"}:
            self.say(by or person, {"new_chat_members": [person.user()]}, chat, service=True)

    def remove_member(self, chat: Chat, person: Person, *, by: Person | None = None) -> None:
        """A person leaves or, with `by`, is removed."""
        actor = by or person
        content = {"left_chat_member": person.user()}
        self.world.set_member(chat, person.user(), actor.user(), "kicked" if by else "left")
        self.say(actor, content, chat, service=True)

    def set_bot(self, chat: Chat, status: Status, by: Person, rights: tuple[str, ...] = DESK_RIGHTS) -> None:
        """Adds, promotes, demotes or removes the bot: my_chat_member."""
        world = self.world
        was_present = world.bot_member(chat).present
        world.set_member(chat, world.bot, by.user(), status, dict.fromkeys(rights, True))
        if not was_present and status in {"member", "administrator"}:
            self.say(by, {"new_chat_members": [world.bot]}, chat, service=True)

    def open_topic(self, person: Person, chat: Chat, name: str) -> Topic:
        """A person opens a topic; the bot gets the service message."""
        topic = open_topic(self.world, chat, person.user(), name, ICON_COLORS[0])
        if self.world.bot_member(chat).present:
            self.world.updates.put("message", chat.messages[topic.id].json)
        return topic

    def close_topic(self, person: Person, chat: Chat, thread: int, *, closed: bool = True) -> Message:
        """A person closes (or reopens) a topic; the bot gets the service message."""
        chat.topics[thread].closed = closed
        kind = "forum_topic_closed" if closed else "forum_topic_reopened"
        return self.say(person, {kind: {}}, chat, thread, service=True)

    def delete_topic(self, chat: Chat, thread: int) -> None:
        """A person deletes a topic with its messages; Telegram tells no bot of it."""
        remove_topic(self.world, chat, chat.topics[thread])

    def delete_group(self, chat: Chat) -> None:
        """The owner deletes the group: 403 to every send; a supergroup is gone for the bot."""
        chat.deleted = True
        if chat.kind == "supergroup":
            self.world.chats.pop(chat.id, None)

    def migrate(self, chat: Chat, *, forum: bool = False) -> Chat:
        """Upgrades a group: two service messages, and sends to the old id are refused with migrate_to_chat_id.

        Telegram upgrades basic groups only; here a supergroup can be moved too, with its topics.
        """
        world = self.world
        new = world.new_group(chat.title, supergroup=True, forum=forum or chat.forum)
        new.members = dict(chat.members)
        chat.migrated_to = new.id
        actor = next((m.user for m in chat.members.values() if m.status == "creator"), world.bot)
        old_message = world.add_message(chat, dict(actor), {"migrate_to_chat_id": new.id})
        new_message = world.add_message(new, dict(actor), {"migrate_from_chat_id": chat.id})
        for old_topic in chat.topics.values():
            topic = open_topic(world, new, dict(actor), old_topic.name, old_topic.icon_color)
            topic.closed = old_topic.closed
        world.updates.put("message", old_message.json)
        world.updates.put("message", new_message.json)
        return new

    def say(
        self,
        person: Person,
        content: Json,
        chat: Chat | None = None,
        thread: int | None = None,
        reply_to: Message | None = None,
        *,
        service: bool = False,
    ) -> Message:
        """Any message content of a person; it becomes an update if the bot may hear it (privacy mode in groups)."""
        world = self.world
        if chat is None:
            chat = world.private_chat(person)
            person.started = True
        self._check_may_write(person, chat, thread, service=service)
        message = world.add_message(chat, person.user(), content, thread=thread, reply_to=reply_to)
        self.mark_read(chat, thread)
        if self._bot_hears(chat, content, reply_to, service=service):
            world.updates.put("message", message.json)
        return message

    def mark_read(self, chat: Chat, thread: int | None) -> None:
        """What is in the chat (the topic) so far is no longer `next_message`."""
        for message in chat.messages.values():
            if thread is None or message.thread == thread:
                message.unread = message.unread_edit = False

    def _check_may_write(self, person: Person, chat: Chat, thread: int | None, *, service: bool) -> None:
        if chat.kind == "private":
            if person.blocked:
                raise PermissionError("the person has blocked the bot; unblock first")
            return
        if chat.migrated_to is not None:
            raise PermissionError(f"the group was upgraded; write to {chat.migrated_to}")
        if service:
            return
        member = chat.members.get(person.id)
        if member is None or not member.present:
            raise PermissionError(f"person {person.id} is not in {chat.title!r}; add_member first")
        if thread is not None and chat.topics[thread].closed and not member.may("can_manage_topics"):
            raise PermissionError(f"topic {thread} is closed")

    def _bot_hears(self, chat: Chat, content: Json, reply_to: Message | None, *, service: bool) -> bool:
        if chat.kind == "private":
            return True
        member = self.world.bot_member(chat)
        if not member.present:
            return False
        if service or member.status == "administrator" or not self.world.privacy_mode:
            return True
        if reply_to is not None and reply_to.from_bot:
            return True
        text = str(content.get("text") or content.get("caption") or "")
        return text.startswith("/") or f"@{self.world.bot['username']}" in text
