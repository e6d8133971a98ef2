"""`intents/lodging.yaml`: how matters are started with an advisor."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.catalogue.models.base import FileModel, Id, Texts
from bot.domain.lodging import Lodging, LodgingQuestion

OPTIONS = (2, 5)
"""Buttons under a question."""

QUESTIONS = (1, 4)
"""Questions of a matter."""


class LodgingQuestionModel(FileModel):
    """A question; option id -> label, in the order of the buttons."""

    text: Texts
    options: Annotated[dict[Id, Texts], Field(min_length=OPTIONS[0], max_length=OPTIONS[1])]


class MatterModel(FileModel):
    """What is done online and in person, and the ids of the questions in their order."""

    online: Texts
    in_person: Texts
    questions: Annotated[list[Id], Field(min_length=QUESTIONS[0], max_length=QUESTIONS[1])]


class LodgingFile(FileModel):
    """Questions that matters share, and the matters by intent id."""

    questions: dict[Id, LodgingQuestionModel]
    matters: dict[Id, MatterModel]

    def domain_lodging(self) -> dict[str, Lodging]:
        """Intent id -> how its matter is started, in the file's order."""
        return {
            intent: Lodging(intent, model.online, model.in_person, tuple(model.questions))
            for intent, model in self.matters.items()
        }

    def domain_questions(self) -> dict[str, LodgingQuestion]:
        """Question id -> the question, in the file's order."""
        return {key: LodgingQuestion(key, model.text, model.options) for key, model in self.questions.items()}
