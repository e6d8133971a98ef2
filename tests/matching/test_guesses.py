import pytest

from bot.domain.lexicon import Lexicon
from bot.matching import Matcher, MatchSettings, Model, build
from bot.matching.explain import explain
from bot.matching.features import features, words_of
from bot.matching.guesses import Guess, guesses, ways
from bot.matching.hearing import heard, vector
from bot.matching.splitting import cuts_of

from .conftest import EXAMPLES

LEXICON = Lexicon({"tax": "money"}, {"fi": {"tax": ("vero*",)}})


@pytest.fixture(scope="module")
def lexical() -> Model:
    return build(EXAMPLES, settings=MatchSettings(holdouts=2), lexicon=LEXICON)


def likeliest(model: Model, text: str) -> list[str]:
    return heard(model, words_of(text)).words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how do I get a taxcard", "how do i get a tax card"),
        ("mistäkysyn verokortti", "mista kysyn verokortti"),
        ("miten saanpankkitili", "miten saan pankkitili"),
        ("husbandbeats me", "husband beats me"),
        ("howdo I get a bank acount", "how do i get a bank account"),
    ],
)
def test_a_missing_space_is_put_back(model: Model, typed: str, meant: str) -> None:
    assert " ".join(likeliest(model, typed)) == meant


@pytest.mark.parametrize("typed", ["tax card 12345", "qqqqwwww", "kotikunta", "verokortti", "xtaxx", "💶💶💶💶"])
def test_what_is_known_or_like_nothing_stays_as_it_is(model: Model, typed: str) -> None:
    assert likeliest(model, typed) == words_of(typed)


def test_a_longer_known_part_is_cut_from_an_unknown_rest(model: Model) -> None:
    asked = ["libraryzzzz", "zzzzlibrary", "libraryzz", "taxcard", "tax"]
    found = cuts_of(asked, 0, model.vocabulary, model.neighbours, model.speller)
    assert ("library", "zzzz", False) in found[0]
    assert ("zzzz", "library", False) in found[1]
    assert found[2] == []
    assert ("tax", "card", True) in found[3]
    assert found[4] == []


def test_parts_are_words_of_one_language(model: Model) -> None:
    assert cuts_of(["kysynpankkitili"], 0, model.vocabulary, model.neighbours, model.speller)[0]
    assert not any(both for *_, both in cuts_of(["kysynhelp"], 0, model.vocabulary, model.neighbours, model.speller)[0])


def test_the_words_around_it_decide_what_a_word_was(model: Model) -> None:
    before = guesses(model, ["bank", "xard"], ["xard"], [], 0)["xard"]
    beside = guesses(model, ["tax", "xard"], ["xard"], [], 0)["xard"]
    assert before[0].words == beside[0].words == ("card",)
    assert sum(one.share for one in beside) == pytest.approx(1)
    assert beside[0].slips == 1


def test_a_compound_of_the_lexicon_is_one_word_and_two(lexical: Model) -> None:
    words = heard(lexical, ["verokorttiapua"]).ways[0].words
    assert words == ["verokortti", "apua", "verokorttiapua"]
    assert heard(lexical, ["verokorttiapua"]).concepts == [0]
    assert likeliest(lexical, "verottaja") == ["verottaja"]


def test_every_guess_has_its_share_of_the_ways() -> None:
    guessed = {
        "x": [Guess(("a",), 0.7, 1), Guess(("b", "c"), 0.3, 0)],
        "y": [Guess(("d",), 0.6, 1), Guess(("e",), 0.4, 2)],
    }
    found = ways(["x", "z", "y"], guessed)
    assert [words for _, words in found] == [["a", "z", "d"], ["b", "c", "z", "e"], ["a", "z", "e"]]
    assert [share for share, _ in found] == pytest.approx([0.6, 0.3, 0.1])


def test_few_ways_are_read_however_many_words_are_unknown() -> None:
    guessed = {
        f"x{place}": [Guess(("a",), 0.5 + place / 30, 1), Guess(("b",), 0.5 - place / 30, 1)] for place in range(9)
    }
    found = ways(list(guessed), guessed)
    assert len(found) < 6
    assert sum(share for share, _ in found) == pytest.approx(1)
    assert found[0][1] == ["a"] * 9


def test_a_message_is_the_mean_of_its_ways(model: Model) -> None:
    message = heard(model, ["how", "do", "i", "get", "a", "taxcard"])
    sums: dict[int, float] = {}
    for way in message.ways:
        rows, values = model.vocabulary.vector(features(way.words, way.concepts))
        for row, value in zip(rows.tolist(), values.tolist(), strict=True):
            sums[row] = sums.get(row, 0.0) + way.share * value
    rows, values = vector(model, message)
    assert rows.tolist() == sorted(sums)
    assert values.tolist() == pytest.approx([sums[row] for row in sorted(sums)], rel=1e-5)


def test_words_written_together_are_understood_and_told(model: Model) -> None:
    matcher = Matcher(model)
    assert matcher.rank("wherecan I ask about bankaccount")[0].intent == "bank-account"
    why = explain(matcher, "how do I get a taxcard", EXAMPLES)
    assert why.read.corrected == {"taxcard": "tax card"}
    assert why.read.unknown == ()
