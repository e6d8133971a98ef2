import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import detect

ALL = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "tr", "es", "fr", "zh")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Mistä saan lapselleni päivähoitopaikan?"),
        ("fi", "mun lupa loppuu kohta, mitä pitää tehdä"),
        ("sv", "Hur ansöker jag om dagvård för mitt barn?"),
        ("sv", "ja fatta inte de här brevet från fpa"),
        ("en", "How can I get a residence permit for my wife?"),
        ("en", "pls help me i lost my job"),
        ("et", "Kuidas ma saan lapsele lasteaiakoha?"),
        ("ru", "Как записать ребёнка в школу?"),
        ("uk", "Як записати дитину до школи?"),
        ("ar", "كيف أسجل طفلي في المدرسة؟"),
        ("fa", "چطور بچه‌ام را در مدرسه ثبت نام کنم؟"),
        ("so", "Sideen ugu qoraa ilmahayga dugsiga?"),
        ("tr", "Çocuğumu okula nasıl kaydettirebilirim?"),
        ("es", "¿Cómo puedo matricular a mi hijo en la escuela?"),
        ("fr", "Comment inscrire mon enfant à l'école ?"),
        ("zh", "怎么给孩子报名上学?"),
        ("ar", "استمارة muuttoilmoitus"),
        ("zh", "burnout开了sairausloma怎么申请"),
    ],
)
def test_supported(language: str, text: str) -> None:
    assert detect(text, ALL).language == language


@pytest.mark.parametrize(
    "text",
    [
        "Tôi muốn đăng ký học tiếng Phần Lan",
        "Unë dua të mësoj gjuhën finlandeze",
        "Min dixwest ku ez li Finland bixebitim",
        "من دەمەوێت فێری زمانی فینلەندی بم",
        "Ich brauche einen Termin beim Arzt",
        "Gdzie mogę dostać pomoc?",
        "Onde posso obter ajuda com o visto?",
        "مجھے مدد چاہیے ہے",
        "Ќе можам да најдам стан",
        "フィンランド語を勉強したい",
        "한국어로 도와주세요",
    ],
)
def test_other_languages_are_noticed(text: str) -> None:
    assert detect(text, ALL).language is None


@pytest.mark.parametrize("text", ["", "   ", "123 456", "?!", "a", "🤔", "https://kela.fi/hakemus", "Kela"])
def test_nothing_to_go_by(text: str) -> None:
    assert detect(text, ALL).language is None


def test_only_languages_asked_for() -> None:
    assert detect("Как записать ребёнка в школу?", ("fi", "sv", "en")).language is None
    assert detect("怎么给孩子报名上学?", ("fi", "sv", "en")).language is None


def test_the_stored_choice_settles_doubt_only() -> None:
    assert detect("hei", ALL).language is None
    assert detect("hei", ALL, "fi").language == "fi"
    assert detect("Hur ansöker jag om dagvård för mitt barn?", ALL, "fi").language == "sv"


def test_confidence_is_a_share() -> None:
    assert 0.6 <= detect("How can I get a residence permit?", ALL).confidence <= 1
    assert detect("", ALL).confidence == 0


def test_neither_a_library_nor_a_model_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, bot.language as l; "
        "sys.exit('bot.language.training' in sys.modules or 'py3langid' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, "fi", "xx"]))
def test_no_text_raises(text: str, prior: str | None) -> None:
    found = detect(text, ALL, prior)
    assert found.language is None or found.language in ALL
    assert 0 <= found.confidence <= 1
