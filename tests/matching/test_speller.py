import pytest

from bot.matching.speller import Speller

SPELLER = Speller.of(["residence", "permit", "permits", "oleskelulupa", "школа", "kela", "tax"])


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
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize("word", ["tix", "mercury", "p3rmit", "12345", "permanently", "", "x" * 100])
def test_no_guess(word: str) -> None:
    assert SPELLER.correct(word) is None


def test_a_tie_goes_to_the_commoner_word() -> None:
    assert Speller.of(["card", "cart"]).correct("carx") == "card"
    assert Speller.of(["cart", "card"]).correct("carx") == "cart"


def test_no_words_at_all() -> None:
    assert Speller.of([]).correct("permit") is None
