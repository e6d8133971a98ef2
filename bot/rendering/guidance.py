"""Everything one question led to, as messages in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.answer import Answer, Choice, Dialogue, Explained, Guidance
from bot.domain.catalogue import Catalogue
from bot.guidance.elsewhere import other_town
from bot.locales import Translator
from bot.rendering.answer import answer_screens
from bot.rendering.choice import choice_screen, dialogue_screen, handoff_screen, place_screen
from bot.rendering.elsewhere import country_line, town_line
from bot.rendering.glossary import explained_screen
from bot.rendering.reader import Reader
from bot.rendering.screen import Screen

AnswerScreens = Callable[[Answer, Catalogue, Translator, datetime], Sequence[Screen]]
"""Renders one answer."""


def guidance_screens(
    guidance: Guidance,
    catalogue: Catalogue,
    tr: Translator,
    at: datetime,
    answered: AnswerScreens = answer_screens,
) -> list[Screen]:
    """The parts' screens in order, answers rendered by `answered`, and the question which city was meant."""
    screens: list[Screen] = []
    for part in guidance.parts:
        if isinstance(part, Answer):
            screens += answered(part, catalogue, tr, at)
        elif isinstance(part, Choice):
            screens.append(choice_screen(part, catalogue, tr, at))
        elif isinstance(part, Dialogue):
            screens.append(dialogue_screen(part, catalogue, tr))
        elif isinstance(part, Explained):
            screens.append(explained_screen(part, catalogue, tr, at))
        else:
            screens.append(handoff_screen(catalogue, tr))
    if screens and (line := _elsewhere(guidance, Reader(catalogue, tr, at))):
        screens[0] = replace(screens[0], html=f"{line}\n\n{screens[0].html}")
    intents = [part.intent for part in guidance.parts if isinstance(part, Answer)]
    if intents and guidance.place and guidance.place.ambiguous:
        screens.append(place_screen(guidance.place, intents, catalogue, tr, at))
    return screens


def _elsewhere(guidance: Guidance, reader: Reader) -> str:
    """What is said above a choice or a hand-over about another country or town; an answer says it itself."""
    if guidance.country:
        return country_line(guidance.country, reader)
    known = reader.catalogue.intents
    offered = [known[each] for each in guidance.intents if each in known] if guidance.kind == "choice" else []
    if guidance.place and any(other_town(reader.catalogue, intent, guidance.place) for intent in offered):
        return town_line(guidance.place, reader)
    return ""
