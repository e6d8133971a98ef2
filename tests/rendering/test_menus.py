import pytest

from bot.rendering.menus import city_screens, language_screen, rows, topic_screen, topics_screen
from bot.rendering.plain import as_text
from bot.rendering.screen import Button, Screen


def test_topics_and_one_topic(catalogue, english):
    assert [button.text for button in topics_screen(catalogue, english).buttons] == [
        "Education",
        "Advice",
        "💬 Talk to a person",
    ]
    topic = topic_screen("education", catalogue, english)
    assert [button.action for button in topic.buttons] == ["a|daycare-application", "a|school-enrolment", "T", "h"]
    assert topic_screen("gone", catalogue, english) == topics_screen(catalogue, english)


def test_city_is_asked_with_buttons_or_a_location(catalogue, english):
    cities, location = city_screens(catalogue, english)
    assert cities.buttons[-1].action == "c|none"
    assert (location.ask_location, location.keyboard) == ("📍 Share my location", ())


def test_languages_by_their_own_names(catalogue, english):
    assert [button.text for button in language_screen(catalogue, english).buttons][3:] == ["العربية", "Soomaali"]


def test_short_labels_share_a_row():
    a, b, long = Button("a", "T"), Button("b", "T"), Button("a label longer than half", "T")
    assert rows([a, b, a]) == ((a, b), (a,))
    assert rows([a, long, b]) == ((a,), (long,), (b,))


def test_a_button_does_one_thing():
    for values in ({}, {"action": "T", "url": "https://x.example"}, {"action": ""}, {"action": "ä" * 33}):
        with pytest.raises(ValueError, match="button"):
            Button("x", **values)


def test_a_screen_has_one_kind_of_keyboard():
    with pytest.raises(ValueError, match="not both"):
        Screen("x", ((Button("a", "T"),),), ask_location="Share")


def test_terminal_text(catalogue, english, info):
    _, location = city_screens(catalogue, english)
    assert as_text(location).endswith("\n[📍 Share my location]")
    screen = Screen(
        '<b>A &amp; B</b> <a href="https://x.example/?a&amp;b">x</a> \u206609\u2069',
        ((Button("One", "T"), Button("Two", url="https://y.example")),),
    )
    assert as_text(screen) == "A & B x (https://x.example/?a&b) 09\n\n[1] One\n[2] Two (https://y.example)"
