from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.answer import Freshness
from bot.domain.dated import Certainty, Source
from bot.guidance.compose import compose_answer, compose_dialogue

HELSINKI = ZoneInfo("Europe/Helsinki")


def compose(catalogue, at, intent="daycare", **changes):
    values = {"language": "fi", "city": "espoo", "place": None, "at": at} | changes
    return compose_answer(catalogue, catalogue.intents[intent], **values)


def test_everything_of_an_answer(catalogue, noon):
    answer = compose(catalogue, noon)
    assert (answer.title, answer.text, answer.steps, answer.bring) == (
        "Päivähoito",
        "Hae paikkaa.",
        ("Hae.",),
        ("Henkilötunnus",),
    )
    assert answer.city_text == "Espoon oma osa."
    assert answer.authority.names["fi"] == "Kaupunki"
    assert answer.in_person == "sometimes"
    assert answer.related == ("advice",)
    assert [source.url for source in answer.sources] == ["https://espoo.example", "https://a.example"]


def test_a_missing_translation_falls_back_and_says_so(catalogue, noon):
    assert compose(catalogue, noon, language="en").text_language == "en"
    turkish = compose(catalogue, noon, language="tr")
    assert (turkish.text_language, turkish.text, turkish.title) == ("fi", "Hae paikkaa.", "Päivähoito")


def test_a_draft_keeps_its_own_title_over_the_finnish_text(catalogue, noon):
    somali = compose(catalogue, noon, language="so")
    assert (somali.language, somali.text_language, somali.title) == ("so", "fi", "Xannaanada")


def test_a_draft_in_every_language_is_empty(catalogue, noon):
    draft = compose(catalogue, noon, intent="draft")
    assert (draft.title, draft.text, draft.steps, draft.text_language) == ("Draft", "", (), "fi")
    assert draft.certainty is Certainty.LOW


def test_the_law_changes_at_helsinki_midnight(catalogue):
    old = compose(catalogue, datetime(2026, 12, 31, 23, 59, tzinfo=HELSINKI))
    new = compose(catalogue, datetime(2026, 12, 31, 22, 0, tzinfo=ZoneInfo("UTC")))
    assert (old.text, old.city_text) == ("Hae paikkaa.", "Espoon oma osa.")
    assert (new.text, new.city_text) == ("Uusi laki.", "Espoo 2027.")
    assert new.steps == ("Hae.",)
    assert compose(catalogue, datetime(2028, 1, 1, 12, tzinfo=HELSINKI)).text == "Hae paikkaa."


def test_no_city_no_part(catalogue, noon):
    for city in (None, "none", "helsinki"):
        assert compose(catalogue, noon, city=city).city_text == ""
    assert compose(catalogue, noon, city="none").city is None


def test_an_answer_is_as_fresh_as_its_stalest_piece(catalogue, noon):
    answer = compose(catalogue, noon)  # text 1 March, city's part 15 February, first point 1 February
    assert (answer.freshness, answer.checked) == (Freshness.CHECKED, date(2026, 2, 1))
    assert compose(catalogue, datetime(2026, 7, 31, 12, tzinfo=HELSINKI)).freshness is Freshness.CHECKED
    assert compose(catalogue, datetime(2026, 8, 1, 12, tzinfo=HELSINKI)).freshness is Freshness.STALE


def test_one_unchecked_piece_makes_the_answer_unchecked(catalogue, noon):
    answer = compose(catalogue, noon, city="helsinki")  # its first point was never checked
    assert (answer.freshness, answer.checked) == (Freshness.UNCHECKED, None)
    unsourced = compose(catalogue, noon, intent="emergency")
    assert unsourced.freshness is Freshness.UNCHECKED


def test_certainty_is_the_lowest_used(catalogue, noon):
    assert compose(catalogue, noon).certainty is Certainty.LOW
    intent = replace(catalogue.intents["daycare"], service=None)
    without_points = {**catalogue.intents, "daycare": intent}
    assert compose(replace(catalogue, intents=without_points), noon).certainty is Certainty.MEDIUM
    high = replace(intent, sources=(Source("https://a.example", certainty=Certainty.HIGH),))
    assert compose(replace(catalogue, intents={"daycare": high}), noon, city=None).certainty is Certainty.HIGH


def test_another_citys_own_site_is_not_shown_unless_nothing_else_is_left(catalogue, noon):
    vantaa = catalogue.cities["vantaa"]
    desk = replace(vantaa.desk, url="https://www.vantaa.example/desk")
    cities = {**catalogue.cities, "vantaa": replace(vantaa, desk=desk)}
    pages = ("https://vantaa.example/a", "https://jobs.vantaa.example/b", "https://notvantaa.example/c")

    def shown(city, urls):
        intent = replace(catalogue.intents["daycare"], sources=tuple(Source(url) for url in urls))
        changed = replace(catalogue, cities=cities, intents={"daycare": intent})
        return tuple(source.url for source in compose(changed, noon, city=city).sources)

    assert shown("helsinki", pages) == pages[2:]
    assert shown("espoo", pages) == ("https://espoo.example", pages[2])
    assert shown("vantaa", pages) == shown(None, pages) == pages
    assert shown("helsinki", pages[:2]) == pages[:2]
    assert shown("espoo", pages[:2]) == ("https://espoo.example",)


def test_dialogue_falls_back_too(catalogue, noon):
    assert compose_dialogue(catalogue.intents["greeting"], "tr", noon).text == "Hei!"
