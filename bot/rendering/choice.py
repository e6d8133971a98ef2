"""When the bot is not sure or does not know: a choice, a hand-over, a place to choose, and its own acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.answer import Choice, Dialogue
from bot.domain.catalogue import Catalogue
from bot.domain.place import Place
from bot.guidance.compose import wording
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.html import bold, escape, isolate, prose, safe
from bot.rendering.menus import city_rows, language_rows, rows, topic_rows, topics_button
from bot.rendering.points import person_button
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Keyboard, Screen


def choice_screen(choice: Choice, catalogue: Catalogue, tr: Translator, at: datetime) -> Screen:
    """Up to three questions to choose from; what an urgent one says first stands above the buttons."""
    reader = Reader(catalogue, tr, at)
    options = [each for each in choice.options if each in catalogue.intents]
    blocks = [*_urgent(choice.urgent, reader), escape(tr("Which of these do you mean?"))]
    if not choice.urgent:
        blocks.append(escape(tr("If life or health is in danger, call 112.")))
    buttons = [(_option(each, reader),) for each in options]
    return Screen("\n\n".join(blocks), (*buttons, (topics_button(tr), person_button(tr))))


def handoff_screen(catalogue: Catalogue, tr: Translator) -> Screen:
    """Nothing fits: say it in other words, choose a topic or talk to a person."""
    text = "\n\n".join(
        (
            escape(tr("I am not sure what you need. Say it in other words, choose a topic, or talk to a person.")),
            escape(tr("If life or health is in danger, call 112.")),
        )
    )
    return Screen(text, ((person_button(tr),), *topic_rows(catalogue, tr)))


def place_screen(place: Place, intents: Sequence[str], catalogue: Catalogue, tr: Translator, at: datetime) -> Screen:
    """Which city an ambiguous place means; the city holds for the first intent, or is stored when there is none."""
    reader = Reader(catalogue, tr, at)
    text = tr("There is {place} in several cities. Which one do you mean?", place=isolate(place.name, reader.rtl))
    buttons = [
        Button(
            reader.city(city),
            actions.act(actions.ANSWER, intents[0], city) if intents else actions.act(actions.CITY, city),
        )
        for city in place.ambiguous
    ]
    return Screen(safe(text), rows(buttons))


def dialogue_screen(dialogue: Dialogue, catalogue: Catalogue, tr: Translator) -> Screen:
    """The bot's own act with the buttons that belong to it."""
    text = dialogue.text or tr("How can I help you?")
    known = catalogue.languages.get(dialogue.language)
    rtl = known is not None and known.direction == "rtl"
    return Screen(prose(text, rtl), _dialogue_rows(dialogue.intent, catalogue, tr))


def _dialogue_rows(intent: str, catalogue: Catalogue, tr: Translator) -> Keyboard:
    person = (person_button(tr),)
    if intent == "change-language":
        return language_rows(catalogue)
    if intent == "change-city":
        return city_rows(catalogue, tr)
    if intent == "talk-to-human":
        return (person,)
    if intent in {"thanks", "goodbye"}:
        return ()
    return ((topics_button(tr),), person)


def _option(intent: str, reader: Reader) -> Button:
    known = reader.catalogue.intents[intent]
    title = known.title(reader.language)
    return Button(f"🚨 {title}" if known.urgent else title, actions.act(actions.ANSWER, intent))


def _urgent(options: Sequence[str], reader: Reader) -> list[str]:
    """Title and first paragraph of the urgent options: a choice must not hide them."""
    blocks = []
    for intent in (reader.catalogue.intents[each] for each in options):
        if not intent.urgent:
            continue
        _, words = wording(intent, reader.language, reader.today)
        first = words.answer.split("\n\n", 1)[0]
        title = bold(f"🚨 {intent.title(reader.language)}")
        blocks.append(f"{title}\n{prose(first, reader.rtl)}" if first else title)
    return blocks
