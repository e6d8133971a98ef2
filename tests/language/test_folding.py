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
        ("сім'я Їжак ёлка ґанок", "сімя іжак елка ганок"),
        ("п’ять об`єднання п'", "пять обєднання п"),
        ("la'aan go’aan su'aal", "laan goaan suaal"),
        ("qu'il jusqu'à aujourd'hui Vantaa'ya", "qu il jusqu a aujourd hui vantaa ya"),
        ("pleeease helllp jaaaa", "pleease help jaa"),
        ("جدااااا спасибооо", "جدا спасибо"),
        ("1000 - 20000 ...", "1000 - 20000 ..."),
        ("أريد إلى آخر ٱلآن", "ارید الی اخر الان"),
        ("مدرسة", "مدرسه"),
        ("كيف يكون", "کیف یکون"),
        ("مُحَمَّد", "محمد"),
        ("سـلام", "سلام"),
        ("می\u200cخواهم می خواهم میخواهم", "میخواهم میخواهم میخواهم"),
        ("نمی\u200cدانم نمی دانم", "نمیدانم نمیدانم"),
        ("بچه\u200cها بچه ها بچه\u200cهایم", "بچهها بچهها بچههایم"),
        ("خانه\u200cام خانه ام پیش\u200cدبستانی", "خانه ام خانه ام پیش دبستانی"),
        ("٠٩ ۱۲۳", "09 123"),
        ("怎么申请Kela补助", "怎 么 申 请 kela 补 助"),
        ("申請居留許可", "申 请 居 留 许 可"),
        ("學校裡瞭解後來著", "学 校 里 了 解 后 来 着"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("a\u200bb\u202ec\ufeff", "abc"),
        ("ﬁnland", "finland"),
        ("", ""),
    ],
)
def test_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_long_text_is_cut() -> None:
    assert fold("ab" * LONGEST) == "ab" * (LONGEST // 2)
    assert len(fold("\ufdfa" * LONGEST)) <= LONGEST_FOLDED


def test_tokens_are_letters_and_digits() -> None:
    assert tokens(fold("Hei! E-mail: 116117, kiitos_paljon 😀")) == ["hei", "e", "mail", "116117", "kiitos", "paljon"]
    assert tokens(fold("租房")) == ["租", "房"]


SCRIPTS = st.one_of(
    st.text(),
    st.text("می هانرتین\u200cک\u0654"),
    st.text("aeiou'’ qué\u0301ıİß"),
    st.text("薴著後发 發豈a\ufa0e"),
    st.text("сім'яйї́ \u0306ё’"),
)


@given(SCRIPTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(token for token in tokens(folded))
