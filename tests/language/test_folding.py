import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import fold, tokens
from bot.language.folding import LONGEST, LONGEST_FOLDED


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Päivähoito\tESPOOSSA ", "paivahoito espoossa"),
        ("ÅBO åländsk smörgås", "abo alandsk smorgas"),
        ("IĞDIR'da İSTANBUL ısı", "igdir da istanbul isi"),
        ("Straße Œuvre ÆØ", "strasse oeuvre aeo"),
        ("l’été d'aide", "l ete d aide"),
        ("сім'я Їжак ёлка ґанок", "сім я іжак елка ганок"),
        ("أريد إلى آخر ٱلآن", "ارید الی اخر الان"),
        ("مدرسة", "مدرسه"),
        ("كيف يكون", "کیف یکون"),
        ("مُحَمَّد", "محمد"),
        ("سـلام", "سلام"),
        ("می\u200cخواهم", "میخواهم"),
        ("٠٩ ۱۲۳", "09 123"),
        ("怎么申请Kela补助", "怎 么 申 请 kela 补 助"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("ﬁnland", "finland"),
        ("", ""),
    ],
)
def test_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_long_text_is_cut() -> None:
    assert fold("a" * LONGEST + "b") == "a" * LONGEST
    assert len(fold("\ufdfa" * LONGEST)) <= LONGEST_FOLDED


def test_tokens_are_letters_and_digits() -> None:
    assert tokens(fold("Hei! E-mail: 116117, kiitos_paljon 😀")) == ["hei", "e", "mail", "116117", "kiitos", "paljon"]
    assert tokens(fold("租房")) == ["租", "房"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(token for token in tokens(folded))
