import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.grams import grams, joined, size, words
from bot.language.scripts import ARABIC, CYRILLIC, HAN, LATIN, OTHER, Script, script

BITS = 18


def buckets(text: str) -> set[int]:
    return set(grams(joined(text.split()), BITS).buckets.tolist())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kela hakemus", LATIN),
        ("мне нужен kotikunta", CYRILLIC),
        ("استمارة muuttoilmoitus", ARABIC),
        ("burnout开了sairausloma怎么申请", HAN),
        ("フィンランド語を勉強したい", OTHER),
        ("한국어로 도와주세요", OTHER),
        ("እርዳታ እፈልጋለሁ", OTHER),
        ("დახმარება მინდა", OTHER),
        ("Πού μπορώ να", OTHER),
        ("TE-toimisto и kela lomake hakemus", LATIN),
        ("123 👍 ?!", Script.NONE),
        ("", Script.NONE),
    ],
)
def test_the_script_is_that_of_the_own_words(text: str, expected: Script) -> None:
    assert script(text) is expected


def test_words_are_those_of_the_script_without_numbers_and_addresses() -> None:
    assert words("Мне нужен KOTIKUNTA 2025", CYRILLIC) == ["мне", "нужен"]
    assert words("Мне нужен KOTIKUNTA 2025", LATIN) == ["kotikunta"]
    assert words("see https://kela.fi/en or mail me@x.fi 3ayez", LATIN) == ["see", "or", "mail", "3ayez"]
    assert words("J’ai l'école", LATIN) == ["j'", "ai", "l'", "école"]
    assert words("می\u200cخواهم كِتاب", ARABIC) == ["می", "خواهم", "كتاب"]
    assert words("İstanbul", LATIN) == ["istanbul"]


def test_n_grams_stay_inside_words() -> None:
    assert buckets("ab cd") == buckets("ab") | buckets("cd")
    assert buckets("abcd") != buckets("ab cd")


def test_buckets_do_not_depend_on_the_place() -> None:
    apart = grams(joined(["kotikunta"]), BITS)
    late = grams(joined([*["yksi"] * 300, "kotikunta"]), BITS)
    assert set(apart.buckets.tolist()) <= set(late.buckets.tolist())
    assert apart.buckets[-1] == late.buckets[-1]


def test_words_have_buckets_of_their_own() -> None:
    found = grams(joined(["on", "se"]), BITS)
    assert len(found.buckets) - found.count == 2
    assert (found.buckets[: found.count] < 1 << BITS).all()
    assert (found.buckets[found.count :] >= 1 << BITS).all()
    assert found.buckets.max() < size(BITS)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Zs", "Cc"]), min_size=1, max_size=12), min_size=1, max_size=8)
)
def test_every_word_is_counted_once(message: list[str]) -> None:
    found = grams(joined(message), BITS)
    assert len(found.buckets) - found.count == len(message)
    assert len(found.places) == len(found.buckets)
    assert np.array_equal(found.places[found.count :], np.cumsum([0, *(len(word) + 1 for word in message[:-1])]))
