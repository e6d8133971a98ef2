"""`evaluate` and `benchmark`: tables in, figures out."""

import json
from pathlib import Path

import pytest

QUESTIONS = """lang\tquestion\tintent\tcity
en\thow do I get a tax card\ttax-card\t
fi\tmistä saan päiväkotipaikan Leppävaarasta\tdaycare-application\tespoo
en\tmy husband beats me and I need a tax card\tdomestic-violence,tax-card\t
en\txqzv wkrt plmnb\t\t
"""
COLUMNS = ["lang", "question", "intent", "kind", "predicted1", "predicted2", "predicted3", "score", "language", "city"]


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "questions.tsv"
    path.write_text(QUESTIONS, encoding="utf-8")
    return str(path)


def test_predictions_have_the_columns_of_the_design(neuvoja, questions: str, tmp_path: Path) -> None:
    result = neuvoja("evaluate", questions, "--predictions", str(tmp_path / "out.tsv"))
    assert result.exit_code == 0
    header, *rows = [line.split("\t") for line in (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()]
    assert header == COLUMNS
    tax, daycare, two, none = (dict(zip(header, row, strict=True)) for row in rows)
    assert (tax["kind"], tax["predicted1"], tax["language"]) == ("answer", "tax-card", "en")
    assert (daycare["predicted1"], daycare["city"]) == ("daycare-application", "espoo")
    assert two["predicted1"] == "domestic-violence,tax-card"
    assert (none["kind"], none["intent"]) == ("handoff", "")
    assert 0 <= float(tax["score"]) <= 1


def test_the_figures_as_json_and_as_a_table(neuvoja, questions: str) -> None:
    figures = json.loads(neuvoja("evaluate", questions, "--json").stdout)
    assert list(figures["languages"]) == ["en", "fi"]
    assert figures["total"]["questions"] == 4
    assert figures["total"]["top1"] == 1.0
    assert figures["total"]["out_of_scope_recall"] == 1.0
    assert figures["total"]["city"] == 1.0
    assert figures["total"]["several_found"] == 1.0
    assert "total" in neuvoja("evaluate", questions).stdout


def test_several_files_and_rows_of_unknown_intents(neuvoja, questions: str, tmp_path: Path) -> None:
    more = tmp_path / "more.tsv"
    more.write_text("lang\tquestion\tintents\nsv\tskattekort\ttax-card\nsv\tx\tno-such-intent\n", encoding="utf-8")
    result = neuvoja("evaluate", questions, str(more), "--known", "--json")
    assert json.loads(result.stdout)["total"]["questions"] == 5
    assert "1 of 6 rows left out" in result.stderr


def test_an_empty_table_has_no_figures(neuvoja, tmp_path: Path) -> None:
    (tmp_path / "empty.tsv").write_text("lang\tquestion\tintent\n", encoding="utf-8")
    result = neuvoja("evaluate", "empty.tsv", "--json")
    assert json.loads(result.stdout)["total"]["top1"] is None
    assert neuvoja("evaluate", "empty.tsv").exit_code == 0


BROKEN = [
    (None, "cannot be read"),
    (b"", "is missing"),
    (b"a\tb\n", "is missing"),
    (b"lang\tquestion\tintent\nen\thow\ttax-card\tmore\n", ":2: 4 columns"),
    (b"lang\tquestion\tintent\n\nen\t\ttax-card\n", ":3: lang and question must not be empty"),
    (b"lang\tquestion\n\xff\xfe", "UTF-8"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_a_broken_table_is_named_with_its_line(neuvoja, tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / "q.tsv").write_bytes(content)
    result = neuvoja("evaluate", "q.tsv")
    assert result.exit_code == 2
    assert "q.tsv:" in result.stderr
    assert told in result.stderr
    assert result.stdout == ""


def test_a_folder_is_no_table(neuvoja, tmp_path: Path) -> None:
    for command in (("evaluate", str(tmp_path)), ("benchmark", str(tmp_path), str(tmp_path))):
        assert neuvoja(*command).exit_code == 2


@pytest.mark.parametrize("where", ["no/such/folder/out.tsv", "."])
def test_predictions_that_cannot_be_written(neuvoja, questions: str, where: str) -> None:
    result = neuvoja("evaluate", questions, "--predictions", where)
    assert result.exit_code == 2
    assert where in result.stderr


def labelled(path: Path, *rows: tuple[str, str]) -> str:
    path.write_text("text\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in rows), encoding="utf-8")
    return str(path)


def test_a_tiny_benchmark(neuvoja, tmp_path: Path) -> None:
    cats = [(f"my cat number {n} is purring", "cat") for n in range(6)]
    dogs = [(f"the dog {n} barks loudly", "dog") for n in range(6)]
    train = labelled(tmp_path / "train.tsv", *cats, *dogs)
    test = labelled(tmp_path / "test.tsv", ("a purring cat", "cat"), ("a dog that barks", "dog"), ("quantum", "oos"))
    figures = json.loads(neuvoja("benchmark", train, test, "--valid", test, "--json").stdout)
    assert (figures["train"], figures["classes"], figures["test"]) == (12, 2, 3)
    assert (figures["top1"], figures["auroc"]) == (1.0, 1.0)
    assert (figures["in_scope_accuracy"], figures["oos_recall"]) == (1.0, 1.0)
    assert figures["p99_us"] >= figures["mean_us"] > 0


def test_broken_benchmark_tables(neuvoja, tmp_path: Path) -> None:
    empty, good = labelled(tmp_path / "empty.tsv"), labelled(tmp_path / "good.tsv", ("a", "x"))
    for command in ((empty, good), ("none.tsv", good), (good, "none.tsv"), (good, good, "--valid", "none.tsv")):
        result = neuvoja("benchmark", *command)
        assert result.exit_code == 2, command
        assert result.stderr.strip()
