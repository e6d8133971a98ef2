"""`neuvoja check` on a small catalogue: where the paths begin and how the problems are counted."""

import pytest
from typer.testing import CliRunner

from bot.cli import cli

FI = "intents/education/daycare-application/fi.yaml"


def check(data, *arguments):
    return CliRunner().invoke(
        cli, ["check", "--intents", str(data.root / "intents"), "--knowledge", str(data.root / "knowledge"), *arguments]
    )


@pytest.mark.parametrize(
    ("old", "new", "last", "code"),
    [
        ("title", "title", "0 errors, 0 warnings", 0),
        ("  - Täytä hakemus.", "  - Täytä hakemus **heti**.", "0 errors, 1 warning", 0),
        ("vaihtoehto 23", "vaihtoehto 22", "0 errors, 2 warnings", 0),
        ("title: ", "title:", "1 error, 0 warnings", 1),
        ("title: ", "titel: ", "2 errors, 0 warnings", 1),
    ],
)
def test_the_last_line_counts_in_words(data, old, new, last, code):
    data.change(FI, old, new)
    result = check(data)
    assert result.stdout.splitlines()[-1] == last
    assert result.exit_code == code


def test_paths_begin_at_the_current_folder_when_the_data_lies_below_it(data, monkeypatch):
    data.change("knowledge/points/espoo/advice-espoo.yaml", "services: [daycare]", "services: []")
    line = check(data).stdout.splitlines()[0]
    assert line.startswith("knowledge/services.yaml:10: error: ")
    assert line.endswith(" in knowledge/points/espoo/advice-espoo.yaml")

    elsewhere = data.root / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert check(data).stdout.startswith(f"{data.root}/knowledge/services.yaml:10: error: ")
