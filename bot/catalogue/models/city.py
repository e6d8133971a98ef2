"""`knowledge/agreement.yaml`, `knowledge/cities/<city>/city.yaml` and a city's own part of an answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bot.catalogue.models.base import (
    CertaintyName,
    DatedModel,
    Day,
    FileModel,
    Id,
    LanguageCode,
    Listed,
    SourceModel,
    Text,
    Texts,
    sources,
)
from bot.domain.catalogue import Agreement
from bot.domain.dated import Certainty
from bot.domain.intent import CityPart, CityVersion
from bot.domain.place import AdviceDesk, City


class AgreementFile(FileModel):
    """The agreement; `cost_shares` in per cent."""

    cities: Annotated[list[Id], Field(min_length=1)]
    required_languages: Annotated[list[LanguageCode], Field(min_length=1)]
    cost_shares: dict[Id, Annotated[float, Field(ge=0, le=100)]]
    promise: Texts

    def shares(self) -> dict[str, Decimal]:
        """City id -> per cent exactly as written."""
        return {city: Decimal(str(share)) for city, share in self.cost_shares.items()}

    def domain(self) -> Agreement:
        """The domain's agreement."""
        return Agreement(tuple(self.cities), tuple(self.required_languages), self.shares(), self.promise)


class DeskModel(FileModel):
    """How residents reach a city's advice desk."""

    hours: Text | None = None
    point: Id | None = None
    phone: Text | None = None
    email: Text | None = None
    url: Text | None = None


class CityFile(FileModel):
    """One city; `languages` are those its advisors serve in."""

    names: Texts
    names_in: Texts
    aliases: Listed[Text]
    languages: Listed[LanguageCode]
    desk: DeskModel
    owner: Text

    def domain(self, city: str) -> City:
        """The domain's city."""
        desk = self.desk
        return City(
            id=city,
            names=self.names,
            names_in=self.names_in,
            aliases=tuple(self.aliases),
            languages=tuple(self.languages),
            desk=AdviceDesk(desk.hours, desk.point, desk.phone, desk.email, desk.url),
            owner=self.owner,
        )


class CityVersionModel(DatedModel):
    """A city's words while they hold."""

    text: Texts


class CityPartFile(FileModel):
    """The city's own part of an answer."""

    owner: Text
    checked: Day | None = None
    certainty: CertaintyName = "medium"
    sources: Listed[SourceModel]
    text: Texts
    dated: Listed[CityVersionModel]

    def domain(self, intent: str, city: str) -> CityPart:
        """The domain's city part."""
        return CityPart(
            intent=intent,
            city=city,
            owner=self.owner,
            text=self.text,
            checked=self.checked,
            certainty=Certainty(self.certainty),
            sources=sources(self.sources),
            dated=tuple(CityVersion(version.validity(), version.text) for version in self.dated),
        )
