"""Menus that stand on their own: topics, cities, languages, and the buttons that lead to them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.catalogue import Catalogue
from bot.domain.dated import in_language
from bot.domain.resident import NOT_IN_FINLAND
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.html import bold, escape
from bot.rendering.points import person_button
from bot.rendering.screen import Button, Keyboard, Screen

_HALF = 18
"""Characters of a label that fit in half the width of a small phone."""


def rows(buttons: Iterable[Button]) -> Keyboard:
    """Buttons in rows: two short labels side by side, a long one alone; the order stays."""
    found: list[tuple[Button, ...]] = []
    for button in buttons:
        short = len(button.text) <= _HALF
        if short and found and len(found[-1]) == 1 and len(found[-1][0].text) <= _HALF:
            found[-1] = (*found[-1], button)
        else:
            found.append((button,))
    return tuple(found)


def topics_button(tr: Translator) -> Button:
    """The button to the list of topics."""
    return Button(tr("📚 All topics"), actions.act(actions.TOPICS))


def topic_rows(catalogue: Catalogue, tr: Translator) -> Keyboard:
    """Every topic that has questions, in the menu's order."""
    return rows(
        Button(in_language(topic.titles, tr.language, "en"), actions.act(actions.TOPIC, topic.id))
        for topic in catalogue.topics
        if any(intent in catalogue.intents for intent in topic.intents)
    )


def topics_screen(catalogue: Catalogue, tr: Translator) -> Screen:
    """The topics as buttons."""
    return Screen(bold(tr("What is it about?")), (*topic_rows(catalogue, tr), (person_button(tr),)))


def topic_screen(topic: str, catalogue: Catalogue, tr: Translator) -> Screen:
    """The questions of one topic; the list of topics when it does not exist any more."""
    found = next((each for each in catalogue.topics if each.id == topic), None)
    if found is None:
        return topics_screen(catalogue, tr)
    questions = tuple(
        (Button(catalogue.intents[each].title(tr.language), actions.act(actions.ANSWER, each)),)
        for each in found.intents
        if each in catalogue.intents
    )
    title = bold(in_language(found.titles, tr.language, "en"))
    return Screen(title, (*questions, (topics_button(tr), person_button(tr))))


def city_rows(catalogue: Catalogue, tr: Translator) -> Keyboard:
    """The cities, and "not in Finland yet"."""
    cities = [
        Button(in_language(city.names, tr.language, "en"), actions.act(actions.CITY, city.id))
        for city in catalogue.cities.values()
    ]
    return (*rows(cities), (Button(tr("I am not in Finland yet"), actions.act(actions.CITY, NOT_IN_FINLAND)),))


def city_screens(catalogue: Catalogue, tr: Translator) -> list[Screen]:
    """The question for the city: buttons first, then the location request as a message of its own."""
    ask = tr("Which city do you live in? You can also write a district or a postal code.")
    share = tr("Or share your location. It is used once to find the city and is not stored.")
    return [
        Screen(escape(ask), city_rows(catalogue, tr)),
        Screen(escape(share), ask_location=tr("📍 Share my location")),
    ]


def language_rows(catalogue: Catalogue, first: str | None = None) -> Keyboard:
    """The languages by their own names, the code `first` before the others."""
    codes = sorted(catalogue.languages, key=lambda code: code != first)
    return rows(Button(catalogue.languages[code].name, actions.act(actions.LANGUAGE, code)) for code in codes)


def language_screen(catalogue: Catalogue, tr: Translator, first: str | None = None) -> Screen:
    """The question for the language, the one of the resident's app (`first`) suggested before the others."""
    return Screen(escape(tr("Which language do you want to use?")), language_rows(catalogue, first))
