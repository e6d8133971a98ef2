import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.advice import quick
from bot.catalogue.draft import Draft
from bot.catalogue.files import collect
from bot.catalogue.problem import Report
from bot.catalogue.reading import Reading
from bot.cli import cli
from bot.cli.overmatch import example_lines, located
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
KEPT = 4
"""Examples of each file that the small copy keeps."""

Run = Callable[..., Any]


def shortened(text: str) -> str:
    """A language file with its first examples only."""
    lines, kept = text.splitlines(keepends=True), []
    for place, line in enumerate(lines):
        inside = any(above.startswith("examples:") for above in lines[:place]) and line.startswith("  - ")
        if not inside or sum(one.startswith("  - ") for one in lines[lines.index("examples:\n") : place]) < KEPT:
            kept.append(line)
    return "".join(kept)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the intents in fi, sv and en with a few examples each, where one file has a stray example."""
    copy = tmp_path_factory.mktemp("small") / "intents"
    shutil.copytree(ROOT / "intents", copy, ignore=shutil.ignore_patterns("lexicon"))
    for path in copy.glob("*/*/??.yaml"):
        if path.stem in {"fi", "sv", "en"}:
            path.write_text(shortened(path.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            path.unlink()
    library, divorce = copy / "everyday/library/en.yaml", copy / "family/divorce/en.yaml"
    words = ("now", "today", "soon", "please", "here", "there", "again", "first", "alone", "quickly", "yet", "in Espoo")
    add(library, [f"how do I renew a library card {word}" for word in words])
    add(divorce, ["how do I renew a library card"])
    return copy


def add(path: Path, examples: list[str]) -> None:
    """Puts examples first in a file."""
    text = path.read_text(encoding="utf-8")
    assert "examples:\n" in text
    entries = "".join(f"  - {example}\n" for example in examples)
    path.write_text(text.replace("examples:\n", f"examples:\n{entries}"), encoding="utf-8")


@pytest.fixture
def overmatch(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `neuvoja overmatch ...` on the small copy, beside it; a traceback fails the test."""
    monkeypatch.chdir(small.parent)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("NEUVOJA_CACHE", str(tmp_path))

    def run(*arguments: str) -> Any:
        result = CliRunner().invoke(cli, ["overmatch", "--intents", str(small), *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"overmatch {arguments} ended with a traceback") from result.exception
        return result

    return run


def test_the_stray_example_is_told_with_its_file_as_seen_from_here(overmatch) -> None:
    result = overmatch("--intent", "divorce", "--lang", "en")
    assert result.exit_code == 0
    (line,) = [
        line for line in result.stdout.splitlines() if "`how do I renew a library card` under divorce reads" in line
    ]
    place, number, rest = line.split(":", 2)
    assert place == "intents/family/divorce/en.yaml"
    assert "how do I renew a library card" in Path(place).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert rest.startswith(" warning: `how do I renew a library card` under divorce reads as library")
    assert "(intents/everyday/library/en.yaml:" in rest


def test_strict_fails_on_what_clearly_belongs_elsewhere(overmatch) -> None:
    result = overmatch("--strict", "--limit", "3")
    assert result.exit_code == 1
    assert "intents/family/divorce/en.yaml:" in result.stdout
    assert ": error: " in result.stdout
    assert overmatch("--strict", "--intent", "pension").exit_code == 0, "asked about something else"


def test_json_has_everything_or_as_much_as_asked(overmatch) -> None:
    data = json.loads(overmatch("--json", "--limit", "1").stdout)
    assert data["intents"] == 147
    assert set(data["languages"]) == {"fi", "sv", "en"}
    assert len(data["elsewhere"]) == 1
    assert data["found"]["elsewhere"] >= 1
    assert data["found"]["clear"] == 1
    assert data["elsewhere"][0]["other"] == "library"
    assert len(data["thin"]) == 1
    assert data["found"]["thin"] >= 147 * 3 - 1, "every file was cut"


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [("--lang", "xx", "fi, sv, en"), ("--intent", "tax-crad", "tax-crad"), ("--limit", "-1", "--limit")],
)
def test_a_wrong_option_is_told(overmatch, option: str, value: str, wanted: str) -> None:
    result = overmatch(option, value)
    assert result.exit_code == 2
    assert wanted in result.stderr


def test_broken_data_is_told_and_not_tried(overmatch, small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "broken"
    shutil.copytree(small, copy)
    (copy / "everyday/library/en.yaml").write_text("title: [\n", encoding="utf-8")
    result = overmatch("--intents", str(copy))
    assert result.exit_code == 1
    assert "library/en.yaml:" in result.stderr
    assert not result.stdout


def test_every_line_is_the_one_that_the_catalogue_has(data_settings: Settings, tmp_path: Path) -> None:
    chosen = data_settings.model_copy(update={"neuvoja_cache": tmp_path, "neuvoja_models": None})
    draft = Draft(date(2026, 11, 21))
    Reading(draft, Report()).read(collect(ROOT / "intents", ROOT / "knowledge", Report()))
    wanted = {
        (language, example, intent.id, file.path, file.line("examples", number))
        for intent in draft.intents.values()
        for language, file in intent.texts.items()
        for number, example in enumerate(file.model.examples)
    }
    assert {tuple(row) for row in located(quick(chosen), ROOT / "intents")} == wanted
    assert len(wanted) > 10_000


@pytest.mark.parametrize(
    ("source", "count", "lines"),
    [
        ("title: a\nexamples:\n  - one\n  - two\n", 2, [3, 4]),
        ("examples:\n- one\n# - no\n\n- two\ndated:\n- three\n", 2, [2, 5]),
        ('examples:\r\n  - "one\r\n    - still one"\r\n  - two\r\n', 2, [2, 4]),
        ("steps:\n  - no\nexamples: # why\n  - >\n    one\n  -\n    two\n", 2, [4, 6]),
        ("title: a\nexamples: [one, two]\n", 2, [2, 2]),
        ("examples:\n  - one\n", 2, [1, 1]),
    ],
)
def test_lines_of_examples(source: str, count: int, lines: list[int]) -> None:
    assert example_lines(source, count) == lines
