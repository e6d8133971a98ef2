"""A small catalogue as domain values: two services, seven points, five intents."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.catalogue import Agreement, Catalogue, LanguageInfo
from bot.domain.dated import ALWAYS, Certainty, Source, Validity
from bot.domain.intent import CityPart, CityVersion, InPerson, Intent, IntentText, Kind, Version
from bot.domain.match import Candidate, Decision, Match
from bot.domain.place import CITIES, AdviceDesk, City, Place, PlaceData
from bot.domain.point import Authority, Notice, Service, ServicePoint
from bot.guidance.guide import Guide


def _point(
    identity: str,
    city: str | None,
    coordinates: tuple[float, float] | None = None,
    hours: str | None = None,
    *,
    notices: tuple[Notice, ...] = (),
    validity: Validity = ALWAYS,
    checked: date | None = None,
) -> ServicePoint:
    name = identity.replace("-", " ").title()
    return ServicePoint(
        id=identity,
        city=city,
        names={"fi": name, "sv": name, "en": name},
        operator="City",
        address=None,
        coordinates=coordinates,
        phones=(),
        email=None,
        url=None,
        booking=None,
        hours=hours,
        languages=("fi", "sv", "en"),
        interpreter=False,
        services=(),
        expertise=(),
        in_person=True,
        notices=notices,
        sources=(),
        checked=checked,
        certainty=Certainty.LOW,
        validity=validity,
    )


def _city(identity: str) -> City:
    name = identity.title()
    desk = AdviceDesk(None, f"{identity}-info", None, None, None)
    return City(
        identity, {"fi": name, "sv": name, "en": name}, {"en": f"in {name}"}, (), ("fi", "sv", "en"), desk, name
    )


def _intent(
    identity: str,
    texts: dict[str, IntentText],
    *,
    kind: Kind = Kind.ANSWER,
    urgent: bool = False,
    service: str | None = None,
    sources: tuple[Source, ...] = (),
    related: tuple[str, ...] = (),
) -> Intent:
    return Intent(
        id=identity,
        topic="topic",
        kind=kind,
        urgent=urgent,
        authority="city" if service else None,
        service=service,
        in_person=InPerson.SOMETIMES,
        terms=({"fi": "varhaiskasvatus", "sv": "småbarnspedagogik"},),
        related=related,
        sources=sources,
        owner="shared",
        review_after_days=180,
        texts=texts,
    )


DAYCARE = _intent(
    "daycare",
    {
        "fi": IntentText(
            "fi",
            "Päivähoito",
            "Hae paikkaa.",
            ("Hae.",),
            ("Henkilötunnus",),
            dated=(Version(Validity(date(2027, 1, 1), date(2027, 12, 31)), "Uusi laki."),),
        ),
        "en": IntentText("en", "Day care", "Apply for a place."),
        "so": IntentText("so", "Xannaanada", ""),
    },
    service="daycare",
    sources=(Source("https://a.example", date(2026, 3, 1), "A", Certainty.HIGH),),
    related=("advice", "gone"),
)
INTENTS = (
    DAYCARE,
    _intent("advice", {"fi": IntentText("fi", "Neuvonta", "Tule käymään.")}, service="advice"),
    _intent("emergency", {"fi": IntentText("fi", "Hätä", "Soita 112.")}, urgent=True),
    _intent("greeting", {"fi": IntentText("fi", "Tervehdys", "Hei!")}, kind=Kind.DIALOGUE),
    _intent("draft", {"en": IntentText("en", "Draft")}),
)
POINTS = (
    _point("helsinki-info", "helsinki", (60.1739, 24.9382), "Mo-Fr 09:00-18:00; PH off"),
    _point("espoo-info", "espoo", (60.1615, 24.7385), "Mo-Fr 09:00-12:00; PH off"),
    _point("vantaa-info", "vantaa", (60.2930, 25.0437), "Mo-Fr 09:00-16:00; PH off"),
    _point("kauniainen-info", "kauniainen", (60.2116, 24.7300)),
    _point("espoo-daycare", "espoo", None, "24/7", checked=date(2026, 2, 1)),
    _point(
        "espoo-daycare-two",
        "espoo",
        notices=(
            Notice({"fi": "Suljettu tänään"}, Validity(date(2026, 4, 2), date(2026, 4, 2))),
            Notice({"fi": "Remontti"}, Validity(date(2026, 5, 1))),
        ),
    ),
    _point("espoo-daycare-old", "espoo", validity=Validity(None, date(2025, 12, 31))),
    _point("helsinki-daycare", "helsinki", None, "Mo-Fr 09:00-10:00"),
    _point("e-service", None, None, "24/7"),
)
SERVICES = (
    Service(
        "daycare",
        {"fi": "Varhaiskasvatus"},
        "city",
        {"espoo": ("espoo-daycare", "espoo-daycare-two", "espoo-daycare-old"), "helsinki": ("helsinki-daycare",)},
        ("e-service",),
    ),
    Service("advice", {"fi": "Neuvonta"}, "city", {city: (f"{city}-info",) for city in CITIES}, ()),
)
ESPOO_DAYCARE = CityPart(
    "daycare",
    "espoo",
    "City of Espoo",
    {"fi": "Espoon oma osa.", "en": "Espoo's own part."},
    date(2026, 2, 15),
    Certainty.MEDIUM,
    (Source("https://espoo.example", date(2026, 1, 1), "B", Certainty.MEDIUM),),
    (CityVersion(Validity(date(2027, 1, 1)), {"fi": "Espoo 2027."}),),
)


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        languages={code: LanguageInfo(code, code, "ltr", "required") for code in ("fi", "sv", "en")},
        topics=(),
        intents={intent.id: intent for intent in INTENTS},
        agreement=Agreement(CITIES, ("fi", "sv", "en"), {"helsinki": Decimal(50)}, {}),
        cities={city: _city(city) for city in CITIES},
        city_parts={("espoo", "daycare"): ESPOO_DAYCARE},
        points={point.id: point for point in POINTS},
        services={service.id: service for service in SERVICES},
        authorities={"city": Authority("city", {"fi": "Kaupunki"}, None)},
        places=PlaceData({}, (), ()),
        hash="0",
    )


@pytest.fixture
def noon() -> datetime:
    """An ordinary Wednesday, noon and a half in Helsinki."""
    return datetime(2026, 4, 8, 12, 30, tzinfo=ZoneInfo("Europe/Helsinki"))


@dataclass
class Matcher:
    """Decides what the test says, and remembers what it was asked."""

    decision: Decision
    intents: tuple[str, ...]
    ranked: tuple[str, ...] = ()
    asked: str = ""

    def match(self, text: str) -> Match:
        self.asked = text
        return Match(
            self.decision,
            tuple(Candidate(intent, 0.9) for intent in self.intents),
            tuple(Candidate(intent, 0.5) for intent in self.ranked),
        )


@dataclass
class Gazetteer:
    """Finds one place in any text, and remembers the text."""

    place: Place | None = None
    asked: str = ""

    def find(self, text: str) -> Place | None:
        self.asked = text
        return self.place


@pytest.fixture
def guide(catalogue: Catalogue):
    """Builds a guide around a decision and a named place."""

    def build(decision: Decision, *intents: str, ranked: tuple[str, ...] = (), place: Place | None = None) -> Guide:
        return Guide(catalogue, Matcher(decision, intents, ranked), Gazetteer(place))

    return build
