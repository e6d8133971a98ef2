"""`knowledge/points/<city|state>/<point-id>.yaml` and `knowledge/services.yaml`."""

from __future__ import annotations

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
from bot.domain.dated import Certainty
from bot.domain.point import Address, Authority, Notice, Phone, Service, ServicePoint


class AddressModel(FileModel):
    """A street address; `street` may be empty when only the postal area is known."""

    street: str
    postal_code: Text
    town: Text


class PhoneModel(FileModel):
    """A phone number with an optional word on what it is for."""

    number: Text
    note: Annotated[Texts, Field(default_factory=dict)]


class NoticeModel(DatedModel):
    """A disturbance notice."""

    text: Texts


class PointFile(DatedModel):
    """A service point."""

    names: Texts
    operator: Text
    city: Id | None
    address: AddressModel | None = None
    coordinates: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    phones: Listed[PhoneModel]
    email: Text | None = None
    url: Text | None = None
    booking: Text | None = None
    hours: Text | None = None
    languages: Listed[LanguageCode]
    interpreter: bool = False
    services: Listed[Id]
    expertise: Listed[Id]
    in_person: bool
    notices: Listed[NoticeModel]
    sources: Listed[SourceModel]
    checked: Day | None = None
    certainty: CertaintyName = "medium"

    def domain(self, point: str) -> ServicePoint:
        """The domain's service point."""
        address = self.address
        return ServicePoint(
            id=point,
            city=self.city,
            names=self.names,
            operator=self.operator,
            address=Address(address.street, address.postal_code, address.town) if address else None,
            coordinates=(self.coordinates[0], self.coordinates[1]) if self.coordinates else None,
            phones=tuple(Phone(phone.number, phone.note) for phone in self.phones),
            email=self.email,
            url=self.url,
            booking=self.booking,
            hours=self.hours,
            languages=tuple(self.languages),
            interpreter=self.interpreter,
            services=tuple(self.services),
            expertise=tuple(self.expertise),
            in_person=self.in_person,
            notices=tuple(Notice(notice.text, notice.validity()) for notice in self.notices),
            sources=sources(self.sources),
            checked=self.checked,
            certainty=Certainty(self.certainty),
            validity=self.validity(),
        )


class AuthorityModel(FileModel):
    """Who decides or handles a matter."""

    names: Texts
    url: Text | None = None


class ServiceModel(FileModel):
    """What points serve."""

    names: Texts
    authority: Id | None = None
    points: Annotated[dict[Id, list[Id]], Field(default_factory=dict)]
    regional: Listed[Id]


class ServicesFile(FileModel):
    """All authorities and services."""

    authorities: dict[Id, AuthorityModel]
    services: dict[Id, ServiceModel]

    def domain_authorities(self) -> dict[str, Authority]:
        """Authority id -> the domain's authority."""
        return {key: Authority(key, model.names, model.url) for key, model in self.authorities.items()}

    def domain_services(self) -> dict[str, Service]:
        """Service id -> the domain's service."""
        return {
            key: Service(
                id=key,
                names=model.names,
                authority=model.authority,
                points={city: tuple(points) for city, points in model.points.items()},
                regional=tuple(model.regional),
            )
            for key, model in self.services.items()
        }
