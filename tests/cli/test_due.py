import json

LIBRARY = "intents/everyday/library/intent.yaml"
PART = "knowledge/cities/espoo/intents/library.yaml"
POINT = "knowledge/points/vantaa/vantaa-info.yaml"
TAX = "intents/money/tax-card/intent.yaml"


def test_everything_is_listed_by_owner_with_its_day(office) -> None:
    result = office.run("due")
    assert result.exit_code == 0
    assert result.stdout == (
        "City of Espoo @neuvoja/espoo: 1\n"
        f"  2026-11-22  never checked       {LIBRARY}\n\n"
        "Espoo library @neuvoja/espoo-library @neuvoja/espoo: 1\n"
        f"  2026-11-22  never checked       {PART}\n\n"
        "City of Vantaa @neuvoja/vantaa: 1\n"
        f"  2026-11-28  checked 2026-06-01  {POINT}\n\n"
        "shared @neuvoja/shared: 1\n"
        f"  2026-12-01  checked 2026-11-01  {TAX}\n\n"
        "4 to check, 2 of them now\n"
    )


def test_before_leaves_out_that_day_and_later(office) -> None:
    paths = [one["path"] for one in json.loads(office.run("due", "--before", "2026-11-28", "--json").stdout)]
    assert paths == [LIBRARY, PART]
    paths = [one["path"] for one in json.loads(office.run("due", "--before", "2026-11-29", "--json").stdout)]
    assert paths == [LIBRARY, PART, POINT]


def test_an_owner_is_found_by_name_and_by_team(office) -> None:
    assert [one["path"] for one in json.loads(office.run("due", "--owner", "VANTAA", "--json").stdout)] == [POINT]
    (one,) = json.loads(office.run("due", "--owner", "@neuvoja/espoo-library", "--json").stdout)
    assert one == {
        "due": "2026-11-22",
        "checked": None,
        "kind": "city part",
        "owner": "Espoo library",
        "teams": ["@neuvoja/espoo-library", "@neuvoja/espoo"],
        "path": PART,
    }


def test_wrong_options_are_told(office) -> None:
    result = office.run("due", "--before", "1.12.2026")
    assert (result.exit_code, result.stderr) == (
        2,
        "--before 1.12.2026: not a day; write year-month-day, for example 2027-01-31\n",
    )
    result = office.run("due", "--owner", "nobody")
    assert result.exit_code == 2
    assert "knowledge/owners.yaml" in result.stderr
