import pytest

from bot.places.inflection import ENDINGS, Role, stems


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("helsinki", "helsingissa"),
        ("helsinki", "helsinkiin"),
        ("kauniainen", "kauniaisissa"),
        ("kauniainen", "kauniaisten"),
        ("turku", "turussa"),
        ("lahti", "lahteen"),
        ("kamppi", "kampista"),
        ("soukka", "soukassa"),
        ("myyrmaki", "myyrmaessa"),
        ("myyrmaki", "myyrmakeen"),
        ("itakeskus", "itakeskuksessa"),
        ("lauttasaari", "lauttasaaressa"),
        ("lansisatama", "lansisatamassa"),
        ("koivuhaka", "koivuhaassa"),
        ("westend", "westendissa"),
        ("tampere", "tampereella"),
        ("peijas", "peijaksessa"),
        ("vantaa", "vantaalainen"),
        ("espoo", "espoostakaan"),
    ],
)
def test_form_is_a_stem_with_an_ending(name, form):
    assert any(form.startswith(stem) and form[len(stem) :] in ENDINGS for stem in stems(name))


@pytest.mark.parametrize(("ending", "role"), [("ssa", Role.AT), ("lle", Role.TO), ("st", Role.FROM), ("n", Role.NONE)])
def test_ending_says_where(ending, role):
    assert ENDINGS[ending] is role
