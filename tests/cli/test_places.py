import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "city", "place"),
    [
        (("60.2178", "24.8110"), "espoo", "Leppävaara"),
        (("02600",), "espoo", "02600"),
        (("Tikkurila",), "vantaa", "Tikkurila"),
        (("I", "live", "in", "Grankulla"), "kauniainen", None),
        (("61.4978", "23.7610"), None, None),
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


@pytest.mark.parametrize(
    ("text", "told"),
    [("02600", "espoo"), ("Tampere", "outside"), ("qwxz", "not known"), ("keskusta", "several cities")],
)
def test_a_place_in_words(neuvoja, text: str, told: str) -> None:
    assert told in neuvoja("locate", text).stdout


def test_json_begins_with_the_keys_of_the_design(neuvoja) -> None:
    found = json.loads(neuvoja("locate", "keskusta", "--json").stdout)
    assert list(found)[:3] == ["city", "place", "ambiguous"]
    assert found["city"] is None
    assert found["ambiguous"] == ["helsinki", "espoo", "vantaa", "kauniainen"]


@pytest.mark.parametrize("arguments", [("nan", "nan"), ("100", "24"), ("60", "1e9")])
def test_numbers_that_are_no_location(neuvoja, arguments: tuple[str, ...]) -> None:
    result = neuvoja("locate", *arguments)
    assert result.exit_code == 2
    assert "60.2178 24.8110" in result.stderr


@pytest.mark.parametrize("arguments", [("--", "-33.9", "151.2"), ("",), ("1", "2", "3")])
def test_strange_arguments_are_no_place(neuvoja, arguments: tuple[str, ...]) -> None:
    assert neuvoja("locate", *arguments).exit_code == 0
