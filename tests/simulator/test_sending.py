import json

import aiohttp
import pytest

from bot.simulator import TelegramServer


async def test_a_sent_message_is_what_the_person_sees(telegram, api):
    amina = telegram.person(5, "Amina", "so")
    sent = await api("sendMessage", chat_id=5, text="<b>Hei</b> &amp; tervetuloa ", parse_mode="html")
    assert sent["text"] == "Hei & tervetuloa"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert sent["chat"] == {"id": 5, "first_name": "Amina", "type": "private"}
    assert sent["from"]["is_bot"] is True
    (seen,) = telegram.messages(amina)
    assert (seen.id, seen.html, seen.from_bot) == (sent["message_id"], "<b>Hei</b> &amp; tervetuloa", True)


async def test_form_multipart_and_query_string_are_read_like_json(telegram, http):
    telegram.person(5)
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    with_file = aiohttp.FormData({"chat_id": "5", "text": "multipart"})
    with_file.add_field("unused", b"x", filename="x.txt")
    await http.post(url, data={"chat_id": "5", "text": "form ä"})
    await http.post(url, data=with_file)
    await http.get(url, params={"chat_id": "5", "text": "query"})
    assert [message.text for message in telegram.messages(5)] == ["form ä", "multipart", "query"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": 5}, "message text is empty"),
        ({"chat_id": 5, "text": " \n\u200b"}, "text must be non-empty"),
        ({"chat_id": 5, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"chat_id": 5, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 5, "text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
        ({"chat_id": 5, "text": "x" * 40_000}, "text is too long"),
        ({"chat_id": 5, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 0, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 5, "text": "x", "message_thread_id": 99}, "message thread not found"),
        ({"chat_id": 5, "text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"chat_id": 5, "text": "x", "reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
        ({"chat_id": 5, "text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"chat_id": 5, "text": "x", "entities": [{"type": "bold", "offset": 9, "length": 1}]},
         "entity begins after the end of the text at UTF-16 offset 9"),
        ({"chat_id": 5, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 5}]},
         "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 5"),
        ({"chat_id": 5, "text": "x", "entities": [{"type": "blink", "offset": 0, "length": 1}]},
         "can't parse MessageEntity: Unsupported type specified"),
        ({"chat_id": 5, "text": "x", "link_preview_options": {"is_disabled": "yes"}},
         'field "is_disabled" must be of type Boolean'),
    ],
)  # fmt: skip
async def test_refused_texts(telegram, api, params, reason):
    telegram.person(5)
    assert await api("sendMessage", **params) == f"Bad Request: {reason}"
    assert telegram.messages(5) == []


async def test_the_length_counts_characters_after_parsing_not_utf16_units(telegram, api):
    telegram.person(5)
    assert (await api("sendMessage", chat_id=5, text="😀" * 4096))["text"] == "😀" * 4096
    assert (await api("sendMessage", chat_id=5, text=f"<i>{'x' * 4096}</i>", parse_mode="HTML"))["message_id"]


async def test_the_chat_is_checked_before_the_length(telegram, api):
    assert await api("sendMessage", chat_id=404, text="x" * 5000) == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [{"text": "x"}]},
         'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"keyboard": ["x"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[{}]]}, 'can\'t parse keyboard button: Can\'t find field "text"'),
        ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]},
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "ä" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "a", "url": "https://hel.fi"}]]}, "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "url": "not-a-url"}]]},
         "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "x", "url": "tel:+3589"}]]},
         "inline keyboard button URL 'tel:+3589' is invalid: Unsupported URL protocol"),
        ({"inline_keyboard": [[{"text": "x", "web_app": {"url": "http://hel.fi"}}]]},
         "inline keyboard button Web App URL 'http://hel.fi' is invalid: Only HTTPS links are allowed"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "a"}]] * 101}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x" * 120, "callback_data": "a"}]] * 100}, "reply markup is too long"),
    ],
)  # fmt: skip
async def test_refused_keyboards(telegram, api, markup, reason):
    telegram.person(5)
    assert await api("sendMessage", chat_id=5, text="x", reply_markup=markup) == f"Bad Request: {reason}"


async def test_keyboards_that_telegram_takes(telegram, api):
    amina = telegram.person(5)
    wide = [[{"text": str(n), "callback_data": "x" * 64} for n in range(10)]]
    sent = await api("sendMessage", chat_id=5, text="x", reply_markup=json.dumps({"inline_keyboard": wide}))
    assert [len(row) for row in sent["reply_markup"]["inline_keyboard"]] == [8, 2]
    link = [[{"text": "Kartta", "url": "https://palvelukartta.hel.fi"}]]
    sent = await api("sendMessage", chat_id=5, text="x", reply_markup={"inline_keyboard": link})
    assert sent["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://palvelukartta.hel.fi/"
    keyboard = {"keyboard": [[{"text": "Sijainti", "request_location": True}], ["Ohita"]], "resize_keyboard": True}
    sent = await api("sendMessage", chat_id=5, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert telegram.chat_of(amina).keyboard["keyboard"] == [
        [{"text": "Sijainti", "request_location": True}],
        [{"text": "Ohita"}],
    ]
    assert telegram.tap(amina, "Ohita").text == "Ohita"
    with pytest.raises(LookupError, match="Sijainti"):
        telegram.tap(amina, "Kyllä")
    await api("sendMessage", chat_id=5, text="x", reply_markup={"remove_keyboard": True})
    assert telegram.chat_of(amina).keyboard is None


async def test_replies_carry_what_they_reply_to(telegram, api):
    amina = telegram.person(5)
    question = telegram.send_text(amina, "Missä?")
    sent = await api("sendMessage", chat_id=5, text="Täällä", reply_parameters={"message_id": question.id})
    assert sent["reply_to_message"]["text"] == "Missä?"
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", chat_id=5, text="x", reply_parameters=lenient)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"latitude": ""}, "latitude is empty"),
        ({"longitude": 181}, "wrong location specified"),
        ({"title": " "}, "VENUE_TITLE_EMPTY"),
        ({"address": ""}, "VENUE_ADDRESS_EMPTY"),
    ],
)
async def test_venues(telegram, api, change, reason):
    telegram.person(5)
    venue = {"chat_id": 5, "latitude": 60.17, "longitude": 24.94, "title": "Iso Omena", "address": "Suomenlahdentie 1"}
    sent = await api("sendVenue", **venue)
    assert sent["venue"]["title"] == "Iso Omena"
    assert sent["location"] == {"latitude": 60.17, "longitude": 24.94}
    assert await api("sendVenue", **venue | change) == f"Bad Request: {reason}"


async def test_location_contact_and_action(telegram, api):
    telegram.person(5)
    assert (await api("sendLocation", chat_id=5, latitude=60, longitude=24.5))["location"]["longitude"] == 24.5
    assert (await api("sendContact", chat_id=5, phone_number="+3589", first_name="A"))["contact"]["first_name"] == "A"
    assert (
        await api("sendContact", chat_id=5, phone_number="+3589") == 'Bad Request: parameter "first_name" is required'
    )
    assert await api("sendChatAction", chat_id=5, action="typing") is True
    assert await api("sendChatAction", chat_id=5, action="dance") == "Bad Request: wrong parameter action in request"


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video", "audio", "animation", "sticker"])
async def test_files_are_kept_and_can_be_sent_again_and_downloaded(telegram, api, http, kind):
    telegram.person(5)
    form = aiohttp.FormData({"chat_id": "5", kind: "attach://file"})
    form.add_field("file", b"content of " + kind.encode(), filename="name.bin")
    url = f"{telegram.url}/bot{telegram.token}/send{kind.capitalize()}"
    sent = (await (await http.post(url, data=form)).json())["result"]
    described = sent[kind][-1] if kind == "photo" else sent[kind]
    again = await api(f"send{kind.capitalize()}", chat_id=5, **{kind: described["file_id"]})
    assert again[kind] == sent[kind]
    file = await api("getFile", file_id=described["file_id"])
    async with http.get(f"{telegram.url}/file/bot{telegram.token}/{file['file_path']}") as answer:
        assert await answer.read() == b"content of " + kind.encode()


async def test_refused_files(telegram, api):
    telegram.person(5)
    assert await api("sendPhoto", chat_id=5) == "Bad Request: there is no photo in the request"
    assert (await api("sendPhoto", chat_id=5, photo="junk")).startswith("Bad Request: wrong remote file identifier")
    long = await api("sendPhoto", chat_id=5, photo="https://hel.fi/a.jpg", caption="x" * 1025)
    assert long == "Bad Request: message caption is too long"
    assert await api("getFile", file_id="junk") == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_albums(telegram, api):
    telegram.person(5)
    photo = {"type": "photo", "media": "https://hel.fi/a.jpg"}
    sent = await api("sendMediaGroup", chat_id=5, media=[photo | {"caption": "<b>a</b>", "parse_mode": "HTML"}, photo])
    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption_entities"][0]["type"] == "bold"
    assert await api("sendMediaGroup", chat_id=5, media=[photo]) == "Bad Request: wrong number of messages in an album"
    mixed = await api("sendMediaGroup", chat_id=5, media=[photo, photo | {"type": "document"}])
    assert mixed == "Bad Request: can't use the media of the specified type in the album"


async def test_copies_and_forwards(telegram, api):
    amina, desk = telegram.person(5, "Amina"), telegram.supergroup("Desk")
    photo = telegram.send_photo(amina, "kirje")
    copied = await api("copyMessage", chat_id=desk.id, from_chat_id=5, message_id=photo.id, caption="Liite")
    assert desk.messages[copied["message_id"]].text == "Liite"
    forwarded = await api("forwardMessage", chat_id=desk.id, from_chat_id=5, message_id=photo.id)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Amina"
    ids = [photo.id, 999]
    assert len(await api("copyMessages", chat_id=desk.id, from_chat_id=5, message_ids=ids)) == 1
    missing = await api("copyMessage", chat_id=desk.id, from_chat_id=5, message_id=999)
    assert missing == "Bad Request: message to copy not found"


async def test_people_who_cannot_be_written_to(telegram, api):
    stranger = telegram.person(6, started=False)
    assert await api("sendMessage", chat_id=6, text="x") == "Bad Request: chat not found"
    telegram.supergroup("Desk", members=(stranger,))
    assert await api("sendMessage", chat_id=6, text="x") == "Forbidden: bot can't initiate conversation with a user"
    amina = telegram.person(5)
    telegram.block(amina)
    assert await api("sendMessage", chat_id=5, text="x") == "Forbidden: bot was blocked by the user"
    telegram.unblock(amina)
    assert (await api("sendMessage", chat_id=5, text="x"))["text"] == "x"
    telegram.deactivate(amina)
    assert await api("sendMessage", chat_id=5, text="x") == "Forbidden: user is deactivated"


async def test_tokens_and_methods(telegram: TelegramServer, http, api):
    async with http.get(f"{telegram.url}/bot123456:OTHER/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    assert await api("sendMoney") == "Not Found: method not found"
    assert (await api("GETME"))["username"] == "neuvoja_bot"
    async with http.get(f"{telegram.url}/elsewhere") as answer:
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_message_ids_count_by_chat_as_telegrams_do(telegram, api):
    telegram.person(5)
    telegram.person(6)
    desk = telegram.supergroup("Desk")
    ids = [(await api("sendMessage", chat_id=chat, text="x"))["message_id"] for chat in (5, 6, desk.id, desk.id)]
    assert ids == [1, 2, 1, 2]


async def test_flood_limits(telegram, api):
    telegram.person(5)
    desk = telegram.supergroup("Desk")
    telegram.flood_limits = True
    answers = [await api("sendMessage", chat_id=5, text="x") for _ in range(4)]
    assert answers[3] in {"Too Many Requests: retry after 3", "Too Many Requests: retry after 2"}
    in_group = [await api("sendMessage", chat_id=desk.id, text="x") for _ in range(21)]
    assert in_group[20].startswith("Too Many Requests: retry after ")
    assert len(telegram.messages(desk)) == 20
