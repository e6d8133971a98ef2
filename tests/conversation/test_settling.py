import pytest

from bot.conversation.heard import Located
from bot.domain.resident import Step

from .conftest import actions, words


def test_a_stranger_is_welcomed_and_asked_for_the_language_of_the_app_first(room) -> None:
    visit = room("sv")
    reply = visit.command("start")
    assert len(reply.screens) == 2
    assert "Neuvoja" in words(reply)
    assert actions(reply) == ["l|sv", "l|fi", "l|en"]
    assert visit.resident.step is Step.LANGUAGE
    assert visit.resident.language is None, "a hint is no choice"


@pytest.mark.parametrize(
    ("hint", "first"),
    [("en", "l|en"), ("sv-FI", "l|sv"), ("pt-br", "l|fi"), ("zh-hans", "l|fi"), ("", "l|fi"), (None, "l|fi")],
)
def test_the_hint_decides_the_first_button_only_when_it_is_spoken(room, hint: str | None, first: str) -> None:
    assert actions(room(hint).command("start"))[0] == first


def test_the_whole_start_by_buttons(room) -> None:
    visit = room("en")
    visit.command("start")
    reply = visit.press("l|fi")
    assert "Suomi" in words(reply)
    assert actions(reply) == ["c|helsinki", "c|espoo", "c|vantaa", "c|kauniainen", "c|none"]
    assert reply.screens[-1].ask_location
    assert visit.resident.step is Step.CITY
    reply = visit.press("c|vantaa")
    assert "Vantaa" in words(reply)
    assert (visit.resident.language, visit.resident.city, visit.resident.step) == ("fi", "vantaa", Step.NONE)
    assert "T" in actions(reply), "a first question is invited"


def test_start_asks_only_for_what_is_missing(room) -> None:
    assert "c|espoo" in actions(room(language="fi").command("start"))
    known = room(language="fi", city="espoo", step=Step.CITY)
    reply = known.command("start")
    assert actions(reply) == ["T"]
    assert known.resident.step is Step.NONE


@pytest.mark.parametrize("typed", ["svenska", "Svenska", "SVENSKA", "sv", " sv "])
def test_a_language_can_be_typed(room, typed: str) -> None:
    visit = room("fi")
    visit.command("start")
    reply = visit.say(typed)
    assert visit.resident.language == "sv"
    assert "Svenska" in words(reply)
    assert visit.resident.step is Step.CITY


def test_a_question_instead_of_a_language_is_answered_and_its_language_kept(room) -> None:
    visit = room("sv")
    visit.command("start")
    reply = visit.say("how do I get a tax card")
    assert reply.record.intents == ("tax-card",)
    assert visit.resident.language == "en"
    assert visit.resident.step is Step.NONE
    assert "/language" in words(reply), "how to change what was guessed"


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Espoo", "espoo"),
        ("esbo", "espoo"),
        ("Leppävaara", "espoo"),
        ("leppavaara", "espoo"),
        ("02600", "espoo"),
        ("00530", "helsinki"),
        ("I live in Tikkurila", "vantaa"),
        ("Grankulla", "kauniainen"),
    ],
)
def test_the_city_can_be_typed(room, typed: str, city: str) -> None:
    visit = room(language="en")
    visit.command("city")
    visit.say(typed)
    assert visit.resident.city == city
    assert visit.resident.step is Step.NONE


def test_an_ambiguous_place_is_asked_back(room) -> None:
    visit = room(language="fi")
    visit.command("city")
    reply = visit.say("keskusta")
    assert actions(reply) == ["c|helsinki", "c|espoo", "c|vantaa", "c|kauniainen"]
    assert visit.resident.city is None
    assert visit.resident.step is Step.CITY
    visit.press("c|kauniainen")
    assert visit.resident.city == "kauniainen"


@pytest.mark.parametrize("typed", ["Tampere", "Turku", "33100"])
def test_a_place_outside_is_told_so_and_keeps_the_city(room, typed: str) -> None:
    visit = room(language="en", city="espoo")
    visit.command("city")
    reply = visit.say(typed)
    assert "outside" in words(reply)
    assert visit.resident.city == "espoo"
    assert visit.resident.step is Step.NONE
    assert len(reply.screens) > 1, "the advice points that tell more"


def test_a_resident_who_has_not_moved_yet(room) -> None:
    visit = room(language="en")
    reply = visit.press("c|none")
    assert "not moved to Finland" in words(reply)
    assert visit.resident.city == "none"
    assert visit.say("how do I get a tax card").record.intents == ("tax-card",)
    assert "not in Finland" in words(visit.command("status"))


def test_the_last_question_is_answered_again_for_the_new_city(room) -> None:
    visit = room(language="en")
    first = visit.say("how do I apply for day care for my child")
    assert first.record.city is None
    visit.command("city")
    again = visit.say("Kauniainen")
    assert again.record.city == "kauniainen"
    assert again.record.intents == ("daycare-application",)
    assert again.record.text is None, "nothing was asked this time"
    assert "Kauniainen" in words(again)


def test_the_last_question_is_answered_again_in_the_new_language(room) -> None:
    visit = room(language="en", city="espoo")
    visit.say("how do I get a tax card")
    reply = visit.press("l|fi")
    assert reply.record.language == "fi"
    assert "erokort" in words(reply)


def test_one_word_that_is_a_place_sets_the_city_without_being_asked(room) -> None:
    visit = room(language="en")
    visit.say("Leppävaara")
    assert visit.resident.city == "espoo"


def test_a_place_inside_a_question_does_not_change_the_city(room) -> None:
    visit = room(language="en", city="vantaa")
    reply = visit.say("where can I apply for day care in Leppävaara?")
    assert reply.record.city == "espoo"
    assert visit.resident.city == "vantaa"


def test_a_location_sets_the_city_and_gives_the_way(room) -> None:
    visit = room(language="en")
    reply = visit.locate(60.2178, 24.8110)
    assert visit.resident.city == "espoo"
    assert " from you" in words(reply)
    assert "60.21" not in repr(visit.resident)


def test_a_location_answers_the_last_question_again(room) -> None:
    visit = room(language="en")
    visit.say("I need to see a doctor at the health centre")
    reply = visit.locate(60.2930, 25.0437)
    assert reply.record.intents == ("health-centre",)
    assert reply.record.city == "vantaa"


def test_a_location_outside_and_a_forgotten_one(room) -> None:
    visit = room(language="en", city="espoo")
    assert "outside" in words(visit.locate(61.4978, 23.7610))
    assert visit.resident.city == "espoo"
    assert "once more" in words(visit.hear(Located(None)))


def test_a_city_or_language_that_left_the_catalogue_is_harmless(room) -> None:
    visit = room("fi", language="xx", city="stockholm", last_intent="gone")
    assert "–" in words(visit.command("status"))
    assert visit.say("miten saan verokortin").record.intents == ("tax-card",)
    visit.press("c|espoo")
    assert visit.resident.city == "espoo"
