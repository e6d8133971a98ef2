import pytest

from bot.matching import Matcher, MatchSettings, build

SUBJECTS = {
    "daycare": ("daycare place", "päivähoitopaikka", "dagisplats"),
    "tax-card": ("tax card", "verokortti", "skattekort"),
    "rental-home": ("rental flat", "vuokra-asunto", "hyreslägenhet"),
    "school": ("school enrolment", "koulupaikka", "skolplats"),
    "bank-account": ("bank account", "pankkitili", "bankkonto"),
    "citizenship": ("citizenship application", "kansalaisuushakemus", "medborgarskap"),
    "dentist": ("dentist appointment", "hammaslääkäriaika", "tandläkartid"),
    "library": ("library membership", "kirjastokortti", "bibliotekskort"),
    "divorce": ("divorce papers", "avioero", "skilsmässa"),
    "passport": ("passport renewal", "passihakemus", "passansökan"),
    "domestic-violence": ("husband beats me", "mies lyö minua", "mannen slår mig"),
    "pension": ("old age pension", "vanhuuseläke", "ålderspension"),
}
FRAMES = (
    ("how do I get a {}", "miten saan {}", "hur får jag {}"),
    ("{}", "{}", "{}"),
    ("where can I ask about {}", "mistä kysyn {}", "var frågar jag om {}"),
    ("help with {} please", "apua {} kiitos", "hjälp med {} tack"),
    ("i need {} now in Espoo", "tarvitsen {} nyt Espoossa", "behöver {} nu i Esbo"),
    ("what papers for {}", "mitä papereita {} varten", "vilka papper för {}"),
)
EXAMPLES = [
    (language, frame[i].format(words[i]), intent)
    for intent, words in SUBJECTS.items()
    for frame in FRAMES
    for i, language in enumerate(("en", "fi", "sv"))
]
URGENT = frozenset({"domestic-violence"})


@pytest.fixture(scope="session")
def model():
    return build(EXAMPLES, urgent=URGENT, settings=MatchSettings(holdouts=2))


@pytest.fixture(scope="session")
def matcher(model) -> Matcher:
    return Matcher(model)
