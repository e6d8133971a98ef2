import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.masking import MASKS, PUBLIC, mask

HIDDEN = [
    ("identity code", "hetuni on 131052-308T ja muutin"),
    ("identity code", "131052-308t"),
    ("identity code", "henkilötunnus 010100A9692."),
    ("identity code", "010100+969X wrong check, still masked"),
    ("identity code", "koodi 131052–308T viivalla"),
    ("identity code", "131052 -308T"),
    ("identity code", "رقمي ١٣١٠٥٢-٣٠٨T شكرا"),
    ("iban", "tili FI21 1234 5600 0007 85 on minun"),
    ("iban", "FI2112345600000785"),
    ("iban", "my account is GB29 NWBK 6016 1331 9268 19 thanks"),
    ("card", "kortti 4111 1111 1111 1111"),
    ("card", "4111-1111-1111-1111"),
    ("e-mail", "kirjoita ali.hassan+1@gmail.com kiitos"),
    ("phone", "soita 040 123 4567"),
    ("phone", "+358 40 1234567"),
    ("phone", "мой номер +7 912 345-67-89"),
    ("phone", "0401234567"),
]


@pytest.mark.parametrize(("kind", "text"), HIDDEN)
def test_an_identifier_is_masked(kind: str, text: str) -> None:
    masked = mask(text)
    assert kind in masked.kinds
    assert MASKS[kind] in masked.text
    assert not any(run.isdigit() and len(run) > 3 for run in masked.text.replace("-", " ").split())


@pytest.mark.parametrize("sign", list("+-ABCDEFUVWXY"))
def test_every_century_sign_is_known(sign: str) -> None:
    assert mask(f"tunnus 131052{sign}308T").text == f"tunnus {MASKS['identity code']}"


@pytest.mark.parametrize(
    "text",
    [
        "Asun osoitteessa 02230 Espoo",
        "lupa päättyy 21.11.2026",
        "haen 2027-03-01 kansalaisuutta",
        "palkka 1600 e/kk, vuokra 850,50",
        "soitanko 112 vai 116 117",
        "kello 9-16, 3. kerros, 12 B 4",
        "lapsia 3, iät 5, 7 ja 12",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask(text) == mask(mask(text).text)
    assert mask(text).text == text


@given(st.text(max_size=300))
def test_masking_never_fails_and_is_idempotent(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@given(st.integers(0, 10**9), st.text("abc ,.", max_size=10))
def test_a_code_inside_any_words_is_masked(seed: int, words: str) -> None:
    assert "131052-308T" not in mask(f"{words} 131052-308T {words} {seed}").text


def test_advisors_can_write_an_offices_number_and_address_but_no_identity_code() -> None:
    said = mask("Call 09 310 1691 or write to neuvonta@hel.fi about 131052-308T, FI2112345600000785", PUBLIC)
    assert said.text == "Call 09 310 1691 or write to neuvonta@hel.fi about [***id***], [***iban***]"
    assert said.kinds == {"identity code", "iban"}
