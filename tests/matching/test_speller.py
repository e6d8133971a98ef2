import numpy as np
import pytest

from bot.matching.speller import Speller

FI, EN, SV = 1, 2, 4


def speller(*words: str | tuple[str, int]) -> Speller:
    known = [word if isinstance(word, tuple) else (word, EN) for word in words]
    return Speller.of(known, np.zeros(0, np.uint32))


SPELLER = speller("residence", "permit", "permits", "oleskelulupa", "школа", "kela", "tax")


def correct(index: Speller, word: str, tongues: int = 0) -> str | None:
    found = index.near([word], tongues)[0]
    return found[0].word if found else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("permti", "permit"),
        ("ermit", "permit"),
        ("permitt", "permit"),
        ("parmit", "permit"),
        ("resiidece", "residence"),
        ("oleskelulpua", "oleskelulupa"),
        ("шкоал", "школа"),
        ("kella", "kela"),
    ],
)
def test_nearest_known_word(typed: str, meant: str) -> None:
    assert correct(SPELLER, typed) == meant


@pytest.mark.parametrize("word", ["permit", "tix", "mercury", "p3rmit", "12345", "permanently", "", "x" * 100])
def test_no_guess(word: str) -> None:
    assert SPELLER.near([word]) == [[]]


def test_a_tie_goes_to_the_commoner_word() -> None:
    assert correct(speller("card", "cart"), "carx") == "card"
    assert correct(speller("cart", "card"), "carx") == "cart"


def test_no_words_at_all() -> None:
    assert speller().near(["permit", "kela"]) == [[], []]


def test_a_word_of_the_language_of_the_message_comes_first() -> None:
    both = speller(("hakemus", FI), ("hakemux", EN))
    assert correct(both, "hakemuz", FI) == "hakemus"
    assert correct(both, "hakemuz", EN) == "hakemux"
    assert [near.foreign for near in both.near(["hakemuz"], SV)[0]] == [True, True]


def test_the_language_of_most_words() -> None:
    rows = np.array([EN, EN | FI, FI, EN], np.uint32)
    index = Speller.of([], rows)
    assert index.spoken(np.array([0, 1, 3])) == EN
    assert index.spoken(np.array([1, 2])) == FI
    assert index.spoken(np.array([0, 2])) == 0
    assert index.spoken(np.zeros(0, np.int64)) == 0


def test_two_slips_anywhere_when_many_words_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert correct(SPELLER, "pxrmyt") is None
    monkeypatch.setattr("bot.matching.speller.WIDE", 5)
    wide = speller("residence", "permit", "permits", "kela", "tax", "card")
    assert correct(wide, "pxrmyt") == "permit"
    assert correct(wide, "resdenec") == "residence"
    assert correct(wide, "kxlx") == "kela"
    assert correct(wide, "kxlxx") is None
    assert correct(wide, "tx") == "tax"


def test_several_words_are_looked_up_together_as_each_alone() -> None:
    asked = ["permti", "mercury", "residense", "", "шкоал"]
    assert SPELLER.near(asked) == [SPELLER.near([word])[0] for word in asked]
    assert [near.word for near in SPELLER.near(["permti"])[0]] == ["permit"]


def test_how_a_word_was_mistyped() -> None:
    swapped, strange = (SPELLER.near([word])[0][0] for word in ("keal", "kelq"))
    assert (swapped.slips, swapped.swaps, swapped.strange) == (1, 1, False)
    assert (strange.slips, strange.swaps, strange.strange) == (1, 0, True)
