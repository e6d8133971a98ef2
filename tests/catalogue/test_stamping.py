"""The hash of a Finnish text, and the one line by which a translation holds it."""

from datetime import date

import pytest

from bot.catalogue.models.intent import TextFile, VersionModel
from bot.catalogue.source_hash import is_outdated, source_hash
from bot.catalogue.stamping import StampError, stamped

HASH = "0123456789ab"
LINE = f'source_hash: "{HASH}"'
FI = TextFile(title="Verokortti", answer="Tilaa kortti.\n\nAnna se työnantajalle.", steps=["Tilaa."], bring=["Passi"])
SV = "intents/education/daycare-application/sv.yaml"


def changed(**values) -> TextFile:
    return FI.model_copy(update=values)


@pytest.mark.parametrize(
    "other",
    [
        changed(title="Verokortit"),
        changed(answer="Tilaa kortti."),
        changed(steps=["Tilaa.", "Anna."]),
        changed(steps=[], bring=["Tilaa.", "Passi"]),
        changed(bring=[]),
        changed(dated=[VersionModel(valid_from=date(2027, 1, 1), answer="Tilaa.")]),
    ],
)
def test_what_residents_read_changes_the_hash(other: TextFile) -> None:
    assert source_hash(other) != source_hash(FI)


def test_a_dated_version_counts_with_its_days() -> None:
    hashes = {
        source_hash(changed(dated=[VersionModel(valid_from=day, answer="Tilaa.")]))
        for day in (date(2027, 1, 1), date(2027, 3, 1))
    }
    assert len(hashes) == 2


@pytest.mark.parametrize(
    "other",
    [
        changed(examples=["verokortti"]),
        changed(answer="Tilaa kortti. Anna se\ntyönantajalle.\n"),
        changed(translation="reviewed", source_hash=HASH),
    ],
)
def test_examples_line_breaks_and_marks_do_not(other: TextFile) -> None:
    assert source_hash(other) == source_hash(FI)


def test_a_translation_is_outdated_only_by_another_hash() -> None:
    assert not is_outdated(TextFile(source_hash=source_hash(FI)), FI)
    assert is_outdated(TextFile(source_hash=HASH), FI)
    assert not is_outdated(TextFile(), FI), "nothing is known"
    assert not is_outdated(TextFile(source_hash=HASH), None), "there is no source"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A\nanswer: B\n", f"title: A\n{LINE}\nanswer: B\n"),
        ("# top\n\ntitle: A  # why\n\n# more\nanswer: B", f"# top\n\ntitle: A  # why\n{LINE}\n\n# more\nanswer: B"),
        ("title: A\r\nanswer: |\r\n  B\r\n\r\n  C\r\n", f"title: A\r\n{LINE}\r\nanswer: |\r\n  B\r\n\r\n  C\r\n"),
        ("\ufefftitle: A\nanswer: B\n", f"\ufefftitle: A\n{LINE}\nanswer: B\n"),
        ("title:\n  A\n  B\nanswer: C\n", f"{LINE}\ntitle:\n  A\n  B\nanswer: C\n"),
        ("\ufefftitle: >\n  A\nanswer: C\n", f"\ufeff{LINE}\ntitle: >\n  A\nanswer: C\n"),
        ("  title: A\n  answer: B\n", f"  title: A\n  {LINE}\n  answer: B\n"),
        ("answer: B\ntitle: A", f"answer: B\ntitle: A\n{LINE}\n"),
        ('title: A\nsource_hash: "ffffffffffff" # x\nanswer: B\n', f"title: A\n{LINE} # x\nanswer: B\n"),
        ("source_hash : 'ffffffffffff'\r\ntitle: A\r\n", f'source_hash : "{HASH}"\r\ntitle: A\r\n'),
        ("title: A\nsource_hash: null\n", f"title: A\n{LINE}\n"),
        ("title: A\nsource_hash:\n", f"title: A\n{LINE}\n"),
        (
            "answer: |\n  source_hash: old\n  title: C\ntitle: A\n",
            f"answer: |\n  source_hash: old\n  title: C\ntitle: A\n{LINE}\n",
        ),
    ],
)
def test_one_line_is_written_and_nothing_else_changes(before: str, after: str) -> None:
    assert stamped(before, HASH) == after
    assert stamped(after, HASH) == after, "the second time nothing is left to do"


@pytest.mark.parametrize(
    "source", ["{title: A, answer: B}\n", "answer: B\n", "title: [\n", "- title: A\n", "title: A\ntitle: B\n", ""]
)
def test_a_file_of_another_form_is_refused(source: str) -> None:
    with pytest.raises(StampError):
        stamped(source, HASH)


def test_a_stamped_file_is_read_and_changes_nothing_else(data) -> None:
    before = data.load().catalogue
    data.change(SV, "answer:", f"{LINE}\ntranslation: reviewed\nanswer:")
    loaded = data.load()
    assert loaded.problems == ()
    assert loaded.catalogue.intents["daycare-application"].texts == before.intents["daycare-application"].texts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'source_hash: "123"',
            (
                "`source_hash` is `123`; it is 12 digits 0-9 and a-f, which `neuvoja stamp` writes; "
                "take the line out, or run that"
            ),
        ),
        ("source_hash: 123456789012", "`source_hash` is `123456789012`; it is 12 digits 0-9 and a-f, which"),
        ("translation: done", "`translation` is `done`; write unreviewed or reviewed"),
    ],
)
def test_a_wrong_mark_is_told(data, line: str, expected: str) -> None:
    data.change(SV, "answer:", f"{line}\nanswer:")
    assert expected in data.only()
    assert data.only().startswith(f"{SV}:2: error: ")
