import pytest

from bot.language.folding import fold
from bot.places.transliteration import arabic_key, arabic_keys, cyrillic_keys, latin_key, spellings


@pytest.mark.parametrize(
    ("name", "cyrillic"),
    [
        ("Leppävaara", "Леппяваара"),
        ("Matinkylä", "Матинкюля"),
        ("Myyrmäki", "Мюурмяки"),
        ("Myllypuro", "Мюллюпуро"),
        ("Vuosaari", "Вуосаари"),
        ("Itäkeskus", "Итякескус"),
        ("Itäkeskus", "Ітякескус"),
        ("Töölö", "Тёёлё"),
        ("Jakomäki", "Якомяки"),
        ("Jätkäsaari", "Яткясаари"),
        ("Pitäjänmäki", "Питяянмяки"),
        ("Kauniainen", "Кауниайнен"),
        ("Kauniainen", "Каунияйнен"),
        ("Hakunila", "Хакунила"),
        ("Hakunila", "Гакуніла"),
        ("Grankulla", "Гранкулла"),
        ("Käpylä", "Кяпюля"),
    ],
)
def test_cyrillic_has_the_key_of_the_name(name, cyrillic):
    assert {latin_key(spelling) for spelling in spellings(name)} & {*cyrillic_keys(fold(cyrillic))}


@pytest.mark.parametrize(
    ("name", "arabic"),
    [
        ("Leppävaara", "ليبافارا"),
        ("Leppävaara", "لپاوارا"),
        ("Kauniainen", "كاونياينن"),
        ("Kauniainen", "کائونیاینن"),
        ("Matinkylä", "ماتينكولا"),
        ("Matinkylä", "ماتینکیلا"),
        ("Tikkurila", "تيكوريلا"),
        ("Hakunila", "هاكونيلا"),
        ("Kasavuori", "كاسافوري"),
        ("Gallträsk", "غالتراسك"),
        ("Herttoniemi", "هرتونیمی"),
        ("Itäkeskus", "إيتاكسكوس"),
    ],
)
def test_arabic_spelling_is_among_the_keys(name, arabic):
    assert arabic_key(fold(arabic)) in arabic_keys(name)


@pytest.mark.parametrize(("name", "word"), [("Mustasaari", "مستشار"), ("Käpylä", "قبولی"), ("Keilaniemi", "کلانم")])
def test_ordinary_arabic_word_is_not(name, word):
    assert arabic_key(fold(word)) not in arabic_keys(name)


def test_several_words_have_no_arabic_keys():
    assert arabic_keys("Iso Omena") == set()
