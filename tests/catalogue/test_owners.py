import pytest

from bot.catalogue.codeowners import codeowners, differences
from bot.catalogue.owners import Thing, owned
from bot.catalogue.reading import read_draft

OWNERS = "knowledge/owners.yaml"
INTENT = "intents/education/daycare-application/intent.yaml"
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"
POINT = "knowledge/points/espoo/advice-espoo.yaml"
TEAMS = """\
shared: "@neuvoja/shared"
The city: "@neuvoja/city"
City of Espoo, early childhood education: "@neuvoja/espoo-early-education @neuvoja/city"
"""


@pytest.fixture
def teams(data):
    """A team for every owner."""
    data.write(OWNERS, TEAMS)
    return data


def draft(data):
    found, report = read_draft(data.root / "intents", data.root / "knowledge", today=None)
    assert not report.has_errors
    return found


def owner_of(data, thing: Thing) -> list[str]:
    return [one.owner for one in owned(draft(data)) if one.thing is thing]


def test_teams_for_all_owners_are_clean(teams) -> None:
    assert teams.problems() == []


def test_without_the_file_nothing_is_said(data) -> None:
    assert data.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "City of Espoo, early",
            "City of Espo, early",
            (
                f"{PART}:1: warning: owners.yaml has no team for the owner `City of Espoo, early childhood education`; "
                "did you mean `City of Espo, early childhood education`?"
            ),
        ),
        (
            'shared: "@neuvoja/shared"\n',
            "",
            (
                f"{INTENT}:10: warning: owners.yaml has no team for the owner `shared`; "
                "add it there, or write an owner that stands there"
            ),
        ),
        (
            "The city:",
            'Nobody: "@neuvoja/nobody"\nThe city:',
            (f"{OWNERS}:2: warning: nothing has the owner `Nobody`; take the line out, or correct the owner's name"),
        ),
        (
            '"@neuvoja/city"',
            "the city's people",
            (
                f"{OWNERS}:2: error: `The city` is `the city's people`; write GitHub teams, parted by spaces: "
                "'@neuvoja/espoo-libraries @neuvoja/espoo'"
            ),
        ),
    ],
)
def test_an_owner_without_team_a_team_without_owner_and_a_wrong_team(teams, old: str, new: str, expected: str) -> None:
    teams.change(OWNERS, old, new)
    assert expected in teams.problems()


def test_a_city_as_owner_of_an_intent_is_that_city(teams) -> None:
    assert owner_of(teams, Thing.INTENT) == ["shared"]
    teams.change(INTENT, "owner: shared", "owner: espoo")
    assert owner_of(teams, Thing.INTENT) == ["The city"]


def test_a_point_is_its_operators_who_has_a_team_else_its_citys_else_shared(teams) -> None:
    assert owner_of(teams, Thing.POINT) == ["The city"]
    teams.write(OWNERS, f'{TEAMS}City of Espoo: "@neuvoja/espoo"\n')
    assert owner_of(teams, Thing.POINT) == ["City of Espoo"]
    teams.change(POINT, "city: espoo", "city: null")
    teams.write(OWNERS, TEAMS)
    assert owner_of(teams, Thing.POINT) == ["shared"]


def test_only_what_differs_from_its_folder_has_a_line(teams) -> None:
    lines = [line for line in codeowners(draft(teams)).splitlines() if not line.startswith("#")]
    assert lines == [
        "/intents/ @neuvoja/shared",
        "/knowledge/ @neuvoja/shared",
        *(
            f"/knowledge/{folder}/{city}/ @neuvoja/city"
            for city in ("espoo", "helsinki", "kauniainen", "vantaa")
            for folder in ("cities", "points")
        ),
        f"/{PART} @neuvoja/espoo-early-education @neuvoja/city",
    ]


def test_differences_are_the_lines_to_take_out_and_to_add() -> None:
    assert differences("# a\n/a @a\n/b @b\n", "# a\n/a @a\n/b @c\n") == ["-/b @b", "+/b @c"]
    assert differences("same\n", "same\n") == []
