from dataclasses import replace

import pytest

from bot.domain.answer import Answer, Choice, Handoff
from bot.domain.match import Decision
from bot.domain.place import Place
from bot.domain.question import Question
from bot.guidance.elsewhere import Elsewhere, other_town
from bot.guidance.guide import Guide

SWEDEN = "How do I apply for day care in Sweden?"
TAMPERE = Place(None, "Tampere", outside=True, url="https://www.tampere.fi")
PLAIN = tuple(f"how do I apply for day care, number {number}" for number in range(60))


@pytest.fixture
def catalogue(catalogue):
    """The catalogue with sixty examples of day care, enough to tell that nobody names a country in them."""
    return replace(catalogue, intents={**catalogue.intents, "daycare": with_examples(catalogue, PLAIN)})


def with_examples(catalogue, examples):
    daycare = catalogue.intents["daycare"]
    return replace(daycare, texts={**daycare.texts, "en": replace(daycare.texts["en"], examples=examples)})


def ask(guide, noon, text=SWEDEN):
    return guide.ask(Question(text, "en", "espoo", noon))


def test_another_country_is_never_answered_directly(guide, noon):
    asked = ask(guide(Decision.ANSWER, "daycare", ranked=("advice", "draft", "emergency")), noon)
    assert (asked.kind, asked.country) == ("choice", "SE")
    assert asked.parts == (Choice(("daycare", "advice", "draft")),)


def test_a_choice_and_a_handoff_stay_and_are_told(guide, noon):
    choice = ask(guide(Decision.CHOICE, "daycare", "advice"), noon)
    assert (choice.parts, choice.country) == ((Choice(("daycare", "advice")),), "SE")
    handoff = ask(guide(Decision.HANDOFF, "daycare"), noon)
    assert (handoff.parts, handoff.country) == ((Handoff(),), "SE")
    assert ask(guide(Decision.HANDOFF), noon).country == "SE"


@pytest.mark.parametrize(
    "text",
    [
        "I come from Sweden. How do I apply for day care?",
        "How do I apply for day care here as I did in Sweden?",
        "Is day care in Finland like in Sweden?",
    ],
)
def test_a_country_that_is_only_mentioned_changes_nothing(guide, noon, text):
    asked = ask(guide(Decision.ANSWER, "daycare"), noon, text)
    assert (asked.kind, asked.country) == ("answer", None)


def test_a_place_in_finland_wins(guide, noon):
    espoo = Place("espoo", "Espoo")
    assert ask(guide(Decision.ANSWER, "daycare", place=espoo), noon).country is None
    assert ask(guide(Decision.ANSWER, "daycare", place=TAMPERE), noon).country is None


def test_urgent_matters_and_the_bots_own_acts_are_never_elsewhere(guide, noon):
    assert ask(guide(Decision.ANSWER, "emergency"), noon).kind == "answer"
    assert ask(guide(Decision.CHOICE, "emergency", "daycare"), noon).country is None
    assert ask(guide(Decision.ANSWER, "greeting"), noon).kind == "dialogue"


def test_where_people_name_countries_anyway_one_more_says_nothing(catalogue, guide, noon):
    built = guide(Decision.ANSWER, "daycare")
    for examples, kind in (
        ((*PLAIN, "day care in Norway"), "answer"),  # (1 + 1) / (61 + 1) of them name a country
        ((*PLAIN, "I am from Norway, day care"), "choice"),  # where somebody comes from is no place of the matter
        (PLAIN[:20], "answer"),  # too few to tell
    ):
        changed = replace(catalogue, intents={**catalogue.intents, "daycare": with_examples(catalogue, examples)})
        assert ask(Guide(changed, built.matcher, built.gazetteer), noon).kind == kind


def test_elsewhere_without_a_guess(catalogue):
    assert Elsewhere(catalogue).country(SWEDEN, None, []) == "SE"
    assert Elsewhere(catalogue).country("How do I apply?", None, []) is None


def test_another_town_handles_its_own_matters_only(catalogue, guide, noon):
    local = catalogue.intents["daycare"]
    assert other_town(catalogue, local, TAMPERE)
    assert other_town(catalogue, replace(local, authority=None), TAMPERE)  # the service's authority is the city
    assert not other_town(catalogue, replace(local, authority="kela"), TAMPERE)
    assert not other_town(catalogue, local, Place("espoo", "Espoo"))
    assert not other_town(catalogue, local, Place(None, "", outside=True))
    assert not other_town(catalogue, local, None)
    (answer,) = ask(guide(Decision.ANSWER, "daycare", place=TAMPERE), noon, "day care in Tampere").parts
    assert isinstance(answer, Answer)
    assert answer.other_town
