from datetime import date

import pytest

from bot.catalogue.due import by_owner, due
from bot.catalogue.reading import read_draft

INTENT = "intents/education/daycare-application/intent.yaml"
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"
POINT = "knowledge/points/espoo/advice-espoo.yaml"
TODAY = date(2026, 11, 22)


def days(data) -> dict[str, tuple[str, str | None]]:
    """Path -> due day and last check."""
    draft, report = read_draft(data.root / "intents", data.root / "knowledge", today=TODAY)
    assert not report.has_errors
    found = due(draft)
    assert [one.day for one in found] == sorted(one.day for one in found)
    return {
        one.path.removeprefix(f"{data.root}/"): (str(one.day), str(one.checked) if one.checked else None)
        for one in found
    }


def test_what_was_never_checked_is_due_today(data) -> None:
    assert days(data) == dict.fromkeys((INTENT, PART, POINT), ("2026-11-22", None))


def test_a_check_holds_for_the_days_of_its_review(data) -> None:
    data.change(INTENT, "checked: null, by: null", "checked: 2026-11-01, by: an editor")
    data.change(INTENT, "review_after: 180", "review_after: 30")
    data.change(PART, "certainty: medium\n", "checked: 2026-10-01\ncertainty: medium\n")
    data.change(
        POINT,
        'sources:\n  - {url: "https://example.fi"}',
        'sources:\n  - {url: "https://example.fi", checked: 2026-06-01, by: x}',
    )
    assert days(data) == {
        PART: ("2026-10-31", "2026-10-01"),
        POINT: ("2026-11-28", "2026-06-01"),
        INTENT: ("2026-12-01", "2026-11-01"),
    }


def test_the_newest_check_counts_as_it_does_in_an_answer(data) -> None:
    data.change(
        INTENT,
        "sources:\n",
        'sources:\n  - {url: "https://example.fi/a", checked: 2026-11-01, by: an editor}\n'
        '  - {url: "https://example.fi/b", checked: 2026-10-01, by: an editor}\n',
    )
    assert days(data)[INTENT] == ("2027-04-30", "2026-11-01")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (INTENT, "kind: answer", "kind: dialogue"),
        (POINT, "in_person: true", "in_person: true\nvalid_until: 2026-11-21"),
    ],
)
def test_there_is_nothing_to_check_of_a_dialogue_and_of_a_closed_point(data, name: str, old: str, new: str) -> None:
    data.change(name, old, new)
    assert name not in days(data)


def test_there_is_nothing_to_check_of_a_draft(data) -> None:
    for code in ("fi", "sv", "en"):
        data.write(INTENT.replace("intent.yaml", f"{code}.yaml"), "title: Otsikko\n")
    assert INTENT not in days(data)


def test_a_point_closing_later_is_still_checked(data) -> None:
    data.change(POINT, "in_person: true", "in_person: true\nvalid_until: 2026-11-22")
    assert POINT in days(data)


def test_a_check_near_the_end_of_the_calendar_does_not_overflow(data) -> None:
    data.change(INTENT, "checked: null, by: null", "checked: 9999-12-30, by: an editor")
    assert days(data)[INTENT] == ("9999-12-31", "9999-12-30")


def test_owners_with_the_earliest_day_come_first(data) -> None:
    data.change(PART, "certainty: medium\n", "checked: 2026-10-01\ncertainty: medium\n")
    draft, _ = read_draft(data.root / "intents", data.root / "knowledge", today=TODAY)
    groups = by_owner(due(draft))
    assert {owner: len(found) for owner, found in groups.items()} == {
        "The city": 1,
        "shared": 1,
        "City of Espoo, early childhood education": 1,
    }
    assert list(groups)[-1] == "City of Espoo, early childhood education", "checked: due later"
