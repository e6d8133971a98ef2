"""While *human only* is on: a notice in place of every answer, and everything else as before."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.heard import DeskView, Heard, Located, Moment, Sent
from bot.conversation.reply import Duty, Reply
from bot.domain.resident import NOT_IN_FINLAND, Step
from bot.domain.ticket import Ticket, TicketKind, TicketState
from bot.locales import translator

from .conftest import NOON, Room, actions, sendable, words

QUESTIONS = {
    "fi": "Miten haen lapselle päiväkotipaikan?",
    "en": "how do I apply for a day care place for my child?",
    "ar": "كيف أسجل طفلي في الروضة؟",
    "so": "Sideen u codsadaa xannaano maalmeed ilmahayga?",
}
NOTICE = "My own answers are switched off for now."
URGENT = {"fi": "mieheni lyö minua", "en": "I want to kill myself", "sv": "mitt barn är i fara hemma"}


class Switched(Room):
    """A resident in front of a bot whose answers are off; `ticket` is the open one."""

    ticket: Ticket | None = None
    staffed = True
    on = True

    def hear(self, heard: Heard) -> Reply:
        view = DeskView(staffed=self.staffed, ticket=self.ticket)
        reply = self.talk.respond(heard, Moment(self.resident, NOON, self.hint, view, human_only=self.on))
        sendable(reply)
        self.resident = reply.resident
        return reply


@pytest.fixture
def visit(talk: Conversation) -> Callable[..., Switched]:
    """Opens a conversation of a resident of Espoo who reads English; `hint` is the phone's language."""

    def opened(hint: str | None = None, **settings: Any) -> Switched:
        return Switched(talk, hint, **({"language": "en", "city": "espoo"} | settings))

    return opened


def notice(language: str) -> str:
    """The notice's first words in a language, as the catalogue of texts has them."""
    tr = translator(language)
    whole = tr(
        "My own answers are switched off for now. A person helps you: press the button, or call or visit an advice "
        "point."
    )
    assert language == "en" or NOTICE not in whole
    return whole


def is_notice(reply: Reply, language: str = "en") -> None:
    """The notice with the emergency number and the button to a person, the advice points, and no answer."""
    said = words(reply)
    assert notice(language) in said
    assert "112" in said
    assert any(action.split("|")[0] == "h" for action in actions(reply))
    assert "☎️" in said, "whom to call is shown"
    assert reply.guidance is None
    assert not {action.split("|")[0] for action in actions(reply)} & set("aortTyn")


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_gets_the_notice_in_its_own_language(visit, language: str) -> None:
    stored = language if language in {"fi", "en"} else None
    resident = visit(language=stored)
    answered = visit(language=stored)
    answered.on = False
    assert answered.say(QUESTIONS[language]).guidance.kind == "answer", "the question has an answer"
    reply = resident.say(QUESTIONS[language])
    is_notice(reply, language)
    assert (reply.record.kind, reply.record.intents, reply.record.text) == ("handoff", (), QUESTIONS[language])
    assert resident.resident.last_question == QUESTIONS[language], "it is offered at the hand-over"
    assert resident.resident.last_intent is None
    assert visit(language="sv").say(QUESTIONS[language]).record.language == language, "the stored one is another"


def test_every_language_has_the_notice(visit, talk: Conversation) -> None:
    said = {code: visit(code, language=None).press("T").screens[0].html for code in talk.catalogue.understood}
    assert len(said) == 13
    for code, html in said.items():
        assert html.startswith(notice(code))
    assert len({html.split("\n")[0] for html in said.values()}) == 13


@pytest.mark.parametrize("language", URGENT)
def test_an_urgent_matter_gets_the_emergency_number_without_matching(visit, language: str) -> None:
    resident = visit(language=language)
    is_notice(resident.say(URGENT[language]), language)


@pytest.mark.parametrize("step", [Step.FEEDBACK, Step.COMMENT, Step.HUMAN_WISH])
@pytest.mark.parametrize("staffed", [True, False])
def test_what_is_written_for_people_shows_no_answer_either(visit, step: Step, staffed: bool) -> None:
    resident = visit(step=step)
    resident.staffed = staffed
    reply = resident.say(URGENT["en"])
    assert reply.screens[0].html == "If life or health is in danger, call 112."
    assert not {action.split("|")[0] for action in actions(reply)} & set("aortTyn")
    assert NOTICE not in words(reply)
    answered = visit(step=step)
    answered.on = False
    assert any(action.startswith("h|") for action in actions(answered.say(URGENT["en"]))), "else it is answered"


@pytest.mark.parametrize("data", ["a|tax-card", "a|tax-card|vantaa", "o|tax-card", "r|tax-card", "j|tax-card"])
def test_a_button_of_an_earlier_answer_leads_to_a_person_who_knows_the_matter(visit, data: str) -> None:
    resident = visit(step=Step.FEEDBACK)
    reply = resident.press(data)
    is_notice(reply)
    assert "h|tax-card" in actions(reply)
    assert resident.resident.step is Step.NONE
    kind = reply.record.kind if reply.record else None
    assert kind == ("handoff" if data.startswith("a") else None)
    assert resident.press("h|tax-card").resident.draft.intent == "tax-card"


def test_no_button_of_any_answer_shows_one(visit, talk: Conversation) -> None:
    resident = visit(language="fi")
    for intent in talk.catalogue.intents:
        for data in (f"a|{intent}", f"a|{intent}|vantaa", f"o|{intent}", f"r|{intent}", f"j|{intent}"):
            is_notice(resident.press(data), "fi")
    for topic in talk.catalogue.topics:
        is_notice(resident.press(f"t|{topic.id}"), "fi")


@pytest.mark.parametrize("data", ["T", "t|money", "a|no-such-intent", "a|talk-to-human"])
def test_buttons_that_only_lead_to_answers(visit, data: str) -> None:
    is_notice(visit().press(data))


def test_the_topics_and_what_cannot_be_read(visit) -> None:
    is_notice(visit().command("topics"))
    resident = visit(step=Step.CITY)
    is_notice(resident.hear(Sent("voice", (5,))))
    assert resident.resident.step is Step.CITY, "as while answers are on"


@pytest.mark.parametrize(("hint", "first"), [("ru", "ru"), ("sv-FI", "sv"), ("pt-br", "en"), (None, "en")])
def test_a_stranger_gets_it_in_the_phone_s_language_and_in_the_main_ones(visit, hint: str | None, first: str) -> None:
    resident = visit(hint, language=None, city=None)
    reply = resident.say("päiväkoti")
    said = words(reply)
    assert said.startswith(notice(first))
    for code in ("fi", "sv", "en"):
        assert said.count(notice(code)) == 1
    assert {f"l|{code}" for code in resident.talk.catalogue.languages} <= set(actions(reply)), "any other can be chosen"
    assert "/privacy" in said, "what happens to the message is told at first use"
    again = words(resident.say("päiväkoti"))
    assert "/privacy" not in again
    offered = first in resident.talk.catalogue.languages
    assert resident.resident.language == (first if offered else None), "else the bot has no answers in it"
    assert again.startswith(notice(first))
    assert (notice("fi") in again) == (not offered), "only once in all languages when one is known"


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_stranger_whose_language_shows_gets_it_in_that_one(visit, language: str) -> None:
    resident = visit("tr", language=None, city=None)
    reply = resident.say(QUESTIONS[language])
    is_notice(reply, language)
    assert reply.screens[0].html.count("112") == 1
    assert resident.resident.language == (language if language in resident.talk.catalogue.languages else None)
    assert "112" in resident.say(QUESTIONS[language]).screens[0].html


def test_a_stranger_s_press_is_told_in_the_main_languages(visit) -> None:
    reply = visit("uk", language=None).press("a|tax-card")
    for code in ("uk", "fi", "sv", "en"):
        assert notice(code) in words(reply)


def test_settings_are_changed_without_showing_the_last_answer_again(visit) -> None:
    for change in (
        lambda resident: resident.press("c|vantaa"),
        lambda resident: resident.say("Vantaa"),
        lambda resident: resident.press(f"c|{NOT_IN_FINLAND}"),
        lambda resident: resident.locate(60.2925, 25.0440),
    ):
        resident = visit(last_intent="tax-card")
        reply = change(resident)
        assert resident.resident.city in {"vantaa", NOT_IN_FINLAND}
        assert NOTICE in words(reply)
        assert reply.record is None
        assert resident.resident.last_intent == "tax-card", "it is answered again once answers are on"
    resident = visit(last_intent="tax-card")
    assert notice("fi") in words(resident.press("l|fi"))
    resident.on = False
    assert resident.press("c|espoo").record.intents == ("tax-card",)


def test_a_shared_location_that_was_forgotten_is_asked_for_again(visit) -> None:
    assert "location" in words(visit().hear(Located(None)))


@pytest.mark.parametrize("name", ["start", "cancel"])
def test_nobody_is_invited_to_ask(visit, name: str) -> None:
    assert words(visit().command(name)).endswith("If life or health is in danger, call 112.")


def test_the_status_tells_who_answers(visit) -> None:
    resident = visit()
    off = resident.command("status")
    assert NOTICE in words(off)
    assert "h" in actions(off)
    resident.on = False
    on = resident.command("status")
    assert "I, the bot, answer your questions" in words(on)
    assert "h" not in actions(on)


def test_everything_that_is_no_answer_goes_on(visit) -> None:
    resident = visit(last_question="my rent")
    assert "How I use" not in words(resident.command("privacy"))
    assert "/mydata" in words(resident.command("privacy"))
    assert resident.command("mydata").duty is Duty.EXPORT
    assert resident.press("d").duty is Duty.DELETE
    resident = visit(last_question="my rent")
    assert "w" in actions(resident.command("human"))
    assert "my rent" in words(resident.press("w"))
    assert resident.press("S").duty is Duty.OPEN
    rated = resident.press("g|12|4")
    assert (rated.duty, rated.about) == (Duty.RATE, ("12", "4"))
    assert resident.press("y|tax-card").rating.helpful
    assert resident.press("Z|12").duty is Duty.REOPEN
    assert any(action.startswith("l|") for action in actions(resident.command("language")))
    assert "c|espoo" in actions(resident.command("city"))
    assert resident.press("m|no-such-point").toast
    (pin, *_) = [action for action in actions(resident.say("tax card please")) if action.startswith("m|")]
    assert resident.press(pin).screens[0].venue, "the map under the advice points"


def test_an_open_request_is_told_and_closed(visit) -> None:
    resident = visit()
    resident.ticket = Ticket(
        7, 1, "espoo", "espoo", TicketKind.QUESTION, TicketState.WAITING, None, "en", ("en",), 0, 0
    )
    assert "#7" in words(resident.command("status"))
    assert resident.press("z|7").duty is Duty.CLOSE


def test_a_masked_identifier_is_told_with_the_notice(visit) -> None:
    reply = visit().say("my code is [***id***], where is my tax card", "id")
    assert "did not store" in words(reply)
    assert NOTICE in words(reply)


def test_an_advisor_s_answer_is_a_person_s(talk: Conversation, visit) -> None:
    resident = visit().resident
    assert talk.answer("tax-card", Moment(resident, NOON)).record.kind == "answer"
