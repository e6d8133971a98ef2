import json
import re

import pytest

from bot.cli.explain import as_values, as_words
from bot.domain.answer import Guidance, Handoff
from bot.domain.lexicon import Lexicon
from bot.domain.place import Place
from bot.matching import Matcher, MatchSettings, build
from bot.matching.explain import explain

TOPICS = {
    "tax-card": ("tax card", "verokortti", "بطاقة الضريبة"),
    "daycare": ("daycare place", "päivähoitopaikka", "مكان في الروضة"),
    "passport": ("passport renewal", "uusi passi", "جواز سفر جديد"),
    "domestic-violence": ("husband beats me", "mies lyö minua", "زوجي يضربني"),
    "pension": ("old age pension", "vanhuuseläke", "معاش التقاعد"),
    "dentist": ("dentist appointment", "hammaslääkäriaika", "موعد طبيب الاسنان"),
}
FRAMES = (
    ("how do I get a {}", "miten saan {}", "كيف احصل على {}"),
    ("{}", "{}", "{}"),
    ("where can I ask about {}", "mistä kysyn {}", "اين اسأل عن {}"),
    ("help with {} please", "apua {} kiitos", "ساعدوني {}"),
)
ROWS = [
    (language, frame[i].format(words[i]), intent)
    for intent, words in TOPICS.items()
    for frame in FRAMES
    for i, language in enumerate(("en", "fi", "ar"))
]
LEXICON = Lexicon({"tax": "money", "husband": "family"}, {"en": {"tax": ("tax",)}, "ar": {"husband": ("زوجي",)}})
NOWHERE = Guidance((Handoff(),), (), "en", None, None)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    settings = MatchSettings(holdouts=2)
    return Matcher(build(ROWS, urgent=frozenset({"domestic-violence"}), settings=settings, lexicon=LEXICON))


def told(matcher: Matcher, text: str, guidance: Guidance | None = NOWHERE) -> str:
    return as_words(explain(matcher, text, ROWS, LEXICON), guidance)


def test_an_editor_reads_what_was_read_decided_and_compared(matcher) -> None:
    words = told(matcher, "how do I get a tax crad zzqqyx")
    for line in (
        "  words: how do i get a tax crad zzqqyx",
        "  corrected: crad -> card",
        "  unknown: zzqqyx",
        "  understood: tax (tax) from en",
        "Candidate 1: tax-card",
        "Candidate 3: ",
        "Why tax-card before ",
    ):
        assert f"\n{line}" in words, line
    assert re.search(r"\n   \d\d  en  how do I get a tax card\n", words)
    assert "tax + card" in words


def test_the_sums_printed_are_those_of_the_explanation(matcher) -> None:
    why = explain(matcher, "how do I get a tax card", ROWS)
    words = as_words(why, NOWHERE)
    first = why.candidates[0]
    assert f"score {first.score:.2f}, total {first.total:+.2f}" in words
    for kind, share in first.shares.items():
        if abs(share) >= 0.005:
            assert f"  {share:+6.2f}  {kind}\n" in words
    assert f"before {why.candidates[1].intent}: it leads by {why.lead.by:.2f}" in words


def test_thresholds_and_the_urgent_rule(matcher) -> None:
    levels = matcher.model.calibration
    words = told(matcher, "my husband beats me")
    assert f"an answer needs {levels.answer:.2f}, a choice {levels.choice:.2f}" in words
    assert f"urgent: an answer needs {levels.urgent:.2f}" in words
    assert "urgent: an answer" not in told(matcher, "how do I get a tax card")


@pytest.mark.parametrize("text", ["🤔", "", "qwzx vbnk"])
def test_nothing_known_is_told_in_a_few_lines(matcher, text: str) -> None:
    words = told(matcher, text)
    assert "Decision: a person\n  because no word of the message is known" in words
    assert "Candidate" not in words


def test_two_questions_one_after_the_other(matcher) -> None:
    words = told(matcher, "how do I get a tax card and where can I ask about dentist appointment?")
    assert "because the message asks two questions" in words
    first = words.index("QUESTION 1: how do I get a tax card\n")
    second = words.index("QUESTION 2: where can I ask about dentist appointment?\n")
    assert first < words.index("Candidate 1: tax-card") < second < words.index("Candidate 1: dentist")


def test_a_long_message_is_cut_and_a_right_to_left_one_has_an_item_a_line(matcher) -> None:
    assert "... and " in told(matcher, "tax card " * 400)
    words = told(matcher, "زوجي يضربني")
    assert "\n  understood: husband (زوجی) from ar\n" in words
    assert "\n  100  ar  زوجي يضربني" in words
    assert "\u2067" not in words


def test_place_and_country(matcher) -> None:
    text = "how do I get a tax card"
    sweden = Guidance((Handoff(),), (), "en", None, None, country="SE")
    words = told(matcher, text, sweden)
    assert "Decision: a choice\n  country: the message asks about Sweden (SE), not Finland: a choice instead" in words
    assert "a choice instead" not in told(matcher, "qwzx vbnk", sweden)
    there = Guidance((Handoff(),), (), "en", "espoo", Place("espoo", "Leppävaara"))
    assert "  place: Leppävaara, in espoo\n" in told(matcher, text, there)
    outside = Guidance((Handoff(),), (), "en", None, Place(None, "Turku", outside=True))
    assert "  place: Turku, outside the four cities\n" in told(matcher, text, outside)
    twice = Guidance((Handoff(),), (), "en", None, Place(None, "Laakso", ambiguous=("espoo", "vantaa")))
    assert "  place: Laakso, in espoo or vantaa\n" in told(matcher, text, twice)
    assert "nothing but a place" in told(matcher, "Espoo", None)


def test_data_says_the_same(matcher) -> None:
    guidance = Guidance((Handoff(),), (), "en", "espoo", Place("espoo", "Leppävaara"), country="SE")
    value = json.loads(json.dumps(as_values(explain(matcher, "tax crad", ROWS, LEXICON), guidance)))
    assert value["place"]["city"] == "espoo"
    assert value["country"] == "SE"
    assert value["read"]["corrected"] == {"crad": "card"}
    assert value["read"]["understood"] == [{"concept": "tax", "words": ["tax"], "languages": ["en"]}]
    assert value["thresholds"]["answer"] == matcher.model.calibration.answer
    first = value["candidates"][0]
    assert sum(first["shares"].values()) == pytest.approx(first["total"], abs=1e-5)
    assert value["alike"][0]["intent"] == first["intent"]


def test_the_command_says_why_after_the_answer(neuvoja) -> None:
    asked = ("ask", "how do I get a tax card", "--lang", "en", "--city", "espoo", "--at", "2026-11-20T12:00")
    plain, explained = neuvoja(*asked).stdout, neuvoja(*asked, "--explain").stdout
    assert explained.startswith(plain)
    assert "Candidate 1: tax-card" in explained
    assert "\x1b" not in explained
    value = json.loads(neuvoja(*asked, "--explain", "--json").stdout)
    assert value["explain"]["candidates"][0]["intent"] == "tax-card"
    assert "explain" not in json.loads(neuvoja(*asked, "--json").stdout)


def test_an_identifier_is_masked_in_the_explanation_too(neuvoja) -> None:
    result = neuvoja("ask", "my code is 131052-308T, how do I get a tax card", "--explain")
    assert "131052" not in result.output
    assert "308t" not in result.output
