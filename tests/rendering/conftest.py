"""One city's daycare answer in full: the catalogue and the moment the screens are drawn for."""

import gettext
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.answer import Answer, Freshness, Opening, OpeningStatus, PointView
from bot.domain.catalogue import Agreement, Catalogue, LanguageInfo
from bot.domain.dated import Certainty, Source
from bot.domain.intent import CityPart, InPerson, Intent, IntentText, Kind, Topic
from bot.domain.place import CITIES, AdviceDesk, City, PlaceData
from bot.domain.point import Address, Authority, Phone, Service, ServicePoint
from bot.locales import Translator

HELSINKI = ZoneInfo("Europe/Helsinki")
NAMES = {
    "helsinki": ("Helsinki", "Helsingfors", "Helsinki"),
    "espoo": ("Espoo", "Esbo", "Espoo"),
    "vantaa": ("Vantaa", "Vanda", "Vantaa"),
    "kauniainen": ("Kauniainen", "Grankulla", "Kauniainen"),
}


def _three(fi: str, sv: str, en: str) -> dict[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


def _intent(identity: str, fi: str, en: str, answer: str = "Teksti.", *, urgent: bool = False) -> Intent:
    return Intent(
        id=identity,
        topic="education",
        kind=Kind.ANSWER,
        urgent=urgent,
        authority="city",
        service="advice" if identity == "service-point" else "daycare",
        in_person=InPerson.SOMETIMES,
        terms=(),
        related=(),
        sources=(),
        owner="shared",
        review_after_days=180,
        texts={"fi": IntentText("fi", fi, answer), "en": IntentText("en", en, answer)},
    )


INTENTS = (
    _intent("daycare-application", "Päivähoitopaikan hakeminen", "Applying for day care"),
    _intent("school-enrolment", "Kouluun ilmoittautuminen", "Enrolling in school"),
    _intent("service-point", "Neuvontapiste", "Advice point"),
    _intent("emergency", "Hätätilanne", "Emergency", "Soita 112 & odota.\n\nToinen kappale.", urgent=True),
)


def _point(identity: str, fi: str, en: str, city: str) -> ServicePoint:
    return ServicePoint(
        id=identity,
        city=city,
        names=_three(fi, fi, en),
        operator="City of Espoo",
        address=Address("Suomenlahdentie 1", "02230", "Espoo"),
        coordinates=(60.1615, 24.7385),
        phones=(Phone("09 816 21", _three("vaihde", "växel", "switchboard")),),
        email=None,
        url="https://www.espoo.fi/en/",
        booking=None,
        hours=None,
        languages=("fi", "sv", "en", "ar"),
        interpreter=False,
        services=("daycare",),
        expertise=(),
        in_person=True,
        notices=(),
        sources=(),
        checked=None,
        certainty=Certainty.LOW,
    )


@pytest.fixture
def catalogue() -> Catalogue:
    tiers = {"fi": "Suomi", "sv": "Svenska", "en": "English", "ar": "العربية", "so": "Soomaali"}
    return Catalogue(
        languages={
            code: LanguageInfo(code, name, "rtl" if code == "ar" else "ltr", "required") for code, name in tiers.items()
        },
        topics=(
            Topic(
                "education", _three("Koulutus", "Utbildning", "Education"), ("daycare-application", "school-enrolment")
            ),
            Topic("guidance", _three("Neuvonta", "Rådgivning", "Advice"), ("service-point", "gone")),
            Topic("empty", _three("Tyhjä", "Tom", "Empty"), ("gone",)),
        ),
        intents={intent.id: intent for intent in INTENTS},
        agreement=Agreement(CITIES, ("fi", "sv", "en"), {"helsinki": Decimal(50)}, {}),
        cities={
            city: City(city, _three(*names), {}, (), ("fi",), AdviceDesk(None, None, None, None, None), city)
            for city, names in NAMES.items()
        },
        city_parts={
            ("espoo", "daycare-application"): CityPart(
                "daycare-application", "espoo", "Espoo", _three("F", "S", "E"), None, Certainty.LOW
            )
        },
        points={},
        services={
            "daycare": Service("daycare", {}, "city", {"espoo": ("info",)}, ()),
            "advice": Service("advice", {}, "city", {}, ()),
        },
        authorities={},
        places=PlaceData({}, (), ()),
        hash="0",
    )


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 4, 8, 12, 30, tzinfo=HELSINKI)


@pytest.fixture
def info() -> PointView:
    """An open point with everything but a booking page."""
    hours = OpeningStatus(
        Opening.OPEN,
        ((time(9), time(16)),),
        datetime(2026, 4, 8, 16, tzinfo=HELSINKI),
    )
    return PointView(_point("espoo-info", "Espoon palvelupiste", "Espoo Info", "espoo"), hours, 2312)


@pytest.fixture
def desk() -> PointView:
    """A second point, in Vantaa, of unknown hours."""
    return PointView(_point("vantaa-info", "Vantaa-info", "Vantaa Info", "vantaa"), OpeningStatus(Opening.UNKNOWN))


@pytest.fixture
def answer(info: PointView, desk: PointView) -> Answer:
    return Answer(
        intent="daycare-application",
        language="en",
        text_language="en",
        title="Applying for day care",
        text="Day care is <early> education & care.\n\nThe city decides.",
        steps=("Apply four months before.", "Read the decision."),
        bring=("The child's identity code",),
        urgent=False,
        in_person="sometimes",
        terms=({"fi": "varhaiskasvatus", "sv": "småbarnspedagogik"}, {"fi": "esiopetus"}),
        authority=Authority("city", _three("Kaupunki", "Staden", "The city"), None),
        city="espoo",
        place=None,
        city_text="In Espoo you apply online.",
        points=(info,),
        other_points=(desk,),
        related=("school-enrolment",),
        sources=(Source("https://www.espoo.fi/en/daycare"), Source("https://www.infofinland.fi/en/family")),
        freshness=Freshness.UNCHECKED,
        checked=date(2026, 2, 1),
        certainty=Certainty.LOW,
    )


@pytest.fixture
def english() -> Translator:
    return Translator("en", gettext.NullTranslations())


class _Words(gettext.NullTranslations):
    """A few interface texts in Finnish, the rest in English."""

    def gettext(self, message: str) -> str:
        return {
            "What to do": "Tee näin",
            "Handled by: {authority}": "Hoitaa: {authority}",
            "Open now, until {time}": "Auki nyt, kello {time} asti",
            "Today {hours}": "Tänään {hours}",
            "{distance} from you": "{distance} päässä",
            "Checked on {date}.": "Tarkistettu {date}.",
            "Talk <to> {name}": "Puhu & <kuule> {name}",
        }.get(message, message)


@pytest.fixture
def finnish() -> Translator:
    return Translator("fi", _Words())


@pytest.fixture
def arabic() -> Translator:
    return Translator("ar", gettext.NullTranslations())
