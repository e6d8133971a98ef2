"""Whole conversations, as a resident has them."""

import asyncio
import json

from bot.simulator.server import TelegramServer

from .conftest import Running

LEPPAVAARA = (60.2178, 24.8110)


async def settle(
    server: TelegramServer, bot: Running, person: object, language: str = "fi", city: str = "espoo"
) -> None:
    """A resident who has chosen a language and a city."""
    server.send_text(person, "/start")
    menu = await wait_buttons(server, person, f"l|{language}")
    server.press(person, menu, f"l|{language}")
    menu = await wait_buttons(server, person, f"c|{city}")
    await server.press(person, menu, f"c|{city}").answered()
    await bot.drained()


async def wait_buttons(server: TelegramServer, person: object, data: str):
    """The newest message that has a button with this callback data."""

    def found():
        for message in reversed(server.messages(person)):
            every = [button for row in message.inline_keyboard for button in row]
            if message.from_bot and any(button.get("callback_data") == data for button in every):
                return message
        return None

    return await server.wait_for(found)


async def test_a_newcomer_chooses_language_and_city_and_gets_an_answer(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="sv")
    server.send_text(resident, "/start")
    welcome = await server.next_message(resident)
    assert "Neuvoja" in welcome.text
    menu = await server.next_message(resident)
    assert menu.buttons[0] == "Svenska", "the language of the resident's app is suggested first"
    server.press(resident, menu, "Suomi")
    cities = await wait_buttons(server, resident, "c|espoo")
    press = server.press(resident, cities, "c|espoo")
    await press.answered()
    await server.next_message(resident, containing="Espoo")
    server.send_text(resident, "mistä saan päiväkotipaikan?")
    answer = await server.next_message(resident, containing="Espoo")
    assert "arhaiskasvat" in answer.text
    assert bot.sql("select language, city, last_intent from residents") == [("fi", "espoo", "daycare-application")]


async def test_the_buttons_under_an_answer(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    await settle(server, bot, resident, "en", "helsinki")
    server.send_text(resident, "where is the advice point of my city, when is it open")
    answer = await wait_buttons(server, resident, "y|service-point")
    assert any(button.startswith("🗺") for button in answer.buttons)
    server.press(resident, answer, "🗺")
    venue = await server.next_message(resident)
    assert 60.1 < venue.json["venue"]["location"]["latitude"] < 60.3
    server.press(resident, answer, "Other service points")
    others = await server.next_message(resident, containing="Espoo")
    assert "Vantaa" in others.text or "Hello Espoo" in others.text
    press = server.press(resident, answer, "y|service-point")
    assert (await press.answered())["text"]
    assert bot.sql("select helpful from exchanges where intents = 'service-point'") == [(1,)]


async def test_a_location_sets_the_city_gives_distances_and_is_not_kept(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    server.send_text(resident, "I need to see a doctor at the health centre")
    await server.next_message(resident)
    server.send_location(resident, *LEPPAVAARA)
    await server.next_message(resident, containing=" from you")
    await bot.drained()
    assert bot.sql("select city from residents") == [("espoo",)]
    dump = bot.dump()
    assert "60.21" not in dump
    assert "24.81" not in dump


async def test_a_location_outside_the_region_is_answered_kindly(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    server.send_location(resident, 61.4978, 23.7610)
    said = await server.next_message(resident)
    assert "outside" in said.text
    assert bot.sql("select city from residents") in ([], [(None,)])


async def test_a_message_in_another_language_is_answered_in_it_with_an_offer(
    server: TelegramServer, bot: Running
) -> None:
    resident = server.person(1, language_code="fi")
    await settle(server, bot, resident, "fi", "vantaa")
    server.send_text(resident, "How can I renew my residence permit before it expires?")
    answer = await wait_buttons(server, resident, "y|residence-permit-extended")
    assert "residence permit" in answer.text
    offer = await wait_buttons(server, resident, "s|en")
    assert bot.sql("select language from residents") == [("fi",)]
    server.press(resident, offer, "s|en")
    await server.next_message(resident, containing="English")
    assert bot.sql("select language from residents") == [("en",)]


async def test_a_named_city_wins_for_that_question_only(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="fi")
    await settle(server, bot, resident, "fi", "vantaa")
    server.send_text(resident, "mistä saan päiväkotipaikan Leppävaarasta")
    answer = await wait_buttons(server, resident, "y|daycare-application")
    assert "Espoo" in answer.text
    assert bot.sql("select city from residents") == [("vantaa",)]


async def test_a_text_that_is_a_place_sets_the_city(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="fi")
    server.send_text(resident, "/city")
    await server.next_message(resident)
    server.send_text(resident, "02600")
    await server.next_message(resident, containing="Espoo")
    assert bot.sql("select city from residents") == [("espoo",)]


async def test_identity_codes_are_masked_before_anything_is_stored(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="fi", last_name="Salainen", username="salanimi")
    server.send_text(resident, "Hetuni on 131052-308T, mistä saan verokortin? tilini FI2112345600000785")
    told = await server.next_message(resident)
    assert "131052" not in told.text
    answer = await wait_buttons(server, resident, "y|tax-card")
    assert answer
    await server.settled()
    await bot.drained()
    dump = bot.dump()
    for secret in ("131052-308T", "FI2112345600000785", "Salainen", "salanimi"):
        assert secret not in dump


async def test_two_misses_lead_to_a_person_and_never_to_a_third_apology(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="fi")
    await settle(server, bot, resident)
    server.send_text(resident, "xqzv wkrt plmnb")
    first = await server.next_message(resident)
    assert any(button["callback_data"] == "h" for row in first.inline_keyboard for button in row)
    server.send_text(resident, "zzkp qqwx")
    await wait_buttons(server, resident, "x")
    assert bot.sql("select step, misses from residents") == [("human-wish", 0)]


async def test_the_way_to_a_person_keeps_the_wish_and_is_honest(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    await settle(server, bot, resident, "en", "kauniainen")
    server.send_text(resident, "/human")
    await wait_buttons(server, resident, "x")
    server.send_text(resident, "My landlord does not answer and I need somebody to call him")
    said = await server.next_message(resident, containing="not connected")
    assert said
    assert bot.sql("select kind, text from exchanges where kind = 'wish'") == [
        ("wish", "My landlord does not answer and I need somebody to call him")
    ]


async def test_voice_photos_stickers_and_files_get_a_kind_reply(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    for send in (server.send_voice, server.send_photo, server.send_sticker, server.send_document):
        send(resident)
        assert "text" in (await server.next_message(resident)).text


async def test_own_data_can_be_seen_and_deleted(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    await settle(server, bot, resident, "en", "espoo")
    server.send_text(resident, "how do I get a tax card")
    await wait_buttons(server, resident, "y|tax-card")
    server.send_text(resident, "/mydata")
    call = await server.next_call("sendDocument")
    assert call.ok
    server.send_text(resident, "/delete")
    confirm = await wait_buttons(server, resident, "d")
    server.press(resident, confirm, "d")
    await server.next_message(resident, containing="deleted")
    await server.settled()
    assert bot.sql("select * from residents") == []
    assert bot.sql("select * from exchanges") == []
    assert "tax card" not in json.dumps(bot.sql("select body from inbox"))


async def test_the_bot_is_silent_in_groups(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1)
    group = server.supergroup("neighbours", members=(resident,))
    server.send_text(resident, "/start", chat=group)
    server.send_text(resident, "how do I renew my residence permit", chat=group)
    await server.settled(quiet=0.3)
    assert server.requests("sendMessage") == []
    assert bot.sql("select body from inbox where body <> ''") == [], "what strangers write in a group is not kept"


async def test_old_and_forged_buttons_change_nothing(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    await settle(server, bot, resident, "en", "espoo")
    message = server.last(resident)
    for data in ("a|no-such-intent", "c|stockholm", "l|xx", "drop table", "m|nowhere", "t|nothing|x"):
        press = server.press_data(resident, message, data)
        assert (await press.answered())["text"]
    assert bot.sql("select language, city from residents") == [("en", "espoo")]


async def test_two_messages_at_once_are_both_answered_in_order(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="fi")
    await settle(server, bot, resident)
    server.send_text(resident, "miten saan verokortin")
    server.send_text(resident, "asumistuki kelasta miten haetaan")
    await server.settled()
    await bot.drained()
    kinds = [row[0] for row in bot.sql("select intents from exchanges order by id")]
    assert kinds == ["tax-card", "housing-allowance"]
    texts = [message.text for message in server.messages(resident) if message.from_bot]
    assert texts.index(next(t for t in texts if "erokort" in t)) < texts.index(next(t for t in texts if "sumistu" in t))


async def test_a_repeated_update_is_answered_once(server: TelegramServer, bot: Running) -> None:
    resident = server.person(1, language_code="en")
    server.send_text(resident, "how do I get a tax card")
    await wait_buttons(server, resident, "y|tax-card")
    await bot.drained()
    before = len(server.messages(resident))
    for (update_id,) in bot.sql("select update_id from inbox"):
        server.repeat(update_id)
    await asyncio.sleep(0.3)
    await server.settled()
    await bot.drained()
    assert len(server.messages(resident)) == before
    assert len(bot.sql("select * from exchanges")) == 1


async def test_a_stranger_who_deletes_is_told_so_in_the_phones_language(server: TelegramServer, bot: Running) -> None:
    resident = server.person(77, language_code="fi")
    server.send_text(resident, "/delete")
    asked = await server.next_message(resident)
    server.press(resident, asked, "d")
    await server.next_message(resident, containing="poistettu")
