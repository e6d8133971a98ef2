from bot.domain.answer import Answer, Choice, Dialogue, Handoff
from bot.domain.match import Decision
from bot.domain.place import Place
from bot.domain.question import Question

ESPOO = Place("espoo", "Leppävaara", coordinates=(60.2193, 24.8131))


def question(noon, city="helsinki", **changes):
    return Question(**({"text": "?", "language": "fi", "city": city, "at": noon} | changes))


def test_one_intent_is_answered_for_the_stored_city(guide, noon):
    asked = guide(Decision.ANSWER, "daycare", ranked=("advice", "daycare"))
    found = asked.ask(question(noon))
    assert asked.matcher.asked == asked.gazetteer.asked == "?"
    (answer,) = found.parts
    assert isinstance(answer, Answer)
    assert (found.kind, found.city, answer.city) == ("answer", "helsinki", "helsinki")
    assert [candidate.intent for candidate in found.candidates] == ["daycare", "advice"]
    assert found.candidates[0].score == 0.9


def test_a_named_city_wins(guide, noon):
    found = guide(Decision.ANSWER, "daycare", place=ESPOO).ask(question(noon))
    assert (found.city, found.parts[0].city, found.parts[0].place) == ("espoo", "espoo", ESPOO)
    assert found.parts[0].points[0].point.id == "espoo-daycare"


def test_an_ambiguous_place_keeps_the_stored_city(guide, noon):
    both = Place(None, "Kallio", ambiguous=("helsinki", "vantaa"))
    found = guide(Decision.ANSWER, "daycare", place=both).ask(question(noon, city="espoo"))
    assert (found.city, found.place.ambiguous) == ("espoo", ("helsinki", "vantaa"))


def test_an_outside_place_gets_regional_points(guide, noon):
    tampere = Place(None, "Tampere", outside=True)
    found = guide(Decision.ANSWER, "daycare", place=tampere).ask(question(noon))
    assert (found.city, found.place.outside) == (None, True)
    assert found.parts[0].points[0].point.id == "e-service"
    assert found.parts[0].city_text == ""


def test_not_in_finland_is_no_city(guide, noon):
    assert guide(Decision.ANSWER, "daycare").ask(question(noon, city="none")).city is None


def test_coordinates_reach_the_points(guide, noon):
    near = question(noon, city="espoo", coordinates=(60.1615, 24.7385))
    assert guide(Decision.ANSWER, "advice").ask(near).parts[0].points[0].distance_m == 0


def test_several_intents_are_several_parts_urgent_first(guide, noon):
    found = guide(Decision.ANSWER, "daycare", "advice", "emergency", "daycare").ask(question(noon))
    assert [part.intent for part in found.parts] == ["emergency", "daycare", "advice"]


def test_a_courtesy_is_dropped_beside_a_question_but_not_alone(guide, noon):
    both = guide(Decision.ANSWER, "greeting", "daycare").ask(question(noon))
    assert [part.intent for part in both.parts] == ["daycare"]
    alone = guide(Decision.ANSWER, "greeting").ask(question(noon))
    assert alone.parts == (Dialogue("greeting", "fi", "Hei!"),)
    assert alone.kind == "dialogue"


def test_a_choice_offers_an_urgent_intent_first(guide, noon):
    found = guide(Decision.CHOICE, "emergency", "daycare", "advice").ask(question(noon))
    assert found.parts == (Choice(("emergency", "daycare", "advice"), ("emergency",)),)


def test_handoff_and_intents_that_left_the_catalogue(guide, noon):
    assert guide(Decision.HANDOFF, "daycare").ask(question(noon)).parts == (Handoff(),)
    assert guide(Decision.ANSWER, "gone").ask(question(noon)).parts == (Handoff(),)
    assert guide(Decision.CHOICE).ask(question(noon)).kind == "handoff"


def test_the_answer_behind_a_button(guide, noon):
    asked = guide(Decision.HANDOFF)
    answer = asked.answer("daycare", language="en", city="espoo", at=noon)
    assert answer.parts[0].text == "Apply for a place."
    assert answer.candidates[0].intent == "daycare"
    assert asked.answer("greeting", language="fi", city=None, at=noon).kind == "dialogue"
    assert asked.answer("gone", language="fi", city=None, at=noon).kind == "handoff"
    assert asked.answer("daycare", language="fi", city="helsinki", at=noon, place=ESPOO).city == "espoo"


def test_points_of_a_service(guide, noon):
    found = guide(Decision.HANDOFF).points("advice", city="vantaa", at=noon)
    assert [view.point.id for view in found.own] == ["vantaa-info"]
    assert len(found.others) == 3
