"""`knowledge/goals/<year>.yaml` and `knowledge/surveys/<name>.yaml`, with the values they become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, RootModel

from bot.catalogue.models.base import FileModel, Id, Texts
from bot.domain.dated import Texts as DomainTexts


@dataclass(frozen=True, slots=True)
class Goal:
    """A year's target for one indicator; `direction` is at-least or at-most."""

    year: int
    indicator: str
    names: DomainTexts
    target: float
    unit: str
    direction: str

    def reached(self, value: float) -> bool:
        """True when `value`, in the goal's unit, meets the target."""
        return value >= self.target if self.direction == "at-least" else value <= self.target


@dataclass(frozen=True, slots=True)
class Question:
    """A survey question; `kind` is scale (1 to 5) or comment (free text)."""

    id: str
    text: DomainTexts
    kind: str


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey of residents, workers or partners, questions in their order."""

    id: str
    audience: str
    questions: tuple[Question, ...]


class GoalModel(FileModel):
    """One indicator's goal."""

    names: Texts
    target: float
    unit: Literal["percent", "seconds", "minutes", "hours", "days", "count", "score"]
    direction: Literal["at-least", "at-most"]


class GoalsFile(RootModel[dict[Id, GoalModel]]):
    """Indicator id -> its goal for the year in the file's name."""

    def domain(self, year: int) -> tuple[Goal, ...]:
        """The year's goals in the file's order."""
        return tuple(
            Goal(year, key, model.names, model.target, model.unit, model.direction) for key, model in self.root.items()
        )


class QuestionModel(FileModel):
    """One question of a survey."""

    id: Id
    text: Texts
    kind: Literal["scale", "comment"] = "scale"


class SurveyFile(FileModel):
    """A survey."""

    audience: Literal["residents", "workers", "partners"]
    questions: Annotated[list[QuestionModel], Field(min_length=1)]

    def domain(self, survey: str) -> Survey:
        """The survey with its questions in order."""
        return Survey(survey, self.audience, tuple(Question(q.id, q.text, q.kind) for q in self.questions))
