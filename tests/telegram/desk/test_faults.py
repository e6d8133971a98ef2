"""Crowds, haste and a Telegram that misbehaves: nothing is lost, nothing is doubled, nobody gets another's words."""

import asyncio
from collections import Counter
from typing import Any

from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message, Person
from tests.telegram.conftest import ADMIN

from .conftest import Room


def said(server: TelegramServer, chat: Any, words: str, thread: int | None = None) -> list[Message]:
    """The bot's messages with these words, as people now see them."""
    return [one for one in server.messages(chat, thread) if one.from_bot and words in one.text]


def general(server: TelegramServer, group: Chat) -> list[str]:
    """What stands in no topic of the group."""
    return [one.text for one in server.messages(group) if one.thread is None]


async def talking(room: Room, number: int = 1) -> tuple[Person, Person, Chat, int]:
    """A resident whose ticket an advisor has: (resident, advisor, desk, thread)."""
    maria = room.server.person(10, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(number)
    ticket = await room.ask(amina)
    topic = await room.take(maria, espoo, ticket)
    return amina, maria, espoo, topic.id


async def test_haste_makes_one_ticket(server: TelegramServer, room: Room) -> None:
    espoo = await room.desk("espoo")
    amina = await room.resident(1)
    for words in ("/human", "My landlord wants me to leave", "Please be quick"):
        server.send_text(amina, words)
    summary = await room.button(amina, "S")
    presses = [server.press(amina, summary, "S") for _ in range(3)]
    for press in presses:
        await press.answered()
    for press in presses:
        server.repeat(press.update_id)
    await room.bot.drained()
    await server.settled()
    assert room.bot.sql("select count(*), count(distinct chat) from tickets") == [(1, 1)]
    assert room.bot.sql("select count(*) from entries where author = 'resident'") == [(1,)]
    assert [topic.name[:2] for topic in espoo.topics.values()] == ["#1"]
    assert len(said(server, amina, "#1 has been received")) == 1


async def test_fifty_residents_and_six_advisors_at_once(server: TelegramServer, room: Room) -> None:
    advisors = [server.person(100 + number, f"Advisor{number}", "fi") for number in range(6)]
    espoo = await room.desk("espoo", *advisors)
    residents = [server.person(number, f"Resident{number}", "en") for number in range(1, 51)]

    async def ask(person: Person) -> None:
        server.send_text(person, "/start")
        server.press(person, await room.button(person, "l|en"), "l|en")
        await server.press(person, await room.button(person, "c|espoo"), "c|espoo").answered(60)
        server.send_text(person, "/human")
        await server.next_message(person, containing="Write in one message", timeout=60)
        server.send_text(person, f"I need help with my rent, says {person.id}")
        await server.press(person, await room.button(person, "S"), "S").answered(60)

    def cards() -> dict[str, Message]:
        """First button -> card, of all tickets."""
        shown = [one for one in server.messages(espoo) if one.inline_keyboard]
        return {one.inline_keyboard[0][0]["callback_data"]: one for one in shown}

    async def work(advisor: Person) -> dict[int, str]:
        """Presses Take on every card the moment that it appears; ticket -> what the press was answered."""
        pressed: dict[str, Any] = {}

        def fresh() -> set[str]:
            return {data for data in cards() if data.startswith("D|take|")} - pressed.keys()

        while await server.wait_for(lambda: fresh() or len(cards()) == len(residents), 60) and fresh():
            for data in fresh():
                pressed[data] = server.press_data(advisor, cards()[data], data)
        return {int(data[7:]): (await press.answered(60))["text"] for data, press in pressed.items()}

    everybody = await asyncio.gather(*map(ask, residents), *map(work, advisors))
    await room.bot.drained(60)
    assert room.bot.sql("select count(*), count(distinct chat) from tickets where state = 'taken'") == [(50, 50)]
    assert (
        room.bot.sql("select ticket, count(*) from audit where act = 'taken' group by ticket having count(*) > 1") == []
    )
    names = {advisor.id: advisor.first_name for advisor in advisors}
    takers = {ticket: names[taker] for ticket, taker in room.bot.sql("select id, taker from tickets")}
    won: Counter[int] = Counter()
    for answers, advisor in zip(everybody[50:], advisors, strict=True):
        for ticket, toast in answers.items():
            if toast:
                assert f"{takers[ticket]} was faster" in toast
            else:
                assert takers[ticket] == advisor.first_name
                won[ticket] += 1
    assert won == dict.fromkeys(takers, 1)
    assert sum(map(len, everybody[50:])) > 2 * len(residents), "they did press at once"
    for person in residents:
        assert len(said(server, person, "An advisor has your request")) == 1
    assert len(espoo.topics) == 50
    for topic in espoo.topics.values():
        told = [one for one in server.messages(espoo, topic.id) if one.from_bot and "I need help" in one.text]
        assert len(told) == 1, "no ticket is shown in another's topic"


async def test_a_deleted_topic_is_made_again_with_its_history(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    first = server.send_text(amina, "first")
    server.send_text(maria, "second", chat=espoo, thread=thread)
    server.send_photo(amina, "third, a photo")
    await server.next_message(amina, containing="second")
    await room.bot.drained()
    server.delete_topic(espoo, thread)
    for words in ("fourth", "fifth", "sixth", "seventh"):
        server.send_text(amina, words)
        await asyncio.sleep(0.02)
    again = await room.topic(espoo, 1)
    await server.wait_for(lambda: "seventh" in " ".join(room.texts(espoo, again.id)), 20)
    await room.bot.drained()
    await server.settled()
    shown = "\n".join(room.texts(espoo, again.id))
    for words in ("rent", "first", "second", "fourth", "fifth", "sixth", "seventh"):
        assert words in shown
    for words in ("first", "fourth", "fifth", "sixth", "seventh"):
        assert shown.count(words) == 1, words
    assert sum(1 for one in server.messages(espoo, again.id) if one.json.get("photo")) == 1
    assert len(espoo.topics) == 1
    sent = ("first", "fourth", "fifth", "sixth", "seventh")
    assert not [text for text in general(server, espoo) if any(words in text for words in sent)], "only in the topic"
    assert len(said(server, amina, "second")) == 1

    server.send_text(maria, "I am here again", chat=espoo, thread=again.id)
    await server.next_message(amina, containing="I am here again")
    server.edit(amina, first, "first, mended")
    anew = await server.next_message(espoo, thread=again.id, containing="first, mended")
    assert "✏️" in anew.text


async def test_a_topic_closed_in_telegram_still_takes_what_comes(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.close_topic(room.admin, espoo, thread)
    server.send_text(amina, "are you there?")
    await server.next_message(espoo, thread=thread, containing="are you there?")
    server.send_text(room.admin, "/take", chat=espoo, thread=thread)
    await server.next_message(espoo, thread=thread, containing="Maria was faster")
    server.close_topic(maria, espoo, thread, closed=False)
    server.send_text(maria, "Yes", chat=espoo, thread=thread)
    await server.next_message(amina, containing="Yes")
    assert room.state(1) == "taken"


async def test_a_group_with_a_new_id_goes_on_with_its_tickets(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    bilal = await room.resident(2)
    await room.ask(bilal, "I cannot pay my rent this month")
    server.send_text(maria, "before", chat=espoo, thread=thread)
    await server.next_message(amina, containing="before")
    server.fault("429", chat=espoo.id, times=1, retry_after=1)
    server.send_text(amina, "in the middle of it")
    await server.next_call("sendMessage", espoo.id)
    new = server.migrate(espoo)
    dead = set(new.topics)  # Telegram's copies have other numbers, and the bot is not told them
    server.send_text(amina, "after")

    def made(number: int) -> Any:
        return next((t for t in new.topics.values() if t.id not in dead and t.name.startswith(f"#{number} ·")), None)

    again = await server.wait_for(lambda: made(1), 20)
    await server.wait_for(lambda: "after" in " ".join(room.texts(new, again.id)), 20)
    other = await server.wait_for(lambda: made(2), 20)
    await room.bot.drained()
    await server.settled()
    shown = "\n".join(room.texts(new, again.id))
    for words in ("before", "in the middle of it", "after"):
        assert shown.count(words) == 1, words
    for place in dead:
        assert not [one for one in server.messages(new, place) if "middle" in one.text or "after" in one.text]
    assert "cannot pay" in "\n".join(room.texts(new, other.id))
    assert room.bot.sql("select chat from desks") == [(new.id,)]
    assert len([topic for topic in new.topics if topic not in dead]) == 2, "each open ticket once"

    server.send_text(maria, "Now we go on here", chat=new, thread=again.id)
    await server.next_message(amina, containing="Now we go on here")
    assert not said(server, bilal, "Now we go on here")
    await room.bot.drained()
    assert len(said(server, amina, "before")) == 1
    assert room.bot.sql("select method, error from outbox where state = 'parked'") == []


async def test_429_in_the_middle_of_a_relay_keeps_everything_in_order(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.fault("429", method="sendMessage", chat=amina.id, times=2, retry_after=1)
    server.fault("429", method="sendMessage", chat=espoo.id, times=2, retry_after=1)
    replies, answers = [f"reply {n}" for n in range(6)], [f"words {n}" for n in range(6)]
    for reply, words in zip(replies, answers, strict=True):
        server.send_text(maria, reply, chat=espoo, thread=thread)
        server.send_text(amina, words)
    await server.next_message(amina, containing=replies[-1], timeout=20)
    await server.next_message(espoo, thread=thread, containing=answers[-1], timeout=20)
    await room.bot.drained()
    assert [one.text for one in said(server, amina, "reply")] == [f"💬 {reply}" for reply in replies]
    assert [one.text for one in said(server, espoo, "words", thread)] == [f"👤 {words}" for words in answers]


async def test_a_resident_who_blocks_the_bot_is_told_of_once(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.block(amina)
    for words in ("Hello?", "Are you there?", "Hello!"):
        server.send_text(maria, words, chat=espoo, thread=thread)
    await server.next_message(espoo, thread=thread, containing="cannot be reached")
    await room.bot.drained()
    await server.settled()
    assert len(said(server, espoo, "cannot be reached", thread)) == 1
    assert room.bot.sql("select state, closed_by from tickets") == [("closed", "unreachable")]
    assert room.bot.sql("select state from residents") == [("bot",)]
    assert not any(one.reactions for one in server.messages(espoo, thread)), "nothing arrived"
    tried = len([call for call in server.requests("sendMessage", amina) if call.status == 403])
    server.unblock(amina)
    server.send_text(amina, "how do I get a day care place?")
    await server.next_message(amina, containing="childhood education")
    assert tried <= 3


async def test_a_deactivated_resident_closes_a_waiting_ticket(server: TelegramServer, room: Room) -> None:
    maria = server.person(10, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    number = await room.ask(amina)
    server.deactivate(amina)
    topic = await room.take(maria, espoo, number)
    await server.next_message(espoo, thread=topic.id, containing="cannot be reached")
    assert room.bot.sql("select state, closed_by from tickets") == [("closed", "unreachable")]
    assert topic.closed or await server.wait_for(lambda: topic.closed)


async def test_edits_are_followed_before_the_copy_after_the_close_and_when_the_copy_is_gone(
    server: TelegramServer, room: Room
) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.fault("429", chat=espoo.id, times=1, retry_after=1)
    asked = server.send_text(amina, "My rent is 500")
    server.edit(amina, asked, "My rent is 900")
    copy = await server.wait_for(lambda: next(iter(said(server, espoo, "My rent is 900", thread)), None), 20)
    await room.bot.drained()
    assert copy.edited
    assert not said(server, espoo, "500", thread)

    answered = server.send_text(maria, "That is much", chat=espoo, thread=thread)
    got = await server.next_message(amina, containing="That is much")
    server.edit(maria, answered, "That is too much")
    await server.wait_for(lambda: got.text == "💬 That is too much")
    server.send_text(maria, "/close", chat=espoo, thread=thread)
    await server.next_message(amina, containing="is closed")
    server.edit(amina, asked, "My rent is 1000")
    await server.wait_for(lambda: copy.text == "👤 My rent is 1000")
    assert room.bot.sql("select text from entries where text like 'My rent%'") == [("My rent is 1000",)]
    assert room.state(1) == "closed"
    await room.bot.drained()
    assert len(room.texts(amina)) == len(set(room.texts(amina))), "an edit of a ticket is no new question"


async def test_an_edited_note_stays_a_note(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    seppo = server.person(12, "Seppo", "fi")
    server.add_member(espoo, seppo)
    note = server.send_text(maria, "// secret", chat=espoo, thread=thread)
    stray = server.send_text(seppo, "secret of Seppo", chat=espoo, thread=thread)
    reply = server.send_text(maria, "hello", chat=espoo, thread=thread)
    await server.next_message(amina, containing="hello")
    server.edit(maria, note, "// secret of Maria")
    server.edit(maria, note, "secret without slashes")
    server.edit(seppo, stray, "secret of Seppo, mended")
    server.edit(maria, reply, "// secret after all")
    server.send_text(maria, "the end", chat=espoo, thread=thread)
    await server.next_message(amina, containing="the end")
    await room.bot.drained()
    assert not said(server, amina, "secret")


async def test_albums_go_both_ways_as_one(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.send_album(amina, 5, "the five pages of my lease")
    server.send_text(amina, "that was the lease")
    await server.next_message(espoo, thread=thread, containing="that was the lease")
    server.send_album(maria, 5, "what to fill in", chat=espoo, thread=thread)
    server.send_text(maria, "five forms for you", chat=espoo, thread=thread)
    await server.next_message(amina, containing="five forms for you")
    await room.bot.drained()
    for chat, place, caption, after in (
        (espoo, thread, "the five pages", "that was the lease"),
        (amina, None, "what to fill in", "five forms"),
    ):
        seen = [one for one in server.messages(chat, place) if one.from_bot]
        photos = [index for index, one in enumerate(seen) if one.json.get("photo")]
        assert len(photos) == 5
        assert photos == list(range(photos[0], photos[0] + 5)), "together"
        words = [index for index, one in enumerate(seen) if caption in one.text]
        assert len(words) == 1
        assert photos[-1] < words[0] < next(index for index, one in enumerate(seen) if after in one.text)
    kept = room.bot.sql("select author, text, from_messages from entries where media = 'photo' order by id")
    assert [(author, text) for author, text, _ in kept] == [
        ("resident", "the five pages of my lease"),
        ("advisor", "what to fill in"),
    ]
    assert all(len(messages.split(",")) == 5 for _, _, messages in kept)
    assert len(server.requests("copyMessages")) == 2
    assert room.bot.sql("select count(*) from albums") == [(0,)]


async def test_answers_of_telegram_that_are_lost_double_a_message_but_no_ticket(
    server: TelegramServer, room: Room
) -> None:
    maria = server.person(10, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    server.fault("drop-after", method="createForumTopic")
    number = await room.ask(amina)
    assert room.bot.sql("select count(*) from tickets") == [(1,)]
    ((thread,),) = room.bot.sql("select thread from topics")
    card = await room.button(espoo, f"D|take|{number}")
    assert card.thread == thread, "the card stands in the topic that counts"
    await server.press(maria, card, f"D|take|{number}").answered()
    await room.bot.drained()
    server.fault("drop-after", method="sendMessage", chat=amina.id)
    reply = server.send_text(maria, "Come tomorrow at nine", chat=espoo, thread=thread)
    await server.wait_for(lambda: reply.reactions, 20)
    assert len(said(server, amina, "Come tomorrow at nine")) == 2, "at least once"
    server.send_text(amina, "I come")
    await server.next_message(espoo, thread=thread, containing="I come")
    assert room.bot.sql("select count(*) from entries where text like 'Come tomorrow%'") == [(1,)]
    assert len(said(server, espoo, "I come")) == 1


async def test_a_chat_that_hangs_holds_up_nobody_else(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    bilal = await room.resident(2)
    other = await room.take(maria, espoo, await room.ask(bilal))
    hanging = server.fault("hang", method="sendMessage", chat=amina.id, seconds=4)
    server.send_text(maria, "slow", chat=espoo, thread=thread)
    await server.wait_for(lambda: hanging.hits)
    server.send_text(maria, "quick", chat=espoo, thread=other.id)
    await server.next_message(bilal, containing="quick", timeout=3)
    server.send_text(amina, "meanwhile")
    await server.next_message(espoo, thread=thread, containing="meanwhile", timeout=3)
    assert not said(server, amina, "slow")
    await server.next_message(amina, containing="slow", timeout=10)
    await room.bot.drained()
    assert len(said(server, amina, "slow")) == 1


async def test_an_advisor_sees_that_a_reply_was_refused(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.fault("error", method="sendMessage", chat=amina.id, times=3, description="Bad Request: strange words")
    lost = server.send_text(maria, "this one is refused", chat=espoo, thread=thread)
    refusal = await server.next_message(espoo, thread=thread, containing="Not delivered")
    assert "strange words" in refusal.text
    next_one = server.send_text(maria, "this one arrives", chat=espoo, thread=thread)
    await server.wait_for(lambda: next_one.reactions)
    assert not lost.reactions
    assert not said(server, amina, "this one is refused")
    assert room.state(1) == "taken"


async def test_a_desk_without_its_group_keeps_its_tickets_for_the_next_one(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.send_photo(maria, "the form", chat=espoo, thread=thread)
    await server.wait_for(lambda: any(one.json.get("photo") for one in server.messages(amina)))
    await room.bot.drained()
    server.set_bot(espoo, "kicked", room.admin)
    server.send_text(amina, "are you still there?")
    told = await server.next_message(ADMIN, containing="espoo")
    assert "tickets are kept" in told.text
    assert room.bot.sql("select count(*) from desks") == [(0,)]
    server.send_text(amina, "hello?")
    await room.bot.drained()
    assert room.state(1) == "taken"

    new = await room.desk("espoo", maria)
    again = await room.topic(new, 1)
    await server.wait_for(lambda: "hello?" in " ".join(room.texts(new, again.id)))
    await room.bot.drained()
    shown = "\n".join(room.texts(new, again.id))
    for words in ("are you still there?", "hello?", "the form"):
        assert shown.count(words) == 1, words
    assert room.bot.sql("select chat from desks") == [(new.id,)], (
        "a lost file of the old group does not end the new link"
    )
    server.send_text(maria, "Here I am", chat=new, thread=again.id)
    await server.next_message(amina, containing="Here I am")
    server.send_text(amina, "good")
    await server.next_message(new, thread=again.id, containing="good")


async def test_a_group_that_comes_back_sees_what_was_said_meanwhile(server: TelegramServer, room: Room) -> None:
    amina, maria, espoo, thread = await talking(room)
    server.set_bot(espoo, "kicked", room.admin)
    server.send_text(amina, "said in between")
    await server.next_message(ADMIN, containing="espoo")
    server.set_bot(espoo, "administrator", room.admin)
    server.send_text(room.admin, "/desk espoo", chat=espoo)
    await server.next_message(espoo, thread=thread, containing="said in between")
    assert len(espoo.topics) == 1
    server.send_text(maria, "welcome back", chat=espoo, thread=thread)
    await server.next_message(amina, containing="welcome back")


async def test_a_topic_that_is_refused_is_never_the_general_one_and_is_made_later(
    server: TelegramServer, room: Room
) -> None:
    maria = server.person(11, "Maria", "fi")
    espoo = await room.desk("espoo", maria)
    amina = await room.resident(1)
    server.fault(
        "error", method="createForumTopic", times=3, description="Bad Request: not enough rights to create a topic"
    )
    number = await room.ask(amina, "My landlord wants me to leave")
    told = await server.next_message(espoo, containing="could not make a topic")
    assert "/desk espoo" in told.text
    server.send_text(amina, "and I have a small child")
    await room.drained()
    assert not any("landlord" in text or "child" in text for text in room.texts(espoo))
    server.send_text(room.admin, "/desk espoo", chat=espoo)
    topic = await room.topic(espoo, number)
    await server.next_message(espoo, thread=topic.id, containing="small child")
    assert any("landlord" in text for text in room.texts(espoo, topic.id))
