"""A minimal valid catalogue in a temporary folder, to break one thing of in each test."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue.loader import Loaded, load

TODAY = date(2026, 11, 21)

ANSWER = {
    "fi": (
        "Varhaiskasvatus tarkoittaa päiväkotia tai perhepäivähoitoa, jossa lapsi leikkii ja oppii muiden kanssa. "
        "Kunta järjestää paikan ja tekee päätöksen hakemuksesi perusteella. Hae paikkaa hyvissä ajoin ennen kuin hoito "
        "alkaa. Jos saat työpaikan nopeasti, kerro siitä kunnalle heti. Neuvontapiste auttaa sinua hakemuksen "
        "täyttämisessä."
    ),
    "sv": (
        "Småbarnspedagogik betyder daghem eller familjedagvård, där barnet leker och lär sig med andra barn. "
        "Kommunen ordnar platsen och fattar beslutet utifrån din ansökan. Sök platsen i god tid innan vården börjar. "
        "Om du får ett arbete snabbt ska du berätta det för kommunen genast. Rådgivningen hjälper dig att fylla i "
        "ansökan."
    ),
    "en": (
        "Early childhood education means a day care centre or family day care, where the child plays and learns with "
        "other children. Your city arranges the place and decides on the basis of your application. Apply well before "
        "the care begins. If you find a job quickly, tell the city at once. The advice point helps you to fill in the "
        "application."
    ),
}
TITLE = {"fi": "Päivähoitopaikan hakeminen", "sv": "Ansökan om dagvårdsplats", "en": "Applying for day care"}
EXAMPLE = {
    "fi": "miten haen lapselle päiväkotipaikan, vaihtoehto {}",
    "sv": "hur söker jag en dagisplats till mitt barn, alternativ {}",
    "en": "how do I get a day care place for my child, option {}",
}
STEP = {"fi": "Täytä hakemus.", "sv": "Fyll i ansökan.", "en": "Fill in the application."}


def text_file(language: str) -> str:
    """A sound language file: line 1 title, 2 answer, 3 steps, 5 examples."""
    examples = "".join(f"  - {EXAMPLE[language].format(number)}\n" for number in range(24))
    return f"title: {TITLE[language]}\nanswer: {ANSWER[language]}\nsteps:\n  - {STEP[language]}\nexamples:\n{examples}"


INTENT = """\
kind: answer
urgency: normal
authority: city
service: daycare
in_person: no
terms:
  - {fi: varhaiskasvatus, sv: småbarnspedagogik}
sources:
  - {url: "https://example.fi/daycare", checked: null, by: null, certainty: medium}
owner: shared
review_after: 180
"""

POINT = """\
names: {fi: Neuvontapiste, sv: Rådgivningen, en: Advice point}
operator: City of Espoo
city: espoo
address: {street: Suomenlahdentie 1, postal_code: "02230", town: Espoo}
coordinates: [60.2, 24.7]
phones:
  - {number: "09 816 21"}
email: info@example.fi
url: "https://example.fi"
hours: "Mo-Fr 09:00-16:00; PH off"
languages: [fi, sv, en]
services: [daycare]
in_person: true
sources:
  - {url: "https://example.fi"}
"""

PART = """\
owner: City of Espoo, early childhood education
certainty: medium
text:
  fi: Espoossa varhaiskasvatuksesta vastaa kaupungin kasvun ja oppimisen toimiala,
    ja paikkaa haetaan kaupungin omassa palvelussa verkossa.
  sv: I Esbo ansvarar stadens sektor för fostran och lärande för småbarnspedagogiken,
    och platsen söks i stadens egen tjänst på nätet.
  en: In Espoo the city's growth and learning sector is in charge of early childhood education.
    You apply in the city's own service.
"""

SERVICES = """\
authorities:
  city:
    names: {fi: Kaupunki, sv: Staden, en: The city}
    url: null
services:
  daycare:
    names: {fi: Varhaiskasvatus, sv: Småbarnspedagogik, en: Early childhood education}
    authority: city
    points:
      espoo: [advice-espoo]
    regional: []
"""

AGREEMENT = """\
cities: [helsinki, espoo, vantaa, kauniainen]
required_languages: [fi, sv, en]
cost_shares: {helsinki: 50.0, espoo: 27.1, vantaa: 21.9, kauniainen: 1.0}
promise: {fi: Neuvomme, sv: Vi ger råd, en: We advise}
"""

CITY = """\
names: {fi: Kaupunki, sv: Staden, en: The city}
names_in: {fi: Kaupungissa, sv: i staden, en: in the city}
languages: [fi, sv, en]
desk: {hours: null, point: advice-espoo, phone: null, email: null, url: null}
owner: The city
"""

WEST = {"helsinki": 24.9, "espoo": 24.6, "vantaa": 25.0, "kauniainen": 24.8}


def borders() -> str:
    """A square a city, side by side from west to east."""
    features = [
        {
            "type": "Feature",
            "properties": {"city": city},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west + x, 60 + y] for x, y in ((0, 0), (0.1, 0), (0.1, 0.3), (0, 0.3), (0, 0))]],
            },
        }
        for city, west in WEST.items()
    ]
    features[1]["geometry"]["coordinates"][0][1:3] = [[24.8, 60], [24.8, 60.3]]
    return json.dumps({"type": "FeatureCollection", "features": features})


FILES = {
    "intents/languages.yaml": (
        "fi: {name: Suomi, direction: ltr, tier: required}\n"
        "sv: {name: Svenska, direction: ltr, tier: required}\n"
        "en: {name: English, direction: ltr, tier: required}\n"
        "ru: {name: Русский, direction: ltr, tier: offered}\n"
    ),
    "intents/topics.yaml": (
        "education:\n  titles: {fi: Koulutus, sv: Utbildning, en: Education}\n  intents: [daycare-application]\n"
    ),
    "intents/education/daycare-application/intent.yaml": INTENT,
    **{f"intents/education/daycare-application/{code}.yaml": text_file(code) for code in ANSWER},
    "knowledge/agreement.yaml": AGREEMENT,
    "knowledge/services.yaml": SERVICES,
    **{f"knowledge/cities/{city}/city.yaml": CITY for city in WEST},
    "knowledge/cities/espoo/intents/daycare-application.yaml": PART,
    "knowledge/points/espoo/advice-espoo.yaml": POINT,
    "knowledge/places/borders.geojson": borders(),
    "knowledge/places/postal_codes.csv": (
        "code,name_fi,name_sv,municipality,type,source\n02230,Matinkylä,Mattby,Espoo,ordinary,Posti\n"
    ),
    "knowledge/places/districts.csv": (
        "name_fi,name_sv,aliases,municipality,name_in_two_cities,other_cities,lat,lon,source,certainty\n"
        "Karhusaari,Björnsö,Karhis;K-saari,Helsinki,yes,Espoo (an island too),60.2499,24.95,map,high\n"
    ),
}
FI = "intents/education/daycare-application/fi.yaml"


class Data:
    """The two data folders below `root`, which is also the working directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, content: str | bytes) -> None:
        """Writes one file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, name: str, old: str, new: str) -> None:
        """Replaces text that must be there."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        """Deletes one file."""
        (self.root / name).unlink()

    def load(self) -> Loaded:
        """Loads both folders by their relative names."""
        return load(Path("intents"), Path("knowledge"), today=TODAY)

    def problems(self) -> list[str]:
        """All problems as printed."""
        return [str(problem) for problem in self.load().problems]

    def only(self) -> str:
        """The one problem there is."""
        found = self.problems()
        assert len(found) == 1, "\n".join(found) or "no problem"
        return found[0]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A minimal valid catalogue; the working directory is above its folders."""
    monkeypatch.chdir(tmp_path)
    return Data(tmp_path)
