import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.parts import CUTS, cuts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("miten lupa haetaan ja paljonko se maksaa", ("miten lupa haetaan", "paljonko se maksaa")),
        ("permanent tillstånd o medborgarskap", ("permanent tillstånd", "medborgarskap")),
        ("rent a flat, and get support", ("rent a flat", "get support")),
        ("Hur skiljer man sig? Var får jag bo?", ("Hur skiljer man sig", "Var får jag bo?")),
        ("как получить паспорт и где записаться", ("как получить паспорт", "где записаться")),
        ("怎么租房，也想申请补助", ("怎么租房", "想申请补助")),
        ("أريد رخصة وأبحث عن عمل", ("أريد رخصة", "أبحث عن عمل")),
    ],
)
def test_cut(text: str, part: tuple[str, str]) -> None:
    assert part in [(left.strip(), right.strip()) for left, right in cuts(text)]


@pytest.mark.parametrize(
    "text", ["I am new here, where do I start", "Olen sairas. Mihin soitan?", "mom and dad", "ja", "a and b", ""]
)
def test_no_cut(text: str) -> None:
    if text == "mom and dad":
        assert [*cuts(text)] == []
    assert all(len(left) >= 5 and len(right) >= 5 for left, right in cuts(text))
    if "," in text or "." in text:
        assert [*cuts(text)] == []


@given(st.text(alphabet="a ?,.jandو和", max_size=400))
def test_never_more_than_allowed(text: str) -> None:
    assert len([*cuts(text)]) <= CUTS
