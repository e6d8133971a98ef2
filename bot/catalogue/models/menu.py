"""`intents/languages.yaml` and `intents/topics.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import RootModel

from bot.catalogue.models.base import FileModel, Id, LanguageCode, Listed, Text, Texts
from bot.domain.catalogue import LanguageInfo
from bot.domain.intent import Topic

UNDERSTOOD = "understood"
"""Tier of a language that the bot reads and does not write yet."""


class LanguageModel(FileModel):
    """One language of the bot."""

    name: Text
    direction: Literal["ltr", "rtl"]
    tier: Literal["required", "offered", "understood"]


class LanguagesFile(RootModel[dict[LanguageCode, LanguageModel]]):
    """Language code -> its facts, in the menu's order."""

    def domain(self) -> dict[str, LanguageInfo]:
        """The languages the bot writes, in the file's order."""
        return {
            code: LanguageInfo(code, model.name, model.direction, model.tier)
            for code, model in self.root.items()
            if model.tier != UNDERSTOOD
        }


class TopicModel(FileModel):
    """One chapter of the menu."""

    titles: Texts
    intents: Listed[Id]


class TopicsFile(RootModel[dict[Id, TopicModel]]):
    """Topic id -> titles and intents, in the menu's order."""

    def domain(self) -> tuple[Topic, ...]:
        """The domain's topics in the file's order."""
        return tuple(Topic(topic, model.titles, tuple(model.intents)) for topic, model in self.root.items())
