import json

import pytest


def test_the_answer_as_a_resident_sees_it(neuvoja) -> None:
    result = neuvoja("ask", "how do I get a tax card", "--lang", "en", "--city", "espoo")
    assert result.exit_code == 0
    assert "ax card" in result.stdout
    assert "[1]" in result.stdout, "the buttons"
    assert "<b>" not in result.stdout


def test_json_has_the_keys_of_the_design(neuvoja) -> None:
    result = neuvoja("ask", "mistä saan päiväkotipaikan", "--city", "ESPOO", "--json")
    answer = json.loads(result.stdout)
    assert list(answer) == ["kind", "intents", "language", "city", "text", "points"]
    assert (answer["kind"], answer["language"], answer["city"]) == ("answer", "fi", "espoo")
    assert list(answer["intents"][0]) == ["id", "score"]
    assert answer["intents"][0]["id"] == "daycare-application"
    assert 0 <= answer["intents"][0]["score"] <= 1
    assert answer["points"]
    assert "arhaiskasvat" in answer["text"]


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("hello", "dialogue", "greeting"),
        ("I want to talk to a person", "dialogue", "talk-to-human"),
        ("change my city please", "dialogue", "change-city"),
        ("I live in Espoo", "dialogue", "change-city"),
        ("Espoo", "dialogue", "change-city"),
        ("what do you do with my data", "dialogue", "privacy"),
        ("xqzv wkrt plmnb", "handoff", None),
        ("my husband beats me", "answer", "domestic-violence"),
    ],
)
def test_json_says_what_was_understood(neuvoja, text: str, kind: str, first: str | None) -> None:
    answer = json.loads(neuvoja("ask", text, "--json").stdout)
    assert answer["kind"] == kind
    if first:
        assert answer["intents"][0]["id"] == first
    assert answer["text"]


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_asked_is_no_city(neuvoja, text: str) -> None:
    result = neuvoja("ask", text, "--json")
    assert result.exit_code == 2 or json.loads(result.stdout)["intents"] == []


def test_identifiers_are_masked_and_told(neuvoja) -> None:
    result = neuvoja("ask", "my code is 131052-308T, how do I get a tax card", "--lang", "en")
    assert "131052" not in result.output
    assert "did not store" in result.stdout


def test_the_time_decides_opening_hours(neuvoja) -> None:
    day = neuvoja("ask", "how do I apply for day care", "--city", "espoo", "--at", "2026-04-08T11:00").stdout
    night = neuvoja("ask", "how do I apply for day care", "--city", "espoo", "--at", "2026-04-08T23:00+03:00").stdout
    assert day != night


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [
        ("--lang", "xx", "fi, sv, en"),
        ("--lang", "", "fi, sv, en"),
        ("--city", "turku", "helsinki, espoo, vantaa, kauniainen"),
        ("--city", "", "helsinki, espoo, vantaa, kauniainen"),
        ("--at", "tomorrow", "2027-01-01T12:00"),
        ("--at", "2027-13-01", "2027-01-01T12:00"),
        ("--at", "", "2027-01-01T12:00"),
    ],
)
def test_a_wrong_option_is_told_with_its_mend(neuvoja, option: str, value: str, wanted: str) -> None:
    result = neuvoja("ask", "tax card", option, value)
    assert result.exit_code == 2
    assert option in result.stderr
    assert wanted in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("at", ["0001-01-01", "1900-01-01T00:00", "9999-12-31T23:59", "2027-01-01T12:00:00.5+14:00"])
def test_any_iso_time_is_answered_or_refused_in_words(neuvoja, at: str) -> None:
    result = neuvoja("ask", "where is the advice point", "--city", "espoo", "--at", at)
    assert result.exit_code in {0, 2}


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("mikä on kotikunta", "fi", "Ruotsiksi: hemkommun"),
        ("vad är hemkommun", "sv", "På finska: kotikunta"),
        ("what is kotikunta", "en", "In Swedish: hemkommun"),
    ],
)
def test_a_term_is_explained(neuvoja, text: str, language: str, words: str) -> None:
    answer = json.loads(neuvoja("ask", text, "--json").stdout)
    assert list(answer) == ["kind", "intents", "language", "city", "text", "points"]
    assert (answer["kind"], answer["language"], answer["points"]) == ("answer", language, [])
    assert answer["intents"][0] == {"id": "municipality-of-residence", "score": 1.0}
    assert "DVV" in answer["text"] or "MDB" in answer["text"], "the explanation"
    assert words in answer["text"]
    assert "[1]" in answer["text"], "the way on"


def test_asking_how_to_get_the_thing_is_answered(neuvoja) -> None:
    answer = json.loads(neuvoja("ask", "miten saan kotikunnan", "--json").stdout)
    assert answer["kind"] == "answer"
    assert answer["intents"][0]["id"] == "municipality-of-residence"
    assert answer["intents"][0]["score"] < 1, "the matcher's own"


def test_a_term_of_an_urgent_matter_does_not_hide_it(neuvoja) -> None:
    words = neuvoja("ask", "mikä on turvakoti", "--lang", "fi").stdout
    assert 0 <= words.find("112") < words.find("skyddshem")
