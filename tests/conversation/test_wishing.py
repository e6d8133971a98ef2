"""The way to a person, without Telegram: what is asked, offered, passed on, and what an old button may not do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.heard import DeskView, Heard, Located, Moment, Said, Sent
from bot.conversation.reply import Duty, Reply
from bot.domain.resident import Step
from bot.domain.ticket import Ticket, TicketKind, TicketState

from .conftest import NOON, Room, actions, sendable, words

ABOUT = "My landlord wants me to leave my flat"


class Staffed(Room):
    """A conversation with a desk behind it; `ticket` is the resident's open one."""

    ticket: Ticket | None = None

    def hear(self, heard: Heard) -> Reply:
        view = DeskView(staffed=True, ticket=self.ticket, ahead=2)
        reply = self.talk.respond(heard, Moment(self.resident, NOON, self.hint, view))
        sendable(reply)
        self.resident = reply.resident
        return reply


@pytest.fixture
def desk(three: Any) -> Callable[..., Staffed]:
    """Opens a conversation of a resident of Espoo who reads English, with a desk behind it."""

    def opened(**settings: Any) -> Staffed:
        return Staffed(three, **({"language": "en", "city": "espoo"} | settings))

    return opened


def ticket(state: TicketState = TicketState.WAITING) -> Ticket:
    return Ticket(7, 1, "espoo", "espoo", TicketKind.QUESTION, state, None, "en", ("en",), 0.0, 0.0)


def test_the_consent_opens_a_ticket_from_what_was_prepared_and_nothing_else_does(desk) -> None:
    visit = desk()
    assert visit.press("S").toast, "nothing is prepared"
    assert visit.command("human").duty is None
    summary = visit.say(ABOUT)
    assert summary.duty is None
    assert summary.record is None, "nothing is kept before the consent"
    assert ABOUT in words(summary)
    opened = visit.press("S")
    assert opened.duty is Duty.OPEN
    assert opened.resident.draft.about == ABOUT
    assert (opened.record.kind, opened.record.text) == ("wish", ABOUT)


@pytest.mark.parametrize("way_out", ["/cancel", "x"])
def test_after_cancelling_an_old_consent_passes_nothing_on(desk, way_out: str) -> None:
    visit = desk()
    visit.command("human")
    visit.say(ABOUT)
    visit.command("cancel") if way_out.startswith("/") else visit.press(way_out)
    assert visit.resident.draft is None
    for old in ("S", "k|so", "k|more"):
        reply = visit.press(old)
        assert reply.toast, old
        assert reply.duty is None


def test_a_rating_is_nothing_that_could_be_passed_on(desk) -> None:
    visit = desk()
    rated = visit.press("g|12|4")
    assert (rated.duty, rated.about) == (Duty.RATE, ("12", "4"))
    assert visit.resident.step is Step.COMMENT
    visit.command("help")
    assert visit.press("S").duty is None
    assert not visit.press("k|so").screens
    visit.press("g|12|4")
    comment = visit.say("Very kind")
    assert (comment.duty, comment.about) == (Duty.COMMENT, ("12", "Very kind"))
    assert visit.resident.step is Step.NONE
    assert visit.resident.draft is None
    for forged in ("g|12|0", "g|12|6", "g|x|3"):
        assert visit.press(forged).duty is None


def test_languages_begin_with_the_spoken_and_the_written_one(desk) -> None:
    visit = desk(language="fi")
    visit.command("human")
    visit.say("How can I renew my residence permit before it expires?")
    assert visit.resident.draft.languages == ("fi", "en")
    off = visit.press("k|fi")
    assert off.replaces, "the message with the buttons is edited"
    assert visit.resident.draft.languages == ("en",)
    visit.press("k|ckb")
    assert visit.resident.draft.languages == ("en", "ckb")
    assert visit.press("k|xx").toast, "not a language that is offered"
    assert visit.resident.draft.languages == ("en", "ckb")


def test_an_unknown_city_is_asked_and_the_wish_is_kept_meanwhile(desk) -> None:
    for answer in ("Tapiola", "02100", "c|espoo"):
        visit = desk(city=None)
        visit.command("human")
        asked = visit.say(ABOUT)
        assert "c|espoo" in actions(asked)
        assert "S" not in actions(asked)
        told = visit.press(answer) if "|" in answer else visit.say(answer)
        assert "S" in actions(told), answer
        assert ABOUT in words(told)
        assert visit.resident.city == "espoo"
    visit = desk(city=None)
    visit.command("human")
    visit.say(ABOUT)
    visit.say("Kallio and nothing but a long sentence that names no place for sure")
    assert visit.resident.draft.about == ABOUT


def test_a_file_can_be_what_it_is_about(desk) -> None:
    visit = desk()
    assert "/human" not in words(visit.hear(Sent("voice", (5,)))), "outside a hand-over it cannot be read"
    visit.command("human")
    reply = visit.hear(Sent("photo", (6, 7), "a letter"))
    assert "a letter" in words(reply)
    draft = visit.press("S").resident.draft
    assert (draft.messages, draft.media, draft.about) == ((6, 7), "photo", "a letter")


def test_an_urgent_matter_is_answered_before_the_hand_over_goes_on(desk) -> None:
    visit = desk()
    visit.command("human")
    reply = visit.say("my husband hits me and I am afraid")
    assert "112" in words(reply).split("\n")[0]
    assert actions(reply)[-2:] == ["S", "x"]


def test_with_an_open_ticket_there_is_no_second_one(desk) -> None:
    visit = desk()
    visit.command("human")
    visit.say(ABOUT)
    visit.ticket = ticket()
    assert visit.press("S").toast
    for way in ("h", "h|daycare-application"):
        status = visit.press(way)
        assert "#7" in words(status)
        assert "2 requests" in words(status)
        assert actions(status) == ["z|7"]
    assert words(visit.command("human")) == words(visit.command("status"))


def test_a_resident_ends_moves_and_opens_only_what_is_there(desk) -> None:
    visit = desk()
    for nothing in ("z|7", "v|7|vantaa"):
        assert visit.press(nothing).duty is None
    assert visit.press("Z|7").duty is Duty.REOPEN
    visit.ticket = ticket()
    assert visit.press("z|7").duty is Duty.CLOSE
    assert visit.press("v|7|vantaa").duty is Duty.MOVE
    for wrong in ("z|8", "Z|7", "v|8|vantaa", "v|7|espoo"):
        assert visit.press(wrong).duty is None, wrong
    visit.ticket = ticket(TicketState.TAKEN)
    assert visit.press("v|7|vantaa").duty is None, "somebody answers already"


def test_what_the_bot_asked_is_told_from_what_is_meant_for_the_advisor(desk) -> None:
    visit = desk()
    visit.ticket = ticket(TicketState.TAKEN)

    def awaited(heard: Heard, step: Step) -> bool:
        return visit.talk.awaited(heard, Moment(replace(visit.resident, step=step), NOON))

    assert awaited(Said("Vantaa"), Step.CITY)
    assert awaited(Located((60.2, 24.8)), Step.CITY)
    assert awaited(Said("svenska"), Step.LANGUAGE)
    assert awaited(Said("anything at all"), Step.COMMENT)
    assert not awaited(Said("The landlord has called me again today"), Step.CITY)
    assert not awaited(Said("Do you speak another language?"), Step.LANGUAGE)
    assert not awaited(Said("Vantaa"), Step.NONE)
    assert not awaited(Located((60.2, 24.8)), Step.NONE)
    assert not awaited(Sent("photo", (1,)), Step.CITY)


def test_without_a_desk_the_wish_is_kept_and_whom_to_call_is_said(room) -> None:
    visit = room(language="en", city="vantaa")
    assert "do not answer in this chat yet" in words(visit.command("human"))
    kept = visit.say(ABOUT)
    assert (kept.record.kind, kept.record.text, kept.duty) == ("wish", ABOUT, None)
    assert "Vantaa" in words(kept)
    assert visit.resident.draft is None
