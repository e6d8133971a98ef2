from pathlib import Path

import numpy as np
import pytest

from bot.matching import MatchSettings, TableError
from bot.matching.benchmark import Message, auroc, benchmark, read_messages

from .conftest import EXAMPLES

TRAIN = [Message(text, intent) for _, text, intent in EXAMPLES]
TEST = [
    Message("could I get a tax card here", "tax-card"),
    Message("pankkitili tarvitsen", "bank-account"),
    Message("who won the football game", None),
    Message("weather tomorrow", None),
]


def test_figures() -> None:
    result = benchmark([*TRAIN, Message("ignored", None)], TEST, TRAIN[:50], MatchSettings(holdouts=1))
    assert (result.train, result.test, result.classes) == (len(TRAIN), 4, 12)
    assert (result.top1, result.top3, result.auroc, result.oos_recall) == (1, 1, 1, 1)
    assert result.in_scope_accuracy is not None
    assert result.build_seconds > 0
    assert 0 < result.mean_us <= result.p99_us
    assert "top-1 %" in result.render()
    assert result.as_json()["classes"] == 12


def test_without_validation_there_is_no_threshold() -> None:
    result = benchmark(TRAIN[:60], TEST[:2], settings=MatchSettings(holdouts=1))
    assert (result.threshold, result.in_scope_accuracy, result.oos_recall, result.auroc) == (None,) * 4


def test_auroc_counts_ties_half() -> None:
    assert auroc(np.array([1.0, 2.0]), np.array([0.0])) == 1
    assert auroc(np.array([1.0]), np.array([1.0, 0.0])) == 0.75


def test_messages_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("text\tlabel\nhello\tgreet\nwhat\toos\nwho\t\n", encoding="utf-8")
    assert read_messages(path) == [Message("hello", "greet"), Message("what", None), Message("who", None)]
    path.write_text("text\tlabel\n\tgreet\n", encoding="utf-8")
    with pytest.raises(TableError, match=":2: text must not be empty"):
        read_messages(path)
