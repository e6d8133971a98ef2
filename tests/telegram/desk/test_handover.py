"""From a resident to an advisor and back."""

from bot.simulator.server import TelegramServer

from .conftest import Room


async def test_a_resident_gets_a_person_and_an_answer(server: TelegramServer, room: Room) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    server.send_text(amina, "/human")
    await server.next_message(amina)
    server.send_text(amina, "My landlord wants me to leave in a week, what can I do?")
    summary = await room.button(amina, "S")
    assert "Espoo" in summary.text
    assert "not your name" in summary.text
    server.press(amina, summary, "S")
    received = await server.next_message(amina, containing="#1")
    assert "first in the queue" in received.text
    topic = await room.topic(espoo, 1)
    assert topic.name.startswith("#1 · en")
    card = await room.button(espoo, "D|take|1", topic.id)
    assert "My landlord wants me to leave" in card.text
    assert "Resident1" not in card.text

    server.press(maria, card, "D|take|1")
    taken = await server.next_message(amina, containing="has your request #1")
    assert "Maria" not in taken.text, "the desk has not decided to tell names"
    await server.wait_for(lambda: "taken: Maria" in server.messages(espoo, topic.id)[1].text)

    server.send_text(maria, "Hello! Please send me the letter.", chat=espoo, thread=topic.id)
    letter = await server.next_message(amina, containing="Please send me the letter")
    reply = next(one for one in server.messages(espoo, topic.id) if one.text == "Hello! Please send me the letter.")
    await server.wait_for(lambda: reply.reactions)

    server.send_photo(amina, "here it is")
    photo = await server.wait_for(
        lambda: next((one for one in server.messages(espoo, topic.id) if one.json.get("photo")), None)
    )
    assert "here it is" in photo.text or "here it is" in photo.json["caption"]
    server.send_text(amina, "thank you", reply_to=letter)
    thanks = await server.next_message(espoo, thread=topic.id, containing="thank you")
    assert thanks.json["reply_to_message"]["message_id"] == reply.id

    server.send_text(maria, "// call the housing advisors tomorrow", chat=espoo, thread=topic.id)
    await room.bot.drained()
    assert not any("housing advisors" in text for text in room.texts(amina))

    server.send_text(maria, "/close", chat=espoo, thread=topic.id)
    closed = await room.button(amina, "g|1|5")
    assert "closed" in closed.text
    server.press(amina, closed, "g|1|5")
    await server.next_message(amina, containing="what was good or bad")
    server.send_text(amina, "Very kind")
    await server.next_message(amina, containing="Thank you")
    await room.bot.drained()
    assert room.bot.sql("select stars, comment, state from tickets") == [(5, "Very kind", "closed")]
    server.send_text(amina, "how do I get a day care place?")
    await server.next_message(amina, containing="childhood education")
