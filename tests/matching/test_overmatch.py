import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from bot.domain.lexicon import NO_LEXICON, Lexicon
from bot.matching import alike
from bot.matching.alike import NEAR, groups, near_pairs
from bot.matching.findings import Confusion, Located
from bot.matching.findings_text import render
from bot.matching.left_out import FOLDS, STRENGTH, folds, left_out_scores
from bot.matching.matrix import matrix_of
from bot.matching.overmatch import Asked, Verdict, _agreed, overmatch

SUBJECTS = {
    "library": {"en": ("library card", "borrow a book"), "fi": ("kirjastokortti", "lainata kirjan")},
    "dentist": {"en": ("dentist appointment", "tooth hurts"), "fi": ("hammaslääkäri", "hammas särkee")},
    "divorce": {"en": ("divorce papers", "leave my husband"), "fi": ("avioero", "erota miehestä")},
    "pension": {"en": ("old age pension", "retire from work"), "fi": ("vanhuuseläke", "jäädä eläkkeelle")},
}
FRAMES = {
    "en": ("{}", "how about {} now", "{} please", "where is {} handled", "question on {}", "we need {} in Espoo"),
    "fi": ("{}", "miten {} nyt", "{} kiitos", "missä {} hoidetaan", "kysymys {} asiasta", "{} Espoossa kun"),
}


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def catalogue() -> list[Located]:
    """Twelve examples of each of four intents in two languages, each file's from line 2 on."""
    return [
        Located(language, frame.format(words), intent, f"{intent}/{language}.yaml", 2 + 6 * half + number)
        for intent, languages in SUBJECTS.items()
        for language, subject in languages.items()
        for half, words in enumerate(subject)
        for number, frame in enumerate(FRAMES[language])
    ]


def misfiled(text: str, language: str = "en") -> Located:
    return Located(language, text, "divorce", f"divorce/{language}.yaml", 40)


def test_an_example_in_the_wrong_file_is_found_with_the_intent_and_the_example_it_is_like() -> None:
    found = overmatch([*catalogue(), misfiled("the dentist appointment please")])
    worst = found.elsewhere[0]
    assert worst.example.place == "divorce/en.yaml:40"
    assert (worst.other, worst.like.text, worst.like.place) == (
        "dentist",
        "dentist appointment please",
        "dentist/en.yaml:4",
    )
    assert worst.lead > 0.5
    assert {one.example.place for one in found.elsewhere} == {"divorce/en.yaml:40"}


def test_the_example_it_is_like_is_in_its_own_language_if_there_is_one() -> None:
    assert overmatch([*catalogue(), misfiled("dentist appointment", "fi")]).elsewhere[0].like.language == "fi"
    english = [row for row in catalogue() if row.language == "en"]
    assert overmatch([*english, misfiled("dentist appointment now", "fi")]).elsewhere[0].like.language == "en"


def test_a_clear_case_needs_neighbours_that_agree() -> None:
    many = [
        Located("en", f"the dentist appointment please {word}", "dentist", "dentist/en.yaml", 30 + number)
        for number, word in enumerate(NUMBERS)
    ]
    wrong = misfiled("the dentist appointment please")
    assert [one.example for one in overmatch([*catalogue(), *many, wrong]).clear] == [wrong]
    twin = Located("fi", "the dentist appointment please zero", "divorce", "divorce/fi.yaml", 50)
    found = overmatch([*catalogue(), *many, wrong, twin])
    assert wrong in [one.example for one in found.elsewhere]
    assert not found.clear


@pytest.mark.parametrize(
    ("votes", "agreed"), [("b" * 12, True), ("b" * 11 + "c", True), ("b" * 11 + "a", False), ("b" * 9 + "ccc", False)]
)
def test_the_twelve_nearest_agree_when_ten_say_so_and_none_is_of_the_own_intent(votes: str, agreed: bool) -> None:
    names, intents = ["a", "b", "c"], f"a{votes}aaaa"
    classes = np.array([names.index(intent) for intent in intents])
    scores = np.zeros((len(intents), 3), np.float32)
    scores[0, 1] = 1.2
    verdict = Verdict.of([Located("en", "x", intent, "x.yaml", 1) for intent in intents], names, classes, scores)
    likeness = np.array([-1, *[0.5] * len(votes), *[0.1] * 4], np.float32)
    assert _agreed(verdict, 0, likeness) is agreed


def test_concepts_of_other_languages_speak_too() -> None:
    lexicon = Lexicon(
        {"tooth": "health", "book": "culture", "parting": "family", "age": "money"},
        {
            "en": {
                "tooth": ("dentist", "tooth"),
                "book": ("library", "book"),
                "parting": ("divorce",),
                "age": ("pension",),
            },
            "sv": {"tooth": ("tandläkare",), "book": ("bibliotek",), "parting": ("skilsmässa",), "age": ("pensionär",)},
        },
    )
    swedish = Located("sv", "tandläkare", "divorce", "divorce/sv.yaml", 2)
    assert swedish in [one.example for one in overmatch([*catalogue(), swedish], lexicon).elsewhere]
    assert swedish not in [one.example for one in overmatch([*catalogue(), swedish], NO_LEXICON).elsewhere]


def test_an_example_is_not_recognised_by_itself() -> None:
    rows = [Located("en", word, word, f"{word}.yaml", 1) for word in ("alpha", "bravo", "gamma", "delta")]
    assert overmatch(rows).total.top1 == 0


def test_scores_are_those_of_a_ridge_regression_without_the_fold() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(20, 30)).astype(np.float32)
    classes = random.integers(4, size=20)
    folded = np.arange(20) % FOLDS
    scores = left_out_scores(csr_matrix(features), classes, folded, lambda _: None)
    for fold in range(FOLDS):
        kept, held = features[folded != fold], features[folded == fold]
        targets = np.eye(4)[classes[folded != fold]]
        dual = np.linalg.solve(kept @ kept.T + STRENGTH * np.eye(len(kept)), targets)
        np.testing.assert_allclose(scores[folded == fold], held @ kept.T @ dual, atol=2e-3)


def test_no_fold_sees_what_it_is_asked() -> None:
    scores = left_out_scores(csr_matrix(np.eye(10, dtype=np.float32)), np.arange(10) % 2, np.arange(10) % FOLDS, print)
    assert not scores.any()


def test_folds_are_even_and_an_edit_moves_no_other_group() -> None:
    rows = catalogue()
    keys, intents, languages = ([row[i] for row in rows] for i in (1, 2, 0))
    before = folds(keys, intents, languages)
    sizes = np.bincount(before[[i == "library" for i in intents]], minlength=FOLDS)
    assert sizes.max() - sizes.min() <= 2
    after = folds([*keys, "one more"], [*intents, "library"], [*languages, "en"])
    same = [(i, j) != ("library", "en") for i, j in zip(intents, languages, strict=True)]
    assert (before[same] == after[:-1][same]).all()
    assert len(set(before.tolist())) == FOLDS
    assert folds(keys[::-1], intents[::-1], languages[::-1]).tolist() == before[::-1].tolist(), "nor does another order"


WORDS = st.lists(st.sampled_from(["tax", "card", "home", "how", "apply", "where", "permit"]), min_size=1, max_size=5)


@given(st.lists(WORDS, min_size=2, max_size=12))
def test_near_pairs_are_those_of_comparing_all_with_all(messages: list[list[str]]) -> None:
    texts = [" ".join(words) for words in messages]
    matrix = matrix_of(texts, ["en"] * len(texts), ["a"] * len(texts), NO_LEXICON)
    dense = matrix.rows.toarray()[:, matrix.textual] / matrix.text_lengths[:, None]
    cosines = dense @ dense.T
    wanted = {(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts)) if cosines[a, b] > NEAR + 1e-4}
    maybe = {(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts)) if cosines[a, b] > NEAR - 1e-4}
    found = {
        (a, b) for a, b, _ in near_pairs(matrix.rows[:, np.flatnonzero(matrix.textual)].tocsr(), matrix.text_lengths)
    }
    assert wanted <= found <= maybe


def test_near_pairs_are_found_across_batches_and_beside_common_features(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"how do i apply for {word} in the city" for word in ("daycare", "pensions", "housing", "daycares", "library")
    ]
    matrix = matrix_of(texts, ["en"] * 5, ["a"] * 5, NO_LEXICON)
    textual = matrix.rows[:, np.flatnonzero(matrix.textual)].tocsr()
    whole = near_pairs(textual, matrix.text_lengths)
    assert (0, 3) in {pair[:2] for pair in whole}
    monkeypatch.setattr(alike, "_TOGETHER", 2)
    monkeypatch.setattr(alike, "_COMPARED", 1)
    assert near_pairs(textual, matrix.text_lengths) == whole
    monkeypatch.setattr(alike, "COMMON", 4)
    fewer = near_pairs(textual, matrix.text_lengths)
    assert fewer[0] == whole[0], "what all have in common is counted, though no pair is sought by it"
    assert set(fewer) <= set(whole)


def test_groups_leave_out_what_has_no_words() -> None:
    assert groups(["a b", "", "c", "a b", ""]) == [[0, 3]]


def test_the_same_words_are_told_with_both_places_and_whose_fault_it_is() -> None:
    rows = [
        Located("fi", "Verokortti!", "tax-card", "tax-card/fi.yaml", 3),
        Located("fi", "verokortti", "tax-card", "tax-card/fi.yaml", 9),
        Located("fi", "kotikunta", "moving", "moving/fi.yaml", 3),
        Located("sv", "Kotikunta", "address", "address/sv.yaml", 4),
        Located("sv", "muutto", "moving", "moving/sv.yaml", 3),
        Located("fi", "muutto", "moving", "moving/fi.yaml", 4),
    ]
    across, wasted, shared = overmatch(rows).same
    assert {one.place for one in across.examples} == {"moving/fi.yaml:3", "address/sv.yaml:4"}
    assert across.across_intents
    assert across.fault
    assert {one.line for one in wasted.examples} == {3, 9}
    assert wasted.wasted
    assert not wasted.across_intents
    assert not shared.fault
    text = render(overmatch(rows), None)
    assert (
        "tax-card/fi.yaml:3: warning: `Verokortti!` under tax-card also stands under tax-card (tax-card/fi.yaml:9)"
        in text
    )
    assert (
        "also stands under address (address/sv.yaml:4)" in text or "also stands under moving (moving/fi.yaml:3)" in text
    )
    assert "1 messages stand in several languages" in text


def test_nearly_the_same_words_are_told_once_and_not_across_languages_of_one_intent() -> None:
    rows = [
        Located("fi", "miten varaan ajan hammaslääkärille ensi viikolle", "dentist", "dentist/fi.yaml", 3),
        Located("fi", "miten varaan ajan hammaslääkärille ensi viikolle nyt", "dentist", "dentist/fi.yaml", 5),
        Located("sv", "miten varaan ajan hammaslääkärille ensi viikolle nyt", "dentist", "dentist/sv.yaml", 5),
        Located(
            "en",
            "miten varaan ajan hammaslääkärille ensi viikolle nyt heti",
            "health-centre",
            "health-centre/en.yaml",
            7,
        ),
        Located(
            "et",
            "miten varaan ajan hammaslääkärille ensi viikolle nyt heti",
            "health-centre",
            "health-centre/et.yaml",
            8,
        ),
    ]
    near = overmatch(rows).near
    assert [pair.across_intents for pair in near] == sorted([pair.across_intents for pair in near], reverse=True)
    within = [pair for pair in near if not pair.across_intents]
    assert [(pair.one.place, pair.other.place) for pair in within] == [("dentist/fi.yaml:3", "dentist/fi.yaml:5")]
    across = [pair for pair in near if {pair.one.text, pair.other.text} == {rows[1].text, rows[3].text}]
    assert [pair.repeated for pair in across] == [3]


def test_confused_intents_are_counted_both_ways_and_by_language() -> None:
    rows = [
        *catalogue(),
        *(
            Located("en", f"{word} dentist appointment", "divorce", "divorce/en.yaml", 50)
            for word in ("my", "her", "his")
        ),
        Located("fi", "hammaslääkäri nyt heti", "divorce", "divorce/fi.yaml", 50),
        Located("en", "divorce papers for my wife", "dentist", "dentist/en.yaml", 60),
    ]
    pair = overmatch(rows).confusions[0]
    assert (pair.first, pair.second) == ("dentist", "divorce")
    assert (pair.first_examples, pair.second_examples) == (25, 28)
    assert pair.second_as_first >= 3
    assert pair.first_as_second >= 1
    assert sum(pair.languages.values()) == pair.mistakes
    assert next(iter(pair.languages)) == "en"


@pytest.mark.parametrize(
    ("languages", "whose"),
    [({"uk": 5, "fi": 1}, "uk"), ({"uk": 3, "fi": 3}, None), ({"uk": 6}, None), ({"a": 1, "b": 1}, None)],
)
def test_a_confusion_is_one_languages_matter_when_most_mistakes_are_in_it(
    languages: dict[str, int], whose: str | None
) -> None:
    assert Confusion("a", "b", sum(languages.values()), 20, 0, 20, languages).language == whose


def test_few_and_badly_recognised_examples_are_told() -> None:
    rows = [
        *(row._replace(text=f"{row.text} {word}") for row in catalogue() for word in ("maria", "ahmed")),
        *(
            Located("en", f"{number} dentist appointment zug{number}", "moving", "moving/en.yaml", 2 + number)
            for number in range(24)
        ),
        Located("fi", "muutto", "moving", "moving/fi.yaml", 2),
    ]
    thin = overmatch(rows).thin
    places = {(one.intent, one.language): one for one in thin}
    few = places["moving", "fi"]
    assert (few.few, few.different, few.examples, few.first.place) == (True, 1, 1, "moving/fi.yaml:2")
    assert ("library", "en") not in places


def test_a_badly_recognised_intent_is_named_with_what_it_is_taken_for() -> None:
    rows = [row._replace(text=f"{row.text} {word}") for row in catalogue() for word in ("maria", "ahmed")]
    poor = [
        row._replace(intent="moving", path="moving/en.yaml", text=f"{row.text} {number}")
        for number, row in enumerate(
            row for row in rows if row.language == "en" and row.intent in {"dentist", "library"}
        )
    ][::2]
    found = {(one.intent, one.language): one for one in overmatch([*rows, *poor]).thin}["moving", "en"]
    assert not found.few
    assert found.recognised < 12
    assert {intent for intent, _ in found.taken_for} <= {"dentist", "library"}


def test_what_is_asked_for_narrows_the_findings_but_not_the_model() -> None:
    rows = [*catalogue(), misfiled("dentist appointment please now"), misfiled("hammaslääkäri kiitos nyt", "fi")]
    everything, finnish = overmatch(rows), overmatch(rows, asked=Asked(language="fi"))
    assert set(everything.languages) == {"en", "fi"}
    assert set(finnish.languages) == {"fi"}
    assert finnish.languages["fi"] == everything.languages["fi"]
    assert {one.example.language for one in finnish.elsewhere} == {"fi"}
    assert len(everything.elsewhere) > len(finnish.elsewhere)
    dentist = overmatch(rows, asked=Asked(intent="dentist"))
    assert {one.example.intent for one in dentist.elsewhere} == {"divorce"}, "taken for the intent"
    assert dentist.total.examples == 24
    assert not overmatch(rows, asked=Asked(intent="pension")).elsewhere
    assert all("dentist" in {pair.first, pair.second} for pair in dentist.confusions)


def test_no_examples_and_examples_without_words() -> None:
    assert overmatch([]).total.examples == 0
    assert json.dumps(overmatch([]).as_json())
    assert "none" in render(overmatch([]), 20)
    rows = [*catalogue(), misfiled("?!"), misfiled("..."), Located("en", "?", "library", "library/en.yaml", 41)]
    found = overmatch(rows)
    assert not found.elsewhere
    assert found.total.examples == len(rows)
    assert not found.same
    assert overmatch([misfiled("?!")]).total.top1 == pytest.approx(1.0), "the only intent"


def test_the_text_names_place_finding_and_mend_and_keeps_to_the_limit() -> None:
    rows = [*catalogue(), misfiled("the dentist appointment please"), misfiled("tooth hurts\nnow"), misfiled("x" * 300)]
    found = overmatch(rows)
    assert len(found.elsewhere) == 2
    text = render(found, 1)
    lines = [line for line in text.splitlines() if line.startswith("divorce/en.yaml:40: warning: ")]
    assert len(lines) == 1
    assert "under divorce reads as dentist, like `" in lines[0]
    assert lines[0].endswith("; move it there, or say in it what makes it divorce")
    assert ": 2; the first 1, more with --limit" in text
    assert text.splitlines()[-1].startswith("4 intents: 2 examples seem to belong elsewhere")
    assert "tooth hurts now" in render(found, None)


def test_strict_makes_clear_cases_errors() -> None:
    many = [
        Located("en", f"the dentist appointment please {word}", "dentist", "dentist/en.yaml", 30) for word in NUMBERS
    ]
    found = overmatch([*catalogue(), *many, misfiled("the dentist appointment please")])
    assert "divorce/en.yaml:40: error: " in render(found, None, strict=True)
    assert "error" not in render(found, None)


def test_json_has_every_list_and_how_long_it_was() -> None:
    found = overmatch([*catalogue(), misfiled("the dentist appointment please"), misfiled("tooth hurts now")])
    data = json.loads(json.dumps(found.as_json(1)))
    assert list(data) == ["intents", "total", "languages", "found", "elsewhere", "confusions", "same", "near", "thin"]
    assert data["found"]["elsewhere"] == 2
    assert len(data["elsewhere"]) == 1
    assert data["elsewhere"][0]["example"]["line"] == 40
    assert data["elsewhere"][0]["like"]["path"] == "dentist/en.yaml"
    assert data["languages"]["en"]["examples"] == 50


def test_steps_are_told_in_order() -> None:
    heard: list[tuple[str, float]] = []
    overmatch(catalogue(), progress=lambda step, share: heard.append((step, share)))
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert heard[0][1] == 0
    assert len(heard) >= FOLDS + 2
