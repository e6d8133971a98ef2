"""What the models of all files share: strictness, ids, texts per language, sources and validity."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.domain.dated import Certainty, Source, Validity

T = TypeVar("T")

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?\Z")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z", re.ASCII)


def is_id(text: str) -> bool:
    """True for lowercase kebab-case."""
    return _KEBAB.match(text) is not None


def is_language_code(text: str) -> bool:
    """True for the form of a language code: `fi`, `sme`, `zh-Hant`."""
    return _LANGUAGE.match(text) is not None


def _id(text: str) -> str:
    if not is_id(text):
        rule = "an id has lowercase letters, digits and hyphens only"
        lower = text.strip().lower()
        raise ValueError(f"did you mean `{lower}`? {rule.capitalize()}" if is_id(lower) else rule)
    return text


def _language(text: str) -> str:
    if not is_language_code(text):
        raise ValueError("a language code is two or three lowercase letters, such as `fi`")
    return text


def _no_list(value: Any) -> Any:
    """A key without a value is an empty list."""
    return [] if value is None else value


def _day(value: Any) -> Any:
    """A quoted day is a day too; a Finnish one is told how to be written."""
    if not isinstance(value, str):
        return value
    finnish, iso = _FINNISH_DAY.match(value), _ISO_DAY.match(value)
    if finnish:
        day, month, year = (int(part) for part in finnish.groups())
        raise ValueError(f"a day is written year-month-day: {_existing(year, month, day)}")
    if iso:
        return _existing(*(int(part) for part in iso.groups()))
    raise ValueError("a day is written year-month-day, such as 2026-11-21")


def _existing(year: int, month: int, day: int) -> date:
    """The day of the calendar; ValueError tells how many days or months there are."""
    if not 1 <= year <= date.max.year or not 1 <= month <= 12:
        raise ValueError("there is no such day: a day is written year-month-day, the months are 01 to 12")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"there is no such day: {calendar.month_name[month]} {year} has {last} days")
    return date(year, month, day)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, AfterValidator(_id)]
LanguageCode = Annotated[str, AfterValidator(_language)]
Texts = Annotated[dict[LanguageCode, Text], Field(min_length=1)]
"""Language code -> text, none empty."""
Listed = Annotated[list[T], Field(default_factory=list), BeforeValidator(_no_list)]
"""A list that may be left empty or out."""
Entries = Annotated[list[T], BeforeValidator(_no_list)]
"""A list that may be left empty where no key can be left out: inside a mapping with free keys."""
Day = Annotated[date, BeforeValidator(_day)]
CertaintyName = Literal["low", "medium", "high"]


class FileModel(BaseModel):
    """Unknown keys are errors and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, allow_inf_nan=False)


class SourceModel(FileModel):
    """A `sources` entry."""

    url: Text
    checked: Day | None = None
    by: Text | None = None
    certainty: CertaintyName = "medium"

    def domain(self) -> Source:
        """The domain's source."""
        return Source(self.url, self.checked, self.by, Certainty(self.certainty))


class DatedModel(FileModel):
    """Anything with `valid_from` and `valid_until`, both included."""

    valid_from: Day | None = None
    valid_until: Day | None = None

    def validity(self) -> Validity:
        """The days on which it holds."""
        return Validity(self.valid_from, self.valid_until)


def sources(models: list[SourceModel]) -> tuple[Source, ...]:
    """The domain's sources in the file's order."""
    return tuple(model.domain() for model in models)
