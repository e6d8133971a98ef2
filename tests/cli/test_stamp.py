from pathlib import Path

import pytest

from bot.catalogue.models.intent import TextFile
from bot.catalogue.source_hash import source_hash

SV = "intents/money/tax-card/sv.yaml"
HASH = source_hash(TextFile(title="Verokortti", answer="Tilaa kortti."))


def test_a_translation_is_marked_as_up_to_date_until_its_source_changes(office) -> None:
    before = office.read(SV)
    result = office.run("stamp", "sv", "tax-card")
    assert result.stdout == f"{SV}: stamped\n1 stamped, 0 were up to date\n"
    assert office.read(SV) == before.replace("Skattekort\n", f'Skattekort\nsource_hash: "{HASH}"\n')
    assert office.run("stamp", "sv", "tax-card").stdout == "0 stamped, 1 were up to date\n"
    assert "Outdated: 0" in office.run("coverage").stdout
    office.write("intents/money/tax-card/fi.yaml", "title: Verokortti\nanswer: Tilaa kortti OmaVerosta.\n")
    assert "Outdated: 1" in office.run("coverage").stdout
    office.run("stamp", "sv")
    assert "Outdated: 0" in office.run("coverage").stdout


def test_without_intents_every_answer_is_stamped_and_drafts_are_left(office) -> None:
    draft = "intents/everyday/library/sv.yaml"
    before = office.read(draft)
    assert office.run("stamp", "sv").stdout == "1 stamped, 0 were up to date\n"
    assert office.read(draft) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("xx",), "xx: not one of sv, et\n"),
        (("fi",), "fi: not one of sv, et\n"),
        (("sv", "tax-crad"), "there is no intent `tax-crad`; did you mean `tax-card`?\n"),
        (("sv", "library"), "`library` is not answered in both fi and sv; write the answers first\n"),
        (("et", "tax-card"), "`tax-card` is not answered in both fi and et; write the answers first\n"),
    ],
)
def test_what_cannot_be_stamped_is_told(office, arguments: tuple[str, ...], expected: str) -> None:
    result = office.run("stamp", *arguments)
    assert (result.exit_code, result.stderr) == (2, expected)


def test_a_file_without_lines_of_its_own_is_left_as_it_is(office) -> None:
    office.write(SV, "{title: Skattekort, answer: Beställ.}\n")
    result = office.run("stamp", "sv", "tax-card")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{Path(SV)}:1: error: no source_hash can be written")
    assert office.read(SV) == "{title: Skattekort, answer: Beställ.}\n"
