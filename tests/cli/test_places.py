import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "city", "place"),
    [
        (("60.2178", "24.8110"), "espoo", "Leppävaara"),
        (("60.2178,", "24.8110"), "espoo", "Leppävaara"),
        (("02600",), "espoo", "02600"),
        (("Tikkurila",), "vantaa", "Tikkurila"),
        (("I", "live", "in", "Grankulla"), "kauniainen", None),
        (("61.4978", "23.7610"), None, None),
        (("Tampere",), None, None),
        (("qwxz",), None, None),
    ],
)
def test_a_place(neuvoja, arguments: tuple[str, ...], city: str | None, place: str | None) -> None:
    result = neuvoja("locate", *arguments, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["city"] == city
    assert found["ambiguous"] == []
    if place:
        assert found["place"] == place
    assert neuvoja("locate", *arguments).stdout.strip()


def test_json_begins_with_the_keys_of_the_design(neuvoja) -> None:
    found = json.loads(neuvoja("locate", "keskusta", "--json").stdout)
    assert list(found)[:3] == ["city", "place", "ambiguous"]
    assert found["city"] is None
    assert found["ambiguous"] == ["helsinki", "espoo", "vantaa", "kauniainen"]


@pytest.mark.parametrize("arguments", [("nan", "nan"), ("100", "24"), ("60", "1e9"), ("inf", "24")])
def test_numbers_that_are_no_location(neuvoja, arguments: tuple[str, ...]) -> None:
    result = neuvoja("locate", *arguments)
    assert result.exit_code == 2
    assert "60.2178 24.8110" in result.stderr


@pytest.mark.parametrize("arguments", [("--", "-33.9", "151.2"), ("",), ("60.2178",), ("1", "2", "3")])
def test_strange_arguments_are_no_place(neuvoja, arguments: tuple[str, ...]) -> None:
    assert neuvoja("locate", *arguments).exit_code == 0
