import asyncio
import contextlib

import pytest

from bot.simulator.player import Player
from bot.simulator.story import GENERAL, Story, StoryFailure, expect, locate, note, photo, press, say, voice

AMINA, LIISA = 5, 7


@pytest.fixture
def amina(telegram):
    return telegram.person(AMINA, "Amina", "so")


@pytest.fixture
def desk(telegram):
    return telegram.supergroup("Espoo desk", forum=True, members=(telegram.person(LIISA, "Liisa"),))


@pytest.fixture
def played(telegram, amina, desk):
    """A player of one story with these steps, played without pauses unless told."""

    def make(*steps):
        return Player(telegram, [Story("s", {"en": "S"}, "", steps)], [desk])

    return make


@contextlib.asynccontextmanager
async def bot(api, replies):
    """A bot that answers with the calls of `replies(update)`."""

    async def run():
        offset = 0
        while True:
            for update in await api("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                for method, params in replies(update):
                    await api(method, **params)

    task = asyncio.create_task(run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def echo(update):
    if "message" in update and update["message"]["chat"]["type"] == "private":
        text = update["message"].get("text", "?")
        return [("sendMessage", {"chat_id": AMINA, "text": f"heard {text}"})]
    return []


def rows(*data):
    return {"inline_keyboard": [[{"text": f"press {one}", "callback_data": one}] for one in data]}


async def test_a_story_plays_and_tells_every_step(telegram, api, played):
    feed = telegram.world.open_feed()
    player = played(
        note({"en": "She asks.", "fi": "Hän kysyy."}), say(AMINA, "hei"), expect("heard hei", AMINA), voice(AMINA)
    )
    async with bot(api, echo):
        await player.play("s", pause=0)
    events = [feed.get_nowait() for _ in range(feed.qsize())]
    told = [
        (one.payload["step"], one.payload.get("act"), one.payload["state"]) for one in events if one.kind == "story"
    ]
    assert told == [
        (1, None, "playing"),
        (2, "say", "playing"),
        (3, "expect", "playing"),
        (4, "voice", "playing"),
        (4, None, "done"),
    ]
    assert player.progress["caption"] == {"en": "She asks.", "fi": "Hän kysyy."}
    assert (player.playing, player.failure) == (None, None)


async def test_what_was_there_before_is_no_answer(telegram, api, played, amina):
    telegram.send_text(amina, "hei")
    await api("sendMessage", chat_id=AMINA, text="heard hei")
    player = played(say(AMINA, "moi"), expect("heard hei", AMINA, within=0.2))
    async with bot(api, lambda update: echo(update) if update["message"]["text"] == "moi" else []):
        with pytest.raises(StoryFailure) as failure:
            await player.play("s", pause=0)
    assert failure.value.step == 2
    assert str(failure.value) == (
        "step 2: 'heard hei' was expected from the bot in Amina's chat within 0.2 s; there is \n- heard moi"
    )
    assert player.failure is failure.value
    assert player.progress["state"] == "failed"
    assert player.progress["error"] == str(failure.value)


async def test_an_edited_message_is_new_again(api, played):
    sent = await api("sendMessage", chat_id=AMINA, text="one")
    player = played(say(AMINA, "x"), expect("two", AMINA))
    edit = {"chat_id": AMINA, "message_id": sent["message_id"], "text": "one\n two"}
    async with bot(api, lambda _: [("editMessageText", edit)]):
        await player.play("s", pause=0)


async def test_several_parts_of_one_message_and_its_venue(api, played):
    venue = {"latitude": 60.2, "longitude": 24.7, "title": "Iso Omena", "address": "Piispansilta 11"}
    player = played(
        locate(AMINA, 60.2, 24.7),
        expect("Iso Omena", AMINA),
        expect("Piispansilta 11", AMINA),
        expect("[location]", AMINA),
    )
    async with bot(api, lambda _: [("sendVenue", {"chat_id": AMINA, **venue})]):
        await player.play("s", pause=0)


async def test_the_newest_button_with_a_beginning_is_pressed_and_answered(telegram, api, played):
    old = await api("sendMessage", chat_id=AMINA, text="old", reply_markup=rows("a|old"))
    feed = telegram.world.open_feed()

    def replies(update):
        if "message" in update:
            return [
                ("sendMessage", {"chat_id": AMINA, "text": "1", "reply_markup": rows("a|first")}),
                ("sendMessage", {"chat_id": AMINA, "text": "2", "reply_markup": rows("b", "a|second")}),
                ("sendMessage", {"chat_id": AMINA, "text": "3"}),
            ]
        query = update["callback_query"]
        return [
            ("answerCallbackQuery", {"callback_query_id": query["id"]}),
            ("sendMessage", {"chat_id": AMINA, "text": f"pressed {query['data']}"}),
        ]

    player = played(say(AMINA, "x"), expect("3", AMINA), press(AMINA, "a|"), expect("pressed a|second", AMINA))
    async with bot(api, replies):
        await player.play("s", pause=0)
    events = [feed.get_nowait() for _ in range(feed.qsize())]
    pressed = [event.payload for event in events if event.kind == "press"]
    assert [(one["data"], one["id"] == old["message_id"]) for one in pressed] == [("a|second", False)]


async def test_a_star_is_any_argument(telegram, api, played):
    def replies(update):
        if "message" in update:
            return [
                ("sendMessage", {"chat_id": AMINA, "text": "?", "reply_markup": rows("g|12|15", "g|12|5", "g|12|5|x")})
            ]
        query = update["callback_query"]
        return [("answerCallbackQuery", {"callback_query_id": query["id"], "text": query["data"]})]

    feed = telegram.world.open_feed()
    async with bot(api, replies):
        await played(say(AMINA, "x"), press(AMINA, "g|*|5")).play("s", pause=0)
    events = [feed.get_nowait() for _ in range(feed.qsize())]
    assert [event.payload["data"] for event in events if event.kind == "press"] == ["g|12|5"]


async def test_a_button_that_is_not_there_names_those_that_are(api, played):
    player = played(say(AMINA, "x"), press(AMINA, "a", within=0.2))
    async with bot(api, lambda _: [("sendMessage", {"chat_id": AMINA, "text": "?", "reply_markup": rows("a|b")})]):
        with pytest.raises(StoryFailure, match=r"no button 'a' in Amina's chat .* there is press a\|b \(a\|b\)"):
            await player.play("s", pause=0)
    player = played(press(AMINA, "a", within=0.05))
    with pytest.raises(StoryFailure, match="there is no button at all"):
        await player.play("s", pause=0)


async def test_a_press_that_the_bot_ignores_fails(api, played):
    def replies(update):
        return (
            [("sendMessage", {"chat_id": AMINA, "text": "?", "reply_markup": rows("a")})] if "message" in update else []
        )

    player = played(say(AMINA, "x"), press(AMINA, "a", within=0.2))
    async with bot(api, replies):
        with pytest.raises(StoryFailure, match="did not answer the press of 'a' within"):
            await player.play("s", pause=0)


async def test_at_a_desk_the_story_stays_in_the_topic_it_deals_with(telegram, api, played, desk):
    first = (await api("createForumTopic", chat_id=desk.id, name="#1"))["message_thread_id"]
    await api("createForumTopic", chat_id=desk.id, name="#2")

    def replies(update):
        chat = {"chat_id": desk.id, "message_thread_id": first}
        if "callback_query" in update:
            return [("answerCallbackQuery", {"callback_query_id": update["callback_query"]["id"]})]
        if update["message"]["chat"]["id"] == AMINA:
            return [("sendMessage", {**chat, "text": "card", "reply_markup": rows("D|take|1")})]
        return []

    player = played(
        say(LIISA, "newest", desk="Espoo"),
        say(AMINA, "help"),
        press(LIISA, "D|take|", desk="Espoo"),
        say(LIISA, "same", desk="Espoo"),
        photo(LIISA, "named", desk="Espoo", topic="#2"),
        say(LIISA, "everybody", desk="Espoo", topic=GENERAL),
    )
    async with bot(api, replies):
        await player.play("s", pause=0)
    written = {message.text: message.thread for message in desk.messages.values() if not message.from_bot}
    assert written == {"newest": first + 1, "same": first, "named": first + 1, "everybody": None}


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (say(LIISA, "x", desk="Vantaa"), r"no desk 'Vantaa'; there are \['Espoo desk'\]"),
        (say(LIISA, "x", desk="Espoo"), "'Espoo desk' has no topic yet"),
        (say(LIISA, "x", desk="Espoo", topic="#9"), "no topic '#9'"),
        (say(99, "x"), "no such person or chat: 99"),
        (say(AMINA, "x", desk="Espoo", topic=GENERAL), "person 5 is not in 'Espoo desk'"),
        (expect("x", desk="Espoo", within=0.05), "within 0.05 s; there is nothing new from the bot"),
    ],
)
async def test_an_act_that_cannot_be_done_stops_the_story(played, step, reason):
    with pytest.raises(StoryFailure, match=f"step 1: .*{reason}"):
        await played(step).play("s", pause=0)


async def test_step_by_step(telegram, played, amina):
    player = played(say(AMINA, "one"), say(AMINA, "two"), say(AMINA, "three"), say(AMINA, "four"))
    said = lambda: [message.text for message in telegram.messages(amina)]  # noqa: E731
    player.start("s", pause=None)
    await telegram.wait_for(lambda: player.progress["state"] == "waiting" if player.progress else False)
    assert (said(), player.playing) == (["one"], "s")
    player.step()
    await telegram.wait_for(lambda: len(said()) == 2)
    await asyncio.sleep(0.05)
    assert said() == ["one", "two"]
    player.start("s", pause=0)  # goes on by itself
    await telegram.wait_for(lambda: player.playing is None)
    assert (said(), player.progress["state"]) == (["one", "two", "three", "four"], "done")


async def test_one_story_at_a_time_and_stopping(telegram, played, amina):
    player = played(say(AMINA, "one"), expect("never", AMINA))
    task = asyncio.create_task(player.play("s", pause=0))
    await telegram.wait_for(lambda: telegram.messages(amina))
    with pytest.raises(RuntimeError, match="'s' is under way"):
        await player.play("s")
    player.stop()
    await task
    assert (player.playing, player.failure, player.progress["state"]) == (None, None, "stopped")
    with pytest.raises(KeyError):
        player.start("t")
    player.stop()
    player.step()


async def test_pauses_are_kept_and_cancelling_the_caller_ends_the_story(telegram, played, amina):
    player = played(say(AMINA, "one"), say(AMINA, "two"), say(AMINA, "three"))
    begun = asyncio.get_running_loop().time()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.35):
            await player.play("s", pause=0.2)
    assert asyncio.get_running_loop().time() - begun >= 0.35
    assert ([message.text for message in telegram.messages(amina)], player.playing) == (["one", "two"], None)


def test_an_expectation_names_one_place():
    for arguments in ({}, {"person": AMINA, "desk": "Espoo"}):
        with pytest.raises(ValueError, match="give one of them"):
            expect("x", **arguments)
