import pytest

from bot.catalogue.coverage import PartGap, State, coverage, state
from bot.catalogue.models.intent import TextFile
from bot.catalogue.reading import read_draft
from bot.catalogue.source_hash import source_hash

DAYCARE = "intents/education/daycare-application"
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"
FI = TextFile(title="Verokortti", answer="Tilaa kortti.")


def covered(data, language: str | None = None):
    draft, report = read_draft(data.root / "intents", data.root / "knowledge", today=None)
    assert not report.has_errors
    return coverage(draft, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, State.MISSING),
        (TextFile(title="Skattekort"), State.DRAFT),
        (TextFile(title="Skattekort", source_hash="0" * 12), State.DRAFT),
        (TextFile(answer="Beställ."), State.COMPLETE),
        (TextFile(answer="Beställ.", source_hash=source_hash(FI)), State.COMPLETE),
        (TextFile(answer="Beställ.", source_hash="0" * 12), State.OUTDATED),
        (TextFile(answer="Beställ.", translation="unreviewed"), State.UNREVIEWED),
        (TextFile(answer="Beställ.", translation="reviewed"), State.COMPLETE),
        (TextFile(answer="Beställ.", translation="unreviewed", source_hash="0" * 12), State.OUTDATED),
    ],
)
def test_the_state_of_a_translation(text: TextFile | None, expected: State) -> None:
    assert state(text, FI) is expected


def test_every_intent_stands_in_every_language(data) -> None:
    data.write("intents/education/greeting/intent.yaml", "kind: dialogue\nowner: shared\n")
    found = covered(data)
    assert [(cell.intent, cell.language, cell.state.value) for cell in found.cells] == [
        ("daycare-application", "fi", "complete"),
        ("daycare-application", "sv", "complete"),
        ("daycare-application", "en", "complete"),
        ("daycare-application", "ru", "missing"),
        *(("greeting", code, "missing") for code in ("fi", "sv", "en", "ru")),
    ]
    assert found.states(language="fi", topic="education") == {State.COMPLETE: 1, State.MISSING: 1}
    assert [cell.unstamped for cell in found.cells[:4]] == [False, True, True, False]


def test_only_different_examples_count(data) -> None:
    data.change(f"{DAYCARE}/fi.yaml", "vaihtoehto 23", "vaihtoehto 22!")
    cells = {cell.language: cell for cell in covered(data).cells}
    assert [(cells[code].examples, cells[code].is_thin) for code in ("fi", "sv")] == [(23, True), (24, False)]


def test_a_part_of_one_city_is_missed_in_the_others_and_in_languages_the_bot_writes(data) -> None:
    gaps = covered(data).part_gaps
    folder = data.root / "knowledge/cities"
    assert gaps == (
        PartGap("daycare-application", "helsinki", str(folder / "helsinki/intents/daycare-application.yaml")),
        PartGap("daycare-application", "espoo", str(data.root / PART), ("ru",)),
        PartGap("daycare-application", "vantaa", str(folder / "vantaa/intents/daycare-application.yaml")),
        PartGap("daycare-application", "kauniainen", str(folder / "kauniainen/intents/daycare-application.yaml")),
    )


def test_a_dated_part_is_said_in_a_language_only_with_all_its_versions(data) -> None:
    dated = "dated:\n  - valid_from: 2027-01-01\n    text: {fi: Uusi., en: New.}\n"
    data.write(PART, (data.root / PART).read_text(encoding="utf-8") + dated)
    assert covered(data).parts["espoo", "daycare-application"] == ("fi", "en")


def test_one_language_alone(data) -> None:
    data.change("intents/languages.yaml", "offered", "understood")
    assert covered(data).written == ("fi", "sv", "en")
    assert covered(data).part_gaps[1].city != "espoo", "the bot does not write it"
    found = covered(data, "ru")
    assert [cell.language for cell in found.cells] == ["ru"]
    assert found.part_gaps[1].languages == ("ru",), "who asks about a language wants to know"
