import pytest

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_an_edit_changes_what_is_seen(telegram, api):
    amina = telegram.person(5)
    sent = await api("sendMessage", chat_id=5, text="one", reply_markup=BUTTON)
    edit = {"chat_id": 5, "message_id": sent["message_id"], "text": "<b>two</b>", "parse_mode": "HTML"}
    edited = await api("editMessageText", **edit)
    assert edited["text"] == "two"
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    (seen,) = telegram.messages(amina)
    assert (seen.html, seen.edited, seen.buttons) == ("<b>two</b>", True, [])
    assert await api("editMessageText", **edit) == NOT_MODIFIED
    assert (await api("editMessageReplyMarkup", chat_id=5, message_id=seen.id, reply_markup=BUTTON))[
        "reply_markup"
    ] == BUTTON
    assert await api("editMessageReplyMarkup", chat_id=5, message_id=seen.id, reply_markup=BUTTON) == NOT_MODIFIED


async def test_refused_edits(telegram, api):
    amina = telegram.person(5)
    mine = telegram.send_text(amina, "mine")
    sent = (await api("sendMessage", chat_id=5, text="x"))["message_id"]
    with_keyboard = (await api("sendMessage", chat_id=5, text="x", reply_markup={"keyboard": [["a"]]}))["message_id"]
    photo = (await api("sendPhoto", chat_id=5, photo="https://hel.fi/a.jpg"))["message_id"]
    force = {"force_reply": True}

    async def edit(number: int, text: str = "y", **more: object) -> str:
        return await api("editMessageText", chat_id=5, message_id=number, text=text, **more)

    assert await edit(999) == "Bad Request: message to edit not found"
    assert await edit(mine.id) == "Bad Request: message can't be edited"
    assert await edit(with_keyboard) == "Bad Request: message can't be edited"
    assert await edit(photo) == "Bad Request: there is no text in the message to edit"
    assert await edit(sent, "x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert await edit(sent, reply_markup=force) == "Bad Request: inline keyboard expected"
    caption = await api("editMessageCaption", chat_id=5, message_id=sent, caption="c")
    assert caption == "Bad Request: there is no caption in the message to edit"
    assert (await api("editMessageCaption", chat_id=5, message_id=photo, caption="c"))["caption"] == "c"
    assert await api("editMessageText", text="x") == "Bad Request: message identifier is not specified"


async def test_deleting(telegram, api):
    amina = telegram.person(5)
    theirs = telegram.send_text(amina, "kukkuu")
    assert await api("deleteMessage", chat_id=5, message_id=theirs.id) is True
    assert telegram.messages(amina) == []
    assert theirs.deleted
    assert await api("deleteMessage", chat_id=5, message_id=theirs.id) == "Bad Request: message to delete not found"
    ours = (await api("sendMessage", chat_id=5, text="x"))["message_id"]
    now = telegram.world.clock()
    telegram.world.clock = lambda: now + 49 * 3600
    assert await api("deleteMessage", chat_id=5, message_id=ours) == "Bad Request: message can't be deleted"


async def test_deleting_in_groups_needs_the_right(telegram, api):
    member = telegram.person(5)
    desk = telegram.supergroup("Desk", members=(member,), rights=())
    theirs = telegram.send_text(member, "x", desk)
    refusal = await api("deleteMessages", chat_id=desk.id, message_ids=[theirs.id, 99])
    assert refusal == "Bad Request: message can't be deleted"


async def test_pins_and_reactions(telegram, api):
    desk = telegram.supergroup("Desk")
    number = (await api("sendMessage", chat_id=desk.id, text="x"))["message_id"]
    assert await api("pinChatMessage", chat_id=desk.id, message_id=number) is True
    assert desk.pinned == [number]
    assert (await api("getChat", chat_id=desk.id))["pinned_message"]["text"] == "x"
    assert await api("unpinChatMessage", chat_id=desk.id) is True
    assert await api("unpinChatMessage", chat_id=desk.id) == "Bad Request: message to unpin not found"
    assert await api("pinChatMessage", chat_id=desk.id, message_id=9) == "Bad Request: message to pin not found"
    reaction = [{"type": "emoji", "emoji": "👍"}]
    assert await api("setMessageReaction", chat_id=desk.id, message_id=number, reaction=reaction) is True
    assert desk.messages[number].reactions == reaction
    odd = [{"type": "emoji", "emoji": "🦷"}]
    refusal = await api("setMessageReaction", chat_id=desk.id, message_id=number, reaction=odd)
    assert refusal == "Bad Request: REACTION_INVALID"


async def test_a_pressed_button_is_answered_once_and_in_time(telegram, api):
    amina = telegram.person(5)
    await api("sendMessage", chat_id=5, text="x", reply_markup=BUTTON)
    message = telegram.last(amina)
    press = telegram.press(amina, message, "A")
    (update,) = await api("getUpdates")
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == ("a", message.id, 5)
    assert (
        await api("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    assert await api("answerCallbackQuery", callback_query_id=query["id"], text="ok", show_alert=True) is True
    assert await press.answered() == {"text": "ok", "show_alert": True, "url": ""}
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await api("answerCallbackQuery", callback_query_id=query["id"]) == too_old
    late = telegram.press_data(amina, message, "forged")
    now = telegram.world.clock()
    telegram.world.clock = lambda: now + 16 * 60
    assert await api("answerCallbackQuery", callback_query_id=late.query.id) == too_old
    with pytest.raises(LookupError, match=r"has no button 'B'; it has \['A'\]"):
        telegram.press(amina, message, "B")
