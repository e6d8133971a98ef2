import pytest

from bot.conversation.heard import Sent
from bot.domain.resident import Step

from .conftest import actions, words

RUSSIAN = "как продлить вид на жительство"
COMMANDS = (
    "start",
    "language",
    "city",
    "topics",
    "human",
    "status",
    "privacy",
    "mydata",
    "delete",
    "help",
    "cancel",
    "x",
)
NONSENSE = ("xqzv wkrt plmnb", "zzkp qqwx", "wqxz kkpt")


def test_a_message_in_another_language_is_answered_in_it_with_an_offer(room) -> None:
    visit = room(language="fi", city="espoo")
    reply = visit.say("How can I renew my residence permit before it expires?")
    assert reply.record.language == "en"
    assert actions(reply)[-1] == "s|en"
    assert visit.resident.language == "fi", "the stored choice stays"
    visit.press("s|en")
    assert visit.resident.language == "en"


@pytest.mark.parametrize("text", ["Kela?", "tax card", "Migri OK"])
def test_a_few_words_do_not_change_the_language_of_the_answer(room, text: str) -> None:
    reply = room(language="fi", city="espoo").say(text)
    assert reply.record.language == "fi"
    assert not any(data.startswith("s|") for data in actions(reply))


def test_a_language_that_is_not_spoken_is_noticed(room) -> None:
    reply = room(language="fi", city="espoo").say(RUSSIAN)
    assert reply.record.language == "fi"
    assert "/human" in words(reply).split("\n\n")[0]


def test_a_stranger_in_a_language_that_is_not_spoken_is_told_so(room) -> None:
    visit = room("ru")
    reply = visit.say(RUSSIAN)
    assert "I cannot write your language yet" in words(reply)


def test_a_taken_out_identifier_is_told_first_and_in_the_language_of_the_message(room) -> None:
    visit = room("sv")
    reply = visit.say("Hetuni on [***id***], mistä saan verokortin?", "identity code")
    assert words(reply).startswith("Poistin")
    assert reply.record.intents == ("tax-card",)


def test_a_first_question_is_answered_before_anything_is_asked(room) -> None:
    visit = room("fi")
    reply = visit.say("miten saan verokortin")
    assert reply.record.intents == ("tax-card",)
    assert visit.resident.language == "fi"
    assert visit.resident.last_question == "miten saan verokortin"
    again = visit.say("miten saan verokortin")
    assert len(again.screens) == len(reply.screens) - 1, "the bot says what it is once"


def test_two_misses_lead_to_a_person_and_an_answer_between_them_does_not(room) -> None:
    visit = room(language="en", city="espoo")
    assert visit.say(NONSENSE[0]).record.kind == "handoff"
    assert visit.resident.misses == 1
    visit.say("how do I get a tax card")
    assert visit.resident.misses == 0
    visit.say(NONSENSE[0])
    reply = visit.say(NONSENSE[1])
    assert actions(reply) == ["w", "x"]
    assert (visit.resident.step, visit.resident.misses) == (Step.HUMAN_WISH, 0)
    assert visit.resident.last_question == NONSENSE[1]


def test_a_wish_is_kept_and_the_truth_is_told(room) -> None:
    visit = room(language="en", city="vantaa")
    assert actions(visit.command("human")) == ["x"], "there is no last question to send"
    reply = visit.say("Please call my landlord")
    assert (reply.record.kind, reply.record.city, reply.record.text) == ("wish", "vantaa", "Please call my landlord")
    assert "nobody answers here" in words(reply)
    assert visit.resident.step is Step.NONE


def test_the_last_question_can_be_sent_as_the_wish(room) -> None:
    visit = room(language="en", city="vantaa")
    visit.say("how do I get a tax card")
    assert actions(visit.press("h|tax-card")) == ["w", "x"]
    reply = visit.press("w")
    assert (reply.record.kind, reply.record.text) == ("wish", "how do I get a tax card")


def test_a_wish_can_be_cancelled(room) -> None:
    for cancel in (lambda visit: visit.press("x"), lambda visit: visit.command("cancel")):
        visit = room(language="en", city="vantaa")
        visit.command("human")
        cancel(visit)
        assert visit.resident.step is Step.NONE
        assert visit.say("how do I get a tax card").record.kind == "answer"


def test_any_button_or_command_closes_an_open_step(room) -> None:
    for step in Step:
        for data in ("T", "a|tax-card", "c|espoo", "l|en", "no such thing"):
            visit = room(language="en", city="vantaa", step=step)
            visit.press(data)
            assert visit.resident.step is Step.NONE, (step, data)
        visit = room(language="en", city="vantaa", step=step)
        visit.command("topics")
        assert visit.resident.step is Step.NONE


def test_an_urgent_matter_inside_a_wish_is_answered_first(room) -> None:
    visit = room(language="en", city="espoo")
    visit.command("human")
    reply = visit.say("my husband beats me and I am afraid")
    assert "112" in words(reply).split("\n\n")[0]
    assert reply.record.kind == "wish"


def test_an_urgent_matter_inside_feedback_is_answered_too(room) -> None:
    visit = room(language="en", city="espoo", step=Step.FEEDBACK)
    reply = visit.say("my husband beats me and I am afraid")
    assert reply.record.kind == "feedback"
    assert "112" in words(reply)


def test_feedback_is_thanked_for_and_kept(room) -> None:
    visit = room(language="en", city="espoo")
    assert visit.say("I want to give feedback").record.intents == ("feedback",)
    assert visit.resident.step is Step.FEEDBACK
    reply = visit.say("the map button is very good")
    assert (reply.record.kind, reply.record.text) == ("feedback", "the map button is very good")
    assert visit.resident.step is Step.NONE


@pytest.mark.parametrize(
    ("text", "intent", "step"),
    [
        ("hello", "greeting", Step.NONE),
        ("thank you so much", "thanks", Step.NONE),
        ("goodbye", "goodbye", Step.NONE),
        ("what can you do", "bot-capabilities", Step.NONE),
        ("I want to talk to a person", "talk-to-human", Step.HUMAN_WISH),
        ("change my language please", "change-language", Step.LANGUAGE),
        ("I moved to another city, change my city", "change-city", Step.CITY),
        ("what do you do with my data", "privacy", Step.NONE),
        ("I want to give feedback", "feedback", Step.FEEDBACK),
    ],
)
def test_the_bots_own_acts(room, text: str, intent: str, step: Step) -> None:
    visit = room(language="en", city="espoo")
    reply = visit.say(text)
    assert (reply.record.kind, reply.record.intents[0]) == ("dialogue", intent)
    assert visit.resident.step is step
    assert visit.resident.last_question is None, "nothing was asked"


@pytest.mark.parametrize("text", ["I want to talk to a person", "I moved to another city, change my city"])
def test_the_guidance_of_an_act_is_not_lost(room, text: str) -> None:
    """`neuvoja ask --json` and the evaluation read it."""
    reply = room(language="en", city="espoo").say(text)
    assert reply.guidance is not None
    assert reply.guidance.kind == "dialogue"


def test_a_city_named_in_the_wish_to_change_it_is_stored(room) -> None:
    visit = room(language="en", city="vantaa")
    reply = visit.say("I live in Espoo")
    assert reply.record.intents == ("change-city",)
    assert visit.resident.city == "espoo"


def test_privacy_tells_the_running_retention_time(room) -> None:
    assert "180" in words(room(language="en").command("privacy"))


def test_several_questions_in_one_message_the_urgent_one_first(room) -> None:
    reply = room(language="en", city="espoo").say("I need a tax card and my husband beats me")
    assert reply.record.intents[0] == "domestic-violence"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_every_language(room, language: str, command: str) -> None:
    for settings in ({}, {"city": "espoo"}, {"city": "none", "last_question": "x", "last_intent": "tax-card"}):
        reply = room(language=language, **settings).command(command)
        assert reply.duty == ("export" if command == "mydata" else None)


def test_help_says_the_commands_and_an_unknown_command_is_help(room) -> None:
    visit = room(language="en")
    assert words(visit.command("help")) == words(visit.command("frobnicate"))
    for name in ("/topics", "/city", "/language", "/human", "/status", "/privacy", "/mydata", "/delete", "/cancel"):
        assert name in words(visit.command("help"))


def test_deleting_is_asked_twice(room) -> None:
    visit = room(language="en", city="espoo")
    reply = visit.command("delete")
    assert reply.duty is None
    assert actions(reply) == ["d", "x"]
    assert visit.press("d").duty == "delete"
    assert visit.resident == type(visit.resident)(1)


@pytest.mark.parametrize("media", ["voice", "photo", "sticker", "other"])
def test_what_is_no_text_is_answered_kindly(room, media: str) -> None:
    reply = room(language="en").hear(Sent(media))
    assert "only read text" in words(reply)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_message_is_invited_to_ask(room, text: str) -> None:
    assert actions(room(language="en").say(text)) == ["T"]
