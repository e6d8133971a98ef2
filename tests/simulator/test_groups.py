import pytest


async def test_topics_from_creation_to_deletion(telegram, api):
    desk = telegram.supergroup("Desk", forum=True)
    made = await api("createForumTopic", chat_id=desk.id, name="Amina", icon_color=9367192)
    thread = made["message_thread_id"]
    assert made == {"message_thread_id": thread, "name": "Amina", "icon_color": 9367192}
    sent = await api("sendMessage", chat_id=desk.id, message_thread_id=thread, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Amina"
    where = {"chat_id": desk.id, "message_thread_id": thread}
    assert await api("editForumTopic", **where, name="Amina ✔") is True
    assert await api("editForumTopic", **where, name="Amina ✔") == "Bad Request: TOPIC_NOT_MODIFIED"
    assert desk.topic("✔").id == thread
    assert await api("closeForumTopic", **where) is True
    assert await api("closeForumTopic", **where) == "Bad Request: TOPIC_NOT_MODIFIED"
    assert (await api("sendMessage", **where, text="an administrator may"))["message_id"]
    assert await api("reopenForumTopic", **where) is True
    kinds = [
        next(k for k in m.json if k.startswith("forum_topic") or k == "text") for m in telegram.messages(desk, thread)
    ]
    assert kinds == [
        "forum_topic_created",
        "text",
        "forum_topic_edited",
        "forum_topic_closed",
        "text",
        "forum_topic_reopened",
    ]
    assert await api("deleteForumTopic", **where) is True
    assert telegram.messages(desk) == []
    assert await api("sendMessage", **where, text="x") == "Bad Request: message thread not found"
    assert await api("closeForumTopic", **where) == "Bad Request: TOPIC_ID_INVALID"


async def test_topics_need_a_forum_and_rights(telegram, api):
    plain = telegram.supergroup("Plain")
    bare = telegram.supergroup("Bare", forum=True, rights=("can_manage_chat",))
    assert await api("createForumTopic", chat_id=plain.id, name="x") == "Bad Request: the chat is not a forum"
    assert (
        await api("createForumTopic", chat_id=bare.id, name="x") == "Bad Request: not enough rights to create a topic"
    )
    topic = telegram.open_topic(telegram.person(5), bare, "by hand")
    telegram.close_topic(telegram.person(5), bare, topic.id)
    where = {"chat_id": bare.id, "message_thread_id": topic.id}
    assert await api("sendMessage", **where, text="x") == "Bad Request: TOPIC_CLOSED"
    assert await api("reopenForumTopic", **where) == "Bad Request: not enough rights to close or reopen the topic"


async def test_an_upgraded_group_tells_its_new_id(telegram, api, http):
    owner = telegram.person(5)
    old = telegram.group("Desk", owner=owner, bot="administrator")
    await api("sendMessage", chat_id=old.id, text="before")
    new = telegram.migrate(old, forum=True)
    first, second = [update["message"] for update in await api("getUpdates")]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old.id, new.id)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new.id, old.id)
    async with http.post(
        f"{telegram.url}/bot{telegram.token}/sendMessage", json={"chat_id": old.id, "text": "x"}
    ) as answer:
        assert await answer.json() == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        }
    assert (await api("createForumTopic", chat_id=new.id, name="x"))["name"] == "x"
    with pytest.raises(PermissionError, match="upgraded"):
        telegram.send_text(owner, "x", old)


async def test_members_and_their_rights(telegram, api):
    owner, advisor = telegram.person(5, "Owner"), telegram.person(6, "Advisor")
    desk = telegram.supergroup("Desk", owner=owner, members=(advisor,))
    assert (await api("getChatMember", chat_id=desk.id, user_id=6))["status"] == "member"
    telegram.add_member(desk, advisor, "administrator", ("can_manage_topics",), by=owner)
    member = await api("getChatMember", chat_id=desk.id, user_id=6)
    assert (member["status"], member["can_manage_topics"], member["can_delete_messages"]) == (
        "administrator",
        True,
        False,
    )
    admins = await api("getChatAdministrators", chat_id=desk.id)
    assert {admin["user"]["first_name"] for admin in admins} == {"Neuvoja", "Owner", "Advisor"}
    assert await api("getChatMemberCount", chat_id=desk.id) == 3
    telegram.remove_member(desk, advisor, by=owner)
    assert (await api("getChatMember", chat_id=desk.id, user_id=6))["status"] == "kicked"
    assert await api("getChatMember", chat_id=desk.id, user_id=99) == "Bad Request: PARTICIPANT_ID_INVALID"
    private = await api("getChatAdministrators", chat_id=5)
    assert private == "Bad Request: there are no administrators in the private chat"
    with pytest.raises(ValueError, match="can_fly"):
        telegram.add_member(desk, advisor, "administrator", ("can_fly",))
    with pytest.raises(PermissionError, match="not in"):
        telegram.send_text(advisor, "x", desk)


async def test_the_bot_is_added_removed_and_leaves(telegram, api):
    owner = telegram.person(5)
    desk = telegram.supergroup("Desk", owner=owner, bot="left")
    assert (
        await api("sendMessage", chat_id=desk.id, text="x") == "Forbidden: bot is not a member of the supergroup chat"
    )
    telegram.set_bot(desk, "administrator", owner)
    added, service = await api("getUpdates")
    assert added["my_chat_member"]["new_chat_member"]["can_manage_topics"] is True
    assert service["message"]["new_chat_members"][0]["username"] == "neuvoja_bot"
    assert await api("leaveChat", chat_id=desk.id) is True
    telegram.set_bot(desk, "kicked", owner)
    unheard = telegram.pending_updates
    telegram.open_topic(owner, desk, "x")
    telegram.add_member(desk, telegram.person(6), by=owner)
    telegram.send_text(owner, "/start", desk)
    assert telegram.pending_updates == unheard
    assert await api("getChat", chat_id=desk.id) == "Forbidden: bot was kicked from the supergroup chat"
    group = telegram.group("Old", bot="kicked")
    assert await api("sendMessage", chat_id=group.id, text="x") == "Forbidden: bot was kicked from the group chat"
    telegram.delete_group(group)
    assert await api("sendMessage", chat_id=group.id, text="x") == "Forbidden: the group chat was deleted"


async def test_privacy_mode_hides_what_is_not_meant_for_the_bot(telegram, api):
    advisor = telegram.person(5)
    group = telegram.group("Group", members=(advisor,))
    ours = await api("sendMessage", chat_id=group.id, text="x")
    for text in ("chatter", "/queue", "ask @neuvoja_bot"):
        telegram.send_text(advisor, text, group)
    telegram.send_text(advisor, "reply", group, reply_to=group.messages[ours["message_id"]])
    heard = [update["message"]["text"] for update in await api("getUpdates")]
    assert heard == ["/queue", "ask @neuvoja_bot", "reply"]
    telegram.set_bot(group, "administrator", advisor)
    telegram.send_text(advisor, "chatter", group)
    assert (await api("getUpdates", offset=-1))[0]["message"]["text"] == "chatter"


async def test_commands_are_kept_per_scope_and_language(telegram, api):
    commands = [{"command": "start", "description": "Aloita"}]
    scope = {"type": "all_private_chats"}
    assert await api("setMyCommands", commands=commands, scope=scope, language_code="fi") is True
    assert await api("getMyCommands", scope=scope, language_code="fi") == commands
    assert await api("getMyCommands") == []
    assert await api("deleteMyCommands", scope=scope, language_code="fi") is True
    assert await api("getMyCommands", scope=scope, language_code="fi") == []
    bad = [{"command": "Start now", "description": "x"}]
    assert await api("setMyCommands", commands=bad) == "Bad Request: BOT_COMMAND_INVALID"
    assert await api("setMyDescription", description="Neuvontaa", language_code="fi") is True
    assert (await api("getMyDescription", language_code="fi"))["description"] == "Neuvontaa"
    assert await api("setMyShortDescription", short_description="x" * 121) == "Bad Request: BOT_INFO_INVALID"
    assert (await api("getMyName"))["name"] == "Neuvoja"
    assert await api("logOut") is True
    assert await api("getMe") == "Logged out"
