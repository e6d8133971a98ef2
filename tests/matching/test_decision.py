import pytest

from bot.domain.match import Candidate, Decision
from bot.matching.decision import Calibration, Signals, decide

CALIBRATION = Calibration(answer=0.8, choice=0.2)
URGENT = frozenset({"fire"})


def decided(*ranked: tuple[str, float], known: bool = True) -> tuple[Decision, list[str]]:
    candidates = tuple(Candidate(*pair) for pair in ranked)
    match = decide(candidates, CALIBRATION, URGENT, 3, known=known)
    assert match.ranked == candidates
    return match.decision, [candidate.intent for candidate in match.intents]


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        ([("a", 0.8), ("b", 0.1)], (Decision.ANSWER, ["a"])),
        ([("a", 0.79), ("b", 0.1), ("c", 0.05), ("d", 0.01)], (Decision.CHOICE, ["a", "b", "c"])),
        ([("a", 0.2)], (Decision.CHOICE, ["a"])),
        ([("a", 0.19), ("b", 0.1)], (Decision.HANDOFF, ["a", "b"])),
        ([], (Decision.HANDOFF, [])),
        # Urgent: answered from the middle of the choice zone on, first among choices, never hidden.
        ([("fire", 0.5), ("a", 0.4)], (Decision.ANSWER, ["fire"])),
        ([("fire", 0.49), ("a", 0.4)], (Decision.CHOICE, ["fire", "a"])),
        ([("fire", 0.2), ("a", 0.05)], (Decision.CHOICE, ["fire", "a"])),
        ([("fire", 0.19), ("a", 0.05)], (Decision.HANDOFF, ["fire", "a"])),
        ([("a", 0.5), ("b", 0.2), ("fire", 0.2)], (Decision.CHOICE, ["fire", "a", "b"])),
        ([("a", 0.5), ("b", 0.2), ("fire", 0.1)], (Decision.CHOICE, ["a", "b", "fire"])),
        ([("a", 0.8), ("fire", 0.2)], (Decision.CHOICE, ["fire", "a"])),
        ([("a", 0.8), ("fire", 0.19)], (Decision.ANSWER, ["a"])),
    ],
)
def test_rules(ranked: list[tuple[str, float]], expected: tuple[Decision, list[str]]) -> None:
    assert decided(*ranked) == expected


def test_nothing_known_is_handed_over() -> None:
    assert decided(("a", 0.99), known=False) == (Decision.HANDOFF, ["a"])
    assert decided(("fire", 0.99), known=False) == (Decision.HANDOFF, ["fire"])


def test_confidence_rises_with_every_signal() -> None:
    base = CALIBRATION.confidence(Signals(0.0, 0.2, 0.5))
    assert 0 < base < 1
    for better in (Signals(0.5, 0.2, 0.5), Signals(0.0, 0.5, 0.5), Signals(0.0, 0.2, 1.0)):
        assert CALIBRATION.confidence(better) > base


def test_shares_descend_and_sum_to_one_at_most() -> None:
    for confidence in (0.05, 0.5, 0.99):
        shares = CALIBRATION.shares(confidence, [0.4, 0.3, -0.5, -900.0])
        assert shares[0] == confidence
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-9
    assert CALIBRATION.shares(0.5, [0.1]) == [0.5]


def test_calibration_survives_json() -> None:
    assert Calibration.from_json(CALIBRATION.as_json()) == CALIBRATION
