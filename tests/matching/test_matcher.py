import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.match import Decision
from bot.matching import BuildError, Matcher, MatchSettings, build
from bot.matching.concepts import Concepts
from bot.matching.features import features, words_of
from bot.matching.training import prepare
from bot.matching.vocabulary import TEXT_WEIGHTS

from .conftest import EXAMPLES


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("How could I get a daycare place?", "daycare"),
        ("mistä verokortti", "tax-card"),
        ("var får man ett bankkonto", "bank-account"),
        ("VUOKRA-ASUNTO!!", "rental-home"),
        ("i want a pasport renewal", "passport"),
        ("kansalaisushakemus", "citizenship"),
        ("tandlakartid", "dentist"),
    ],
)
def test_the_best_candidate(matcher: Matcher, text: str, intent: str) -> None:
    ranked = matcher.rank(text)
    assert ranked[0].intent == intent
    assert len(ranked) == 8
    assert all(0 <= candidate.score <= 1 for candidate in ranked)
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)
    assert matcher.match(text).ranked == ranked


def test_a_clear_question_is_answered(matcher: Matcher) -> None:
    match = matcher.match("how do I get a tax card")
    assert match.decision is Decision.ANSWER
    assert [candidate.intent for candidate in match.intents] == ["tax-card"]


@pytest.mark.parametrize("text", ["", "🤔", "+358 40 765 4321", "qwzx vbnk", "אני צריך עזרה", "?!"])
def test_nothing_known_is_handed_over(matcher: Matcher, text: str) -> None:
    assert matcher.match(text).decision is Decision.HANDOFF


def test_an_urgent_intent_is_shown_first(matcher: Matcher) -> None:
    match = matcher.match("my husband beats me")
    assert match.intents[0].intent == "domestic-violence"
    assert match.decision is Decision.ANSWER


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("How do I get a tax card and where can I ask about a bank account?", ["tax-card", "bank-account"]),
        ("miten saan verokortti ja mistä kysyn vuokra-asunto", ["tax-card", "rental-home"]),
        ("Hur får jag dagisplats? Var frågar jag om skattekort?", ["daycare", "tax-card"]),
    ],
)
def test_two_questions_get_two_answers_in_order(matcher: Matcher, text: str, intents: list[str]) -> None:
    match = matcher.match(text)
    assert match.decision is Decision.ANSWER
    assert [candidate.intent for candidate in match.intents] == intents


@pytest.mark.parametrize(
    "text", ["I live in Espoo and I need a tax card", "help please, where can I get a tax card and when"]
)
def test_one_question_is_not_split(matcher: Matcher, text: str) -> None:
    assert [candidate.intent for candidate in matcher.match(text).intents][:1] == ["tax-card"]
    assert len(matcher.match(text).intents) == 1


def test_a_query_is_vectorised_like_an_example(model) -> None:
    texts = [text for _, text, _ in EXAMPLES[:20]]
    data = prepare(texts, [""] * 20, [""] * 20, Concepts.none())
    hashes = np.concatenate([message.hashes for message in data.features])
    counts = np.concatenate([message.counts for message in data.features])
    owners = np.repeat(np.arange(20), [len(message.hashes) for message in data.features])
    rows, values, owners = model.vocabulary.vectors(hashes, counts, owners, 20)
    for place, text in enumerate(texts):
        own_rows, own_values = model.vocabulary.vector(features(words_of(text)))
        assert (rows[owners == place] == own_rows).all()
        assert np.allclose(values[owners == place], own_values)
        # A message of one word has no bigram and no pair.
        assert float(own_values @ own_values) <= float(TEXT_WEIGHTS @ TEXT_WEIGHTS) + 1e-5


def test_many_examples_are_trained_against_the_hardest_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.matching.machines.ALL_AT_ONCE", 50)
    monkeypatch.setattr("bot.matching.machines.FIRST_HARD", 20)
    monkeypatch.setattr("bot.matching.machines.RANDOM", 20)
    monkeypatch.setattr("bot.matching.machines.SECOND_HARD", 40)
    matcher = Matcher(build(EXAMPLES, settings=MatchSettings(holdouts=1)))
    found = [matcher.rank(text)[0].intent == intent for _, text, intent in EXAMPLES]
    assert sum(found) / len(found) > 0.95


def test_the_same_examples_give_the_same_model(model) -> None:
    again = build(EXAMPLES, urgent=model.urgent, settings=MatchSettings(holdouts=2))
    assert again.calibration == model.calibration
    for name, array in again.arrays().items():
        assert np.array_equal(array, model.arrays()[name]), name


def test_calibration_is_fitted_on_held_out_messages(model) -> None:
    assert model.calibration.held_out > 100
    assert 0 < model.calibration.choice <= model.calibration.answer < 1


@pytest.mark.parametrize("examples", [[], [("en", "?!", "a")]])
def test_no_example_is_an_error(examples: list[tuple[str, str, str]]) -> None:
    with pytest.raises(BuildError, match="no example message"):
        build(examples)


@pytest.mark.parametrize(
    "examples",
    [
        [("en", "tax card", "tax")],
        [("en", "tax card", "tax"), ("fi", "verokortti", "tax")],
        [("en", "tax card", "tax"), ("en", "bank account", "bank"), ("en", "", "bank")],
    ],
)
def test_few_examples_are_enough_to_work(examples: list[tuple[str, str, str]]) -> None:
    assert Matcher(build(examples)).rank("tax card")[0].intent == "tax"


def test_progress_is_told_from_nought_to_one() -> None:
    told: list[float] = []
    build(EXAMPLES[:60], progress=lambda _step, share: told.append(share))
    assert told[0] == 0
    assert told[-1] == 1
    assert told == sorted(told)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=2500))
def test_no_text_raises(matcher: Matcher, text: str) -> None:
    match = matcher.match(text)
    assert len(match.intents) <= 3
    assert match.decision is Decision.HANDOFF or match.intents


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["tax", "card", "och", "ja", "and", "pankkitili", "school,", "?", "12345", "passpotr", "学", "و"]
        ),
        max_size=60,
    )
)
def test_no_mixture_of_words_raises(matcher: Matcher, words: list[str]) -> None:
    assert len(matcher.match(" ".join(words)).ranked) == 8
