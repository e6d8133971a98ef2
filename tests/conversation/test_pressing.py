"""Every kind of button, with arguments that exist, that have left the catalogue, and that were forged."""

import pytest

from bot.conversation.heard import Pressed
from bot.rendering.actions import ARGUMENTS, Action

from .conftest import Room, actions, words


def test_every_intent_opens_in_every_language_and_city(three) -> None:
    for language in ("fi", "sv", "en"):
        for intent in three.catalogue.intents:
            for city in ("", "|helsinki", "|espoo", "|vantaa", "|kauniainen"):
                reply = Room(three, language=language).press(f"a|{intent}{city}")
                assert reply.screens
                assert reply.record.intents in {(intent,), ()}


def test_every_button_of_every_screen_leads_somewhere(three) -> None:
    """From the topics outwards: nothing that the bot itself shows is answered as an old button."""
    seen: set[str] = set()
    waiting = ["T", "c", "l", "a|service-point", "h"]
    while waiting:
        data = waiting.pop()
        if data in seen:
            continue
        seen.add(data)
        reply = Room(three, language="fi", city="espoo", last_question="verokortti").press(data)
        assert "/topics" not in (reply.toast or ""), data
        waiting += actions(reply)
    assert {data[0] for data in seen} >= set("aoyhTtclwx")
    assert {f"a|{intent}" for topic in three.catalogue.topics for intent in topic.intents} <= seen


@pytest.mark.parametrize("kind", ARGUMENTS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_unknown_ids_change_nothing(three, kind: str, language: str) -> None:
    for count in ARGUMENTS[kind]:
        if not count:
            continue
        visit = Room(three, language=language, city="espoo")
        before = visit.resident
        reply = visit.hear(Pressed(Action(kind, ("no-such-thing",) * count)))
        assert visit.resident.language == before.language
        assert visit.resident.city == before.city
        if kind not in "yntTh":
            assert "/topics" in (reply.toast or "")
            assert reply.screens == ()


def test_a_city_in_a_button_that_is_none(three) -> None:
    visit = Room(three, language="en", city="espoo")
    for data in ("a|tax-card|stockholm", "o|service-point|stockholm", "a|tax-card|none"):
        visit.press(data)
        assert visit.resident.city == "espoo"


@pytest.mark.parametrize("data", ["o|greeting", "o|thanks|espoo", "o|feedback"])
def test_other_points_of_an_act_are_an_old_button(three, data: str) -> None:
    assert Room(three, language="en").press(data).toast


def test_a_rating_is_thanked_for(three) -> None:
    visit = Room(three, language="en", city="espoo")
    good, bad = visit.press("y|tax-card"), visit.press("n|tax-card")
    assert (good.rating.helpful, bad.rating.helpful) == (True, False)
    assert good.toast
    assert good.screens == ()
    assert actions(bad)[0] == "T", "a way on after an answer that did not help"


def test_a_map_and_a_point_that_is_nowhere(three) -> None:
    points = three.catalogue.points.values()
    placed = next(point for point in points if point.coordinates)
    nowhere = next(point for point in points if point.coordinates is None)
    visit = Room(three, language="en")
    venue = visit.press(f"m|{placed.id}").screens[0].venue
    assert (venue.latitude, venue.longitude) == placed.coordinates
    assert visit.press(f"m|{nowhere.id}").toast


def test_related_questions_and_topics(three) -> None:
    visit = Room(three, language="en")
    assert actions(visit.press("r|daycare-application"))
    topic = three.catalogue.topics[0]
    assert actions(visit.press(f"t|{topic.id}"))[: len(topic.intents)] == [f"a|{one}" for one in topic.intents]
    assert words(visit.press("t|gone")) == words(visit.press("T"))
