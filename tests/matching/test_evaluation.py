from pathlib import Path

import pytest

from bot.matching import TableError
from bot.matching.evaluation import Prediction, Row, evaluate, read_rows

ROWS = [
    Row("fi", "q1", ("a",)),
    Row("fi", "q2", ("a",)),
    Row("fi", "q3", ("b",)),
    Row("sv", "q4", ("a", "b")),
    Row("sv", "q5", ()),
    Row("sv", "q6", ()),
    Row("en", "q7", ("c",), "espoo"),
]
PREDICTED = {
    "q1": Prediction("answer", ("a",), ("a", "b"), 0.9, "fi", None),
    "q2": Prediction("dialogue", ("b",), ("b", "c", "a"), 0.8, "et", None),
    "q3": Prediction("choice", ("a", "b"), ("a", "b"), 0.5, "fi", None),
    "q4": Prediction("answer", ("a", "b"), ("b", "a"), 0.5, "sv", None),
    "q5": Prediction("handoff", (), ("a",), 0.1, None, None),
    "q6": Prediction("answer", ("a",), ("a",), 0.9, "sv", None),
    "q7": Prediction("handoff", (), ("c",), 0.1, "en", "espoo"),
}


def test_figures() -> None:
    report = evaluate(ROWS, lambda question, _language: PREDICTED[question])
    total = report.total
    assert (total.questions, total.in_scope, total.out_of_scope, total.several, total.cities) == (7, 5, 2, 1, 1)
    assert total.top1 == pytest.approx(3 / 5)
    assert total.top3 == 1
    assert total.direct == pytest.approx(3 / 5)
    assert total.wrong_direct == pytest.approx(1 / 3)
    assert total.within_one_tap == pytest.approx(3 / 5)
    assert total.out_of_scope_recall == 0.5
    assert total.several_found == 1
    assert total.city == 1
    assert total.language == pytest.approx(5 / 7)
    assert list(report.languages) == ["fi", "sv", "en"]
    assert report.languages["fi"].out_of_scope_recall is None
    assert report.as_json()["languages"]["fi"]["top1"] == pytest.approx(1 / 3)


def test_several_in_the_wrong_order_are_wrong() -> None:
    wrong = Prediction("answer", ("b", "a"), ("a", "b"), 0.5, "sv", None)
    report = evaluate([ROWS[3]], lambda _question, _language: wrong)
    assert (report.total.several_found, report.total.wrong_direct) == (0, 1)


def test_the_rendered_table() -> None:
    lines = evaluate(ROWS, lambda question, _language: PREDICTED[question]).render().splitlines()
    assert lines[0].split()[:3] == ["n", "top-1", "top-3"]
    assert lines[-1].split()[:5] == ["total", "5", "60.0", "100.0", "60.0"]
    assert lines[1].split()[-1] == "-"


def test_predictions_are_written(tmp_path: Path) -> None:
    path = tmp_path / "out.tsv"
    evaluate(ROWS, lambda question, _language: PREDICTED[question]).write_predictions(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == [
        "lang", "question", "intent", "kind", "predicted1", "predicted2", "predicted3", "score", "language", "city",
    ]  # fmt: skip
    assert lines[3] == "fi\tq3\tb\tchoice\ta\tb\t\t0.5000\tfi\t"
    assert lines[4] == "sv\tq4\ta,b\tanswer\ta,b\tb\ta\t0.5000\tsv\t"


def test_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "q.tsv"
    path.write_bytes(
        "\ufefflang\tquestion\tintent\tcity\tstyle\r\nfi\t Missä \ta, b\tespoo\tx\r\n\r\nsv\tvar\r\n".encode()
    )
    assert read_rows(path) == [Row("fi", "Missä", ("a", "b"), "espoo"), Row("sv", "var", (), "")]
    path.write_text("lang\tquestion\tintents\nfi\tx\ta,b\n", encoding="utf-8")
    assert read_rows(path) == [Row("fi", "x", ("a", "b"), None)]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"lang\tintent\nfi\ta\n", ":1: column question is missing"),
        (b"", ":1: column lang, question is missing"),
        (b"lang\tquestion\nfi\ta\tb\n", ":2: 3 columns, the header names 2"),
        (b"lang\tquestion\nfi\ta\n\t\xc3\xa4\n", ":3: lang and question must not be empty"),
        (b"lang\tquestion\nfi\t\xe4\n", ":1: is not UTF-8"),
    ],
)
def test_unreadable_tables(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "q.tsv"
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read_rows(path)
    assert str(caught.value).startswith(f"{path}{complaint}")


def test_a_missing_table(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read_rows(tmp_path / "none.tsv")
