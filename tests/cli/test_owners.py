from pathlib import Path

from bot.catalogue.codeowners import codeowners
from bot.catalogue.owners import strangers
from bot.catalogue.reading import read_draft

ROOT = Path(__file__).parent.parent.parent
PART = "knowledge/cities/espoo/intents/library.yaml"


def test_the_file_of_the_repository_is_up_to_date(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    draft, _ = read_draft(ROOT / "intents", ROOT / "knowledge", today=None)
    assert not [f"{one.path}:{one.line}: {one.owner}" for one in strangers(draft)]
    assert (ROOT / "CODEOWNERS").read_text(encoding="utf-8") == codeowners(draft), "run `neuvoja owners`"


def test_the_file_is_written_and_then_up_to_date(office) -> None:
    missing = office.run("owners", "--check")
    assert missing.exit_code == 1
    assert "CODEOWNERS is not up to date; run `neuvoja owners`, and commit the file" in missing.stderr
    assert not (office.root / "CODEOWNERS").exists(), "--check writes nothing"
    assert office.run("owners").stdout == "CODEOWNERS is written: 10 lines\n"
    assert office.read("CODEOWNERS").splitlines()[2:] == [
        "/intents/ @neuvoja/shared",
        "/knowledge/ @neuvoja/shared",
        "/knowledge/cities/espoo/ @neuvoja/espoo",
        "/knowledge/points/espoo/ @neuvoja/espoo",
        "/knowledge/cities/vantaa/ @neuvoja/vantaa",
        "/knowledge/points/vantaa/ @neuvoja/vantaa",
        "/intents/everyday/library/ @neuvoja/espoo",
        "/knowledge/cities/espoo/intents/library.yaml @neuvoja/espoo-library @neuvoja/espoo",
    ]
    assert office.run("owners", "--check").stdout == "CODEOWNERS is up to date\n"


def test_a_change_of_owner_shows_as_a_difference(office) -> None:
    office.run("owners")
    office.write(PART, "owner: City of Espoo\ntext: {fi: Espoossa.}\n")
    result = office.run("owners", "--check")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"-/{PART} @neuvoja/espoo-library @neuvoja/espoo"


def test_an_unknown_owner_is_told_with_its_place_and_nothing_is_written(office) -> None:
    office.write(PART, "owner: Espo library\ntext: {fi: Espoossa.}\n")
    result = office.run("owners")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{PART}:1: error: owners.yaml has no team for the owner `Espo library`; did you mean `Espoo library`?\n"
    )
    assert not (office.root / "CODEOWNERS").exists()


def test_without_a_list_of_teams_the_mend_says_how_it_begins(office) -> None:
    (office.root / "knowledge/owners.yaml").unlink()
    result = office.run("owners")
    assert result.exit_code == 1
    assert result.stderr.startswith("knowledge/owners.yaml:1: error: the file is missing; add it")
    office.write("knowledge/owners.yaml", "City of Espoo: '@neuvoja/espoo'\n")
    assert "owners.yaml has no team for the owner `shared`; add it there" in office.run("owners").stderr


def test_folders_under_other_names_are_refused(office) -> None:
    (office.root / "intents").rename(office.root / "texts")
    result = office.run("owners", "--intents", "texts")
    assert result.exit_code == 2
    assert "side by side" in result.stderr
