import json
from typing import Any

import pytest

import bot.telegram  # noqa: F401 - aiogram is to be imported the bot's way
from bot.conversation.conversation import Conversation
from bot.conversation.heard import Commanded, Moment, Pressed
from bot.domain.resident import Resident
from bot.rendering.actions import Action
from bot.rendering.screen import Button, Screen, Venue
from bot.simulator.markup import parse_html
from bot.telegram.outgoing import calls

from aiogram import methods  # isort: skip

ROWS = ((Button("A", "T"), Button("B", url="https://b.example")), (Button("C", "x"),))


def accepted(method: str, parameters: dict[str, Any]) -> Any:
    """The call as aiogram's own method reads it from JSON."""
    kind = getattr(methods, method[0].upper() + method[1:])
    read = kind.model_validate_json(json.dumps({"chat_id": 1, **parameters}))
    unknown = set(parameters) - set(kind.model_fields)
    assert not unknown, f"{method} has no {unknown}"
    return read


def test_a_text_with_buttons() -> None:
    ((method, parameters),) = calls([Screen("<b>Hei</b>", ROWS)])
    assert method == "sendMessage"
    assert parameters["text"] == "<b>Hei</b>"
    assert parameters["parse_mode"] == "HTML"
    assert parameters["link_preview_options"] == {"is_disabled": True}
    assert parameters["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "A", "callback_data": "T"}, {"text": "B", "url": "https://b.example"}],
            [{"text": "C", "callback_data": "x"}],
        ]
    }
    assert accepted(method, parameters).reply_markup.inline_keyboard[0][1].url == "https://b.example"


def test_a_text_without_buttons_has_no_keyboard() -> None:
    ((_, parameters),) = calls([Screen("Hei")])
    assert "reply_markup" not in parameters


def test_a_long_text_is_split_and_the_buttons_stand_under_the_last_part() -> None:
    words = "<b>" + "sana &amp; toinen 🚨\n" * 900 + "</b>"
    parts = calls([Screen(words, ROWS)])
    assert len(parts) > 2
    assert ["reply_markup" in parameters for _, parameters in parts] == [False] * (len(parts) - 1) + [True]
    for method, parameters in parts:
        text, entities = parse_html(parameters["text"])
        assert 0 < len(text.encode("utf-16-le")) // 2 <= 4096
        assert entities, "the bold goes on"
        accepted(method, parameters)
    whole = " ".join(parse_html(parameters["text"])[0] for _, parameters in parts)
    assert whole.split() == ("sana & toinen 🚨\n" * 900).split()


def test_a_location_is_asked_by_the_keyboard_under_the_text_field() -> None:
    ((method, parameters),) = calls([Screen("Or share", ask_location="📍 Share")])
    read = accepted(method, parameters).reply_markup
    assert read.keyboard[0][0].request_location is True
    assert read.one_time_keyboard is True


def test_a_venue() -> None:
    ((method, parameters),) = calls([Screen("", ROWS, venue=Venue(60.1, 24.9, "Info", "Street 1"))])
    assert method == "sendVenue"
    read = accepted(method, parameters)
    assert (read.latitude, read.longitude, read.title, read.address) == (60.1, 24.9, "Info", "Street 1")
    assert read.reply_markup.inline_keyboard


def test_screens_keep_their_order_and_nothing_is_nothing() -> None:
    assert [parameters["text"] for _, parameters in calls([Screen("a"), Screen("b"), Screen("c")])] == ["a", "b", "c"]
    assert calls([]) == []


@pytest.mark.parametrize("html", ["", " ", "<b></b>", "\n\n"])
def test_a_screen_without_words_is_no_call(html: str) -> None:
    """Telegram takes no empty message; the other screens of the reply must still be sent."""
    assert [parameters["text"] for _, parameters in calls([Screen("a"), Screen(html), Screen("b")])] == ["a", "b"]


def test_every_screen_of_the_real_data_is_accepted(talk: Conversation, noon) -> None:
    for language in ("fi", "sv", "en"):
        moment = Moment(Resident(1, language=language, city="espoo"), noon)
        heard = [Pressed(Action("a", (intent,))) for intent in talk.catalogue.intents]
        heard += [Pressed(Action("m", (point,))) for point in talk.catalogue.points]
        heard += [Pressed(Action("o", ("service-point",))), *map(Commanded, ("start", "city", "topics", "help"))]
        for one in heard:
            for method, parameters in calls(talk.respond(one, moment).screens):
                accepted(method, parameters)
                if method == "sendMessage":
                    assert parse_html(parameters["text"])[0].strip()


@pytest.fixture
def noon():
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime(2026, 4, 8, 12, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
