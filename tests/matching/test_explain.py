import json
from dataclasses import asdict, replace

import pytest

from bot.domain.lexicon import Lexicon
from bot.domain.match import Decision
from bot.language.folding import fold
from bot.matching import Matcher, MatchSettings, build
from bot.matching.explain import Explanation, Rule, explain
from bot.matching.features import words_of

from .conftest import EXAMPLES, URGENT

RUSSIAN = [
    ("ru", frame.format(words), intent)
    for intent, words in {
        "citizenship": "гражданство Финляндии",
        "school": "место в школе",
        "tax-card": "налоговую карточку",
        "passport": "новый паспорт",
    }.items()
    for frame in ("как получить {}", "{}", "где можно получить {}", "помогите получить {} пожалуйста")
]
ROWS = [*EXAMPLES, *RUSSIAN]
LEXICON = Lexicon(
    {"husband": "family", "hit": "danger", "tax": "money", "card": "things", "child-care": "family", "home": "living"},
    {
        "en": {
            "husband": ("husband*",),
            "hit": ("beats", "hits"),
            "tax": ("tax", "taxes"),
            "card": ("card*",),
            "child-care": ("day care", "daycare"),
            "home": ("flat", "rental flat"),
        },
        "fi": {"tax": ("vero*",), "home": ("vuokra asunto",)},
        "ar": {"card": ("بطاقة",)},
        "ru": {"card": ("карточк*",), "tax": ("налог*",)},
    },
)
OOS = [("en", text) for text in ("who won the match", "sing me a song", "what is the weather", "tell me a joke")]
MESSAGES = (
    "how do I get a tax card",
    "where is my taks card and the rental flat",
    "my husband beats me",
    "mistä saan verokortin vuokra-asunto",
    "kak poluchit nalogovuyu kartochku",
    "как получить гражданство",
    "I need a daycare place daycare place 3 children",
    "tax " * 300,
    (
        "one two three four five six seven tax card in Espoo for my husband who beats the library and the dentist "
        "with a flat and a passport, then school, pension, divorce papers, bank account and day care please now"
    ),
)


@pytest.fixture(scope="module")
def lexical() -> Matcher:
    return Matcher(build(ROWS, urgent=URGENT, settings=MatchSettings(holdouts=2), lexicon=LEXICON, oos=OOS))


@pytest.fixture(scope="module", params=["lexicon", "likeness", "words only"])
def judge(request, lexical) -> Matcher:
    """Matchers that weigh different things."""
    if request.param == "words only":
        return Matcher(build(ROWS, settings=MatchSettings(holdouts=2)))
    weight = 0.5 if request.param == "likeness" else 0.0
    weighed = replace(lexical.model.calibration, likeness_weight=weight)
    return Matcher(replace(lexical.model, calibration=weighed))


@pytest.mark.parametrize("text", MESSAGES)
def test_shares_and_base_add_up_to_the_margin_that_decides(judge, text: str) -> None:
    why = explain(judge, text, ROWS)
    reading = judge.understand(text)
    weight = judge.model.calibration.likeness_weight
    margins = {judge.model.intents[i]: m for i, m in zip(reading.classes, reading.margins.tolist(), strict=True)}
    totals = reading.signals(weight)[1]
    assert [one.intent for one in why.candidates] == [one.intent for one in judge.rank(text)[:3]]
    for one, total in zip(why.candidates, totals.tolist(), strict=False):
        assert one.margin == pytest.approx(margins[one.intent])
        assert one.total == pytest.approx(total)
        assert sum(share for kind, share in one.shares.items() if kind != "likeness") == pytest.approx(
            one.margin, abs=1e-5
        )
        assert sum(one.shares.values()) == pytest.approx(total, abs=1e-5)
    assert why.lead
    assert why.lead.by == pytest.approx(float(totals[0] - totals[1]))
    assert ("likeness" in why.lead.shares) == bool(weight)
    assert sum(why.lead.shares.values()) == pytest.approx(why.lead.by, abs=1e-5)


def test_a_short_message_s_named_features_are_its_whole_share(lexical) -> None:
    why = explain(lexical, "tax card", ROWS)
    first = why.candidates[0]
    assert first.intent == "tax-card"
    for kind in ("words", "word pairs", "concepts", "concept pairs"):
        named = [one for one in first.evidence if one.kind == kind]
        assert named, kind
        assert sum(one.weight for one in named) == pytest.approx(first.shares[kind], abs=1e-5)
    assert {(one.kind, one.names) for one in first.evidence} == {
        ("words", ("tax",)),
        ("words", ("card",)),
        ("word pairs", ("tax", "card")),
        ("concepts", ("tax",)),
        ("concepts", ("card",)),
        ("concept pairs", ("tax", "card")),
    }


def test_evidence_is_strongest_first_and_named_for_the_difference_too(lexical) -> None:
    why = explain(lexical, "how do I get a tax card", ROWS)
    for evidence in (*(one.evidence for one in why.candidates), why.lead.evidence):
        weights = [abs(one.weight) for one in evidence]
        assert weights == sorted(weights, reverse=True)
        assert 0 < len(evidence) <= 6
        assert all(one.names for one in evidence)
    assert why.lead.evidence[0].weight > 0


def test_what_was_read(lexical) -> None:
    why = explain(lexical, "Citizenshp aplication zzqqyx 12 husband HUSBANDS", ROWS)
    assert why.read.words == ("citizenshp", "aplication", "zzqqyx", "12", "husband", "husbands")
    assert why.read.corrected == {"citizenshp": "citizenship", "aplication": "application"}
    assert why.read.unknown == ("zzqqyx",), "corrected words, lexicon words and small numbers are not unknown"
    assert why.read.native is None
    assert why.read.known == pytest.approx(lexical.understand(why.text).known)
    named = {one.concept: one.words for one in why.read.understood}
    assert named == {"husband": ("husband", "husbands")}


def test_concepts_come_with_the_phrase_that_names_them_in_order(lexical) -> None:
    why = explain(lexical, "rental flat or day care", ROWS)
    assert [(one.concept, one.words) for one in why.read.understood] == [
        ("home", ("rental flat", "flat")),
        ("child-care", ("day care",)),
    ]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("taxes", ("en",)),
        ("verokortti", ("fi",)),
        ("налог", ("ru",)),
        ("tax vero", ("en", "fi")),
        ("والبطاقة", ("ar",)),
    ],
)
def test_a_concept_tells_whose_lexicon_named_it(lexical, text: str, languages: tuple[str, ...]) -> None:
    assert explain(lexical, text, ROWS, LEXICON).read.understood[0].languages == languages


def test_a_concept_that_a_corrected_word_names(lexical) -> None:
    why = explain(lexical, "my husbnad", ROWS)
    assert why.read.corrected == {"husbnad": "husband"}
    assert [one.concept for one in why.read.understood] == ["husband"]


def test_a_romanised_message_shows_its_native_words(lexical) -> None:
    why = explain(lexical, "kak poluchit grazhdanstvo finlyandii", ROWS)
    assert why.read.words == ("kak", "poluchit", "grazhdanstvo", "finlyandii")
    assert why.read.native == ("как", "получить", "гражданство", fold("Финляндии"))
    assert (why.read.language.language, why.read.language.romanised) == ("ru", True)
    assert why.candidates[0].intent == "citizenship"
    assert any(one.names == ("гражданство",) for one in why.candidates[0].evidence)
    assert why.alike[0].likeness == 100


def test_the_likest_examples_are_those_of_the_first_two(lexical) -> None:
    why = explain(lexical, "verokortti miten saan", ROWS)
    assert [one.intent for one in why.alike] == [why.candidates[0].intent] * 3 + [why.candidates[1].intent] * 3
    best = why.alike[0]
    assert (best.language, best.text, best.intent, best.likeness) == ("fi", "miten saan verokortti", "tax-card", 100)
    assert all((one.language, one.text, one.intent) in ROWS for one in why.alike)
    assert [one.likeness for one in why.alike[:3]] == sorted((one.likeness for one in why.alike[:3]), reverse=True)


def holds(why: Explanation) -> bool:
    """Whether the rule that is told gives the decision that was made, by the thresholds that are told."""
    levels, ranked = why.calibration, why.match.ranked
    best = ranked[0].score if ranked else 0.0
    decision, urgent = why.match.decision, bool(ranked) and ranked[0].intent in why.urgent
    behind = any(one.intent in why.urgent for one in ranked[1:3])
    return {
        Rule.NOTHING_KNOWN: decision is Decision.HANDOFF and why.signals is None,
        Rule.TOO_LOW: decision is Decision.HANDOFF and best < levels.choice,
        Rule.URGENT: decision is Decision.ANSWER and urgent and levels.urgent <= best < levels.answer,
        Rule.HIGH_ENOUGH: decision is Decision.ANSWER and best >= levels.answer,
        Rule.URGENT_BEHIND: decision is Decision.CHOICE and best >= levels.answer and behind,
        Rule.BETWEEN: decision is Decision.CHOICE and best < levels.answer,
        Rule.TWO_QUESTIONS: decision is Decision.ANSWER and len(why.parts) == 2,
    }[why.rule]


@pytest.mark.parametrize(
    "text",
    [*MESSAGES, *(text for _, text, _ in EXAMPLES[::7]), "please help", "my husband and the papers", "flat beats", "i"],
)
def test_the_rule_that_is_told_gives_the_decision(lexical, text: str) -> None:
    why = explain(lexical, text, ROWS)
    assert why.match == lexical.match(text)
    assert holds(why), (why.rule, why.match)


@pytest.mark.parametrize("text", ["", "   ", "🤔🎉", "?!", "qwzx vbnk", "你好", "אני צריך"])
def test_nothing_known_has_no_candidates(lexical, text: str) -> None:
    why = explain(lexical, text, ROWS)
    assert why.rule is Rule.NOTHING_KNOWN
    assert (why.candidates, why.lead, why.alike, why.parts) == ((), None, (), ())
    assert why.read.words == tuple(words_of(text))


def test_two_questions_are_explained_apart(matcher) -> None:
    text = "How do I get a tax card and where can I ask about a bank account?"
    why = explain(matcher, text, EXAMPLES)
    assert why.rule is Rule.TWO_QUESTIONS
    assert [part.text for part in why.parts] == ["How do I get a tax card", "where can I ask about a bank account?"]
    assert [part.candidates[0].intent for part in why.parts] == ["tax-card", "bank-account"]
    assert [part.match.ranked[0] for part in why.parts] == list(why.match.intents)


def test_one_intent_alone_leads_nobody() -> None:
    one = Matcher(build([("en", "tax card", "tax"), ("en", "my tax card", "tax")], settings=MatchSettings(holdouts=2)))
    why = explain(one, "tax card", [("en", "tax card", "tax")])
    assert len(why.candidates) == 1
    assert why.lead is None


def test_the_values_can_be_written_as_json(lexical) -> None:
    why = explain(lexical, "how do I get a tax card", ROWS)
    json.dumps([asdict(why.read), [asdict(one) for one in why.candidates], asdict(why.lead), asdict(why.signals)])
