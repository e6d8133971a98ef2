"""Everything one question led to, as messages in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.answer import Answer, Choice, Dialogue, Guidance
from bot.domain.catalogue import Catalogue
from bot.locales import Translator
from bot.rendering.answer import answer_screens
from bot.rendering.choice import choice_screen, dialogue_screen, handoff_screen, place_screen
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
        else:
            screens.append(handoff_screen(catalogue, tr))
    intents = [part.intent for part in guidance.parts if isinstance(part, Answer)]
    if intents and guidance.place and guidance.place.ambiguous:
        screens.append(place_screen(guidance.place, intents, catalogue, tr, at))
    return screens
