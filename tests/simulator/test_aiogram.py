import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    ReactionTypeEmoji,
    Update,
)


@pytest.fixture
async def polling(bot):
    dispatcher = Dispatcher()
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Suomi", callback_data="lang:fi")]])

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("<b>Hei</b> &amp; tervetuloa", parse_mode="HTML", reply_markup=keyboard)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Valittu {query.data}")
        await query.answer("ok")

    @dispatcher.message(Command("who"))
    async def who(message: Message) -> None:
        await message.reply(f"{message.message_thread_id} {message.chat.is_forum} {message.from_user.first_name}")

    task = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    yield dispatcher
    await dispatcher.stop_polling()
    await task


async def test_a_conversation_by_long_polling(telegram, polling):
    amina = telegram.person(5, "Amina")
    telegram.send_text(amina, "/start")
    welcome = await telegram.next_message(amina)
    assert (welcome.html, welcome.buttons) == ("<b>Hei</b> &amp; tervetuloa", ["Suomi"])
    press = telegram.press(amina, welcome, "Suomi")
    assert (await press.answered())["text"] == "ok"
    assert (await telegram.next_edit(amina)).text == "Valittu lang:fi"
    desk = telegram.supergroup("Desk", forum=True, members=(amina,))
    topic = telegram.open_topic(amina, desk, "Lippu")
    telegram.send_text(amina, "/who@neuvoja_bot", desk, topic.id)
    assert (await telegram.next_message(desk, thread=topic.id)).text == f"{topic.id} True Amina"
    await telegram.settled()


async def test_every_update_is_what_aiogram_expects(telegram, api):
    every = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
    await api("getUpdates", allowed_updates=every)
    amina, owner = telegram.person(5, "Amina", last_name="A", username="amina"), telegram.person(6, "Owner")
    desk = telegram.supergroup("Desk", forum=True, owner=owner)
    text = telegram.send_text(amina, "/start x https://hel.fi")
    telegram.send_text(amina, "reply", reply_to=text)
    telegram.send_location(amina, 60.2, 24.9)
    telegram.send_contact(amina, "+358401234567")
    telegram.send_photo(amina, "kuva")
    telegram.send_document(amina, "kirje.pdf", "liite")
    telegram.send_voice(amina, 4)
    telegram.send_sticker(amina)
    telegram.send_album(amina, 3, "albumi")
    telegram.edit(amina, text, "muutettu")
    telegram.react(amina, text, "👍")
    await api(
        "sendMessage", chat_id=5, text="x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    )
    telegram.press(amina, telegram.last(amina), "a")
    telegram.block(amina)
    telegram.unblock(amina)
    telegram.add_member(desk, amina)
    topic = telegram.open_topic(amina, desk, "Aihe")
    telegram.send_text(amina, "x", desk, topic.id)
    telegram.close_topic(owner, desk, topic.id)
    telegram.add_member(desk, amina, "administrator", ("can_manage_topics",), by=owner)
    telegram.remove_member(desk, amina, by=owner)
    telegram.set_bot(desk, "member", owner)
    telegram.set_bot(desk, "kicked", owner)
    telegram.migrate(telegram.group("Old", owner=owner))
    updates = await api("getUpdates")
    kinds = []
    for update in updates:
        parsed = Update.model_validate(update)
        kinds.append(parsed.event_type)
        # What aiogram does not know would be kept as an extra field.
        extra = getattr(parsed.event, "model_extra", None) or {}
        assert not extra, (parsed.event_type, extra)
    assert set(kinds) == set(every)
    assert len(updates) == 28
    assert [u["update_id"] for u in updates] == sorted(u["update_id"] for u in updates)


async def test_every_result_is_what_aiogram_expects(telegram, bot):
    telegram.person(5)
    desk = telegram.supergroup("Desk", forum=True, owner=telegram.person(6))
    file = BufferedInputFile(b"content", "a.jpg")
    assert (await bot.get_me()).username == "neuvoja_bot"
    sent = await bot.send_message(5, "x")
    assert (await bot.edit_message_text("y", chat_id=5, message_id=sent.message_id)).text == "y"
    photo = await bot.send_photo(5, file, caption="c")
    assert (await bot.send_document(5, file)).document.file_name == "a.jpg"
    assert (await bot.send_voice(5, file)).voice.file_size == 7
    assert (await bot.send_video(5, file)).video
    assert (await bot.send_audio(5, file)).audio
    assert (await bot.send_sticker(5, file)).sticker.emoji
    assert (await bot.send_venue(5, 60.2, 24.9, "Piste", "Katu 1")).venue.address == "Katu 1"
    assert (await bot.send_location(5, 60.2, 24.9)).location.latitude == 60.2
    assert (await bot.send_contact(5, "+3589", "A")).contact.phone_number == "+3589"
    assert len(await bot.send_media_group(5, [InputMediaPhoto(media=file), InputMediaPhoto(media=file)])) == 2
    assert (await bot.copy_message(desk.id, 5, photo.message_id)).message_id
    assert (await bot.forward_message(desk.id, 5, photo.message_id)).forward_origin.sender_user.is_bot
    topic = await bot.create_forum_topic(desk.id, "Amina")
    assert await bot.edit_forum_topic(desk.id, topic.message_thread_id, name="B")
    assert (await bot.send_message(desk.id, "x", message_thread_id=topic.message_thread_id)).is_topic_message
    assert (await bot.get_chat(desk.id)).is_forum
    assert (await bot.get_chat_member(desk.id, bot.id)).can_manage_topics
    assert len(await bot.get_chat_administrators(desk.id)) == 2
    assert await bot.get_chat_member_count(desk.id) == 2
    downloaded = await bot.download(photo.photo[-1].file_id)
    assert downloaded.read() == b"content"
    assert await bot.set_message_reaction(5, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert await bot.set_my_commands([BotCommand(command="start", description="Aloita")])
    assert (await bot.get_my_commands())[0].command == "start"
    assert await bot.delete_message(5, sent.message_id)
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.delete_webhook(drop_pending_updates=True)


async def test_every_refusal_is_the_right_exception(telegram, bot):
    amina = telegram.person(5)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(404, "x")
    telegram.fault("429", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as retry:
        await bot.send_message(5, "x")
    assert retry.value.retry_after == 3
    telegram.fault("500")
    with pytest.raises(TelegramServerError):
        await bot.send_message(5, "x")
    telegram.fault("502")
    with pytest.raises(ClientDecodeError):
        await bot.send_message(5, "x")
    telegram.fault("drop-before")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(5, "x")
    telegram.block(amina)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(5, "x")
    old = telegram.group("Old")
    new = telegram.migrate(old)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.migrate_to_chat_id == new.id
    stranger = Bot("123456:OTHER", session=bot.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    older = asyncio.create_task(bot.get_updates(offset=2**31, timeout=30, request_timeout=40))
    await telegram.wait_for(lambda: telegram.requests("getUpdates"))
    assert await bot.get_updates(offset=2**31) == []
    with pytest.raises(TelegramConflictError):
        await older
