"""Everything one question led to, as messages in order."""

from __future__ import annotations

from datetime import datetime

from bot.domain.answer import Answer, Choice, Dialogue, Guidance
from bot.domain.catalogue import Catalogue
from bot.locales import Translator
from bot.rendering.answer import answer_screens
from bot.rendering.choice import choice_screen, dialogue_screen, handoff_screen, place_screen
from bot.rendering.screen import Screen


def guidance_screens(guidance: Guidance, catalogue: Catalogue, tr: Translator, at: datetime) -> list[Screen]:
    """The parts' screens in order; after the answers, the question which city an ambiguous place means."""
    screens: list[Screen] = []
    for part in guidance.parts:
        if isinstance(part, Answer):
            screens += answer_screens(part, catalogue, tr, at)
        elif isinstance(part, Choice):
            screens.append(choice_screen(part, catalogue, tr, at))
        elif isinstance(part, Dialogue):
            screens.append(dialogue_screen(part, catalogue, tr))
        else:
            screens.append(handoff_screen(catalogue, tr))
    answered = [part.intent for part in guidance.parts if isinstance(part, Answer)]
    if answered and guidance.place and guidance.place.ambiguous:
        screens.append(place_screen(guidance.place, answered, catalogue, tr, at))
    return screens
