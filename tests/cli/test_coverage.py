import json

import pytest

from bot.catalogue.models.intent import TextFile
from bot.catalogue.source_hash import source_hash

SV = "intents/money/tax-card/sv.yaml"
FINNISH = TextFile(title="Verokortti", answer="Tilaa kortti.")


def section(text: str, heading: str) -> list[str]:
    """The lines below a heading."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{heading}:"))
    count = int(lines[start].rsplit(" ", 1)[1])
    return lines[start + 1 : start + 1 + count]


def test_tables_count_and_lists_name_files(office) -> None:
    result = office.run("coverage")
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["fi", "required", "2", "2"] in rows, "two complete, both thin"
    assert ["sv", "required", "1", "1", "2", "1"] in rows, "complete, draft, thin, no hash"
    assert ["et", "understood", "2", "2"] in rows, "missing, thin"
    assert ["everyday", "1", "1", "0/1"] in rows
    assert ["all", "2", "2", "1/2"] in rows
    assert ["espoo", "1", "1", "0/1"] in rows
    assert ["vantaa", "0/1", "0", "0"] in rows
    assert section(result.stdout, "No answer") == ["intents/everyday/library/sv.yaml: draft"]
    assert section(result.stdout, "City parts that lack a city or a language") == [
        "knowledge/cities/espoo/intents/library.yaml: no sv",
        "knowledge/cities/vantaa/intents/library.yaml: missing: other cities have a part",
    ]
    assert "intents/money/tax-card/fi.yaml: 1 different examples" in section(result.stdout, "Thin")
    assert "1 translations hold no source_hash" in result.stdout


@pytest.mark.parametrize(
    ("hash_of", "heading", "lines"),
    [
        (FINNISH, "Outdated", []),
        (
            FINNISH.model_copy(update={"answer": "Ota kortti."}),
            "Outdated",
            [f"{SV}: older than its Finnish source; translate what changed, then: neuvoja stamp sv tax-card"],
        ),
    ],
)
def test_a_translation_of_other_words_is_outdated(office, hash_of: TextFile, heading: str, lines: list[str]) -> None:
    office.write(SV, f'title: Skattekort\nsource_hash: "{source_hash(hash_of)}"\nanswer: Beställ kortet.\n')
    assert section(office.run("coverage").stdout, heading) == lines


def test_one_language_shows_what_it_lacks_though_the_bot_does_not_write_it(office) -> None:
    result = office.run("coverage", "--lang", "et")
    assert section(result.stdout, "No answer") == [
        "intents/money/tax-card/et.yaml: missing",
        "intents/everyday/library/et.yaml: missing",
    ]
    assert "knowledge/cities/espoo/intents/library.yaml: no et" in result.stdout
    assert "sv" not in result.stdout


def test_json_has_the_matrix(office) -> None:
    office.write(SV, "title: Skattekort\nanswer: Beställ.\ntranslation: unreviewed\n")
    found = json.loads(office.run("coverage", "--json").stdout)
    assert found["total"] == 2
    none = {"complete": 0, "unreviewed": 0, "outdated": 0, "draft": 0, "missing": 0}
    assert found["languages"]["sv"] == {"tier": "required", **none, "unreviewed": 1, "draft": 1}
    assert found["topics"]["money"]["sv"] == {**none, "unreviewed": 1}
    library = found["intents"]["library"]
    assert library["cities"] == {"espoo": ["fi"]}
    assert library["languages"]["fi"] == {
        "state": "complete",
        "examples": 1,
        "thin": True,
        "source_hash": True,
        "path": "intents/everyday/library/fi.yaml",
    }
    assert [gap["city"] for gap in found["city_part_gaps"]] == ["espoo", "vantaa"]


def test_an_unknown_language_and_broken_data_are_told(office) -> None:
    result = office.run("coverage", "--lang", "xx")
    assert (result.exit_code, result.stderr) == (2, "--lang xx: not one of fi, sv, et\n")
    office.write(SV, "titel: Skattekort\n")
    result = office.run("coverage")
    assert result.exit_code == 1
    assert f"{SV}:1: error: unknown key `titel`; did you mean `title`?" in result.stderr
    assert not result.stdout
