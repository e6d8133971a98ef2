"""What does not fit a file's format is said in an editor's words."""

import pytest

DAYCARE = "intents/education/daycare-application"
INTENT = f"{DAYCARE}/intent.yaml"
FI = f"{DAYCARE}/fi.yaml"
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"
POINT = "knowledge/points/espoo/advice-espoo.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (INTENT, "owner: shared\n", "", f"{INTENT}:1: error: the key `owner` is missing; add `owner:`"),
        (
            INTENT,
            "urgency: normal",
            "urgensy: normal",
            f"{INTENT}:2: error: unknown key `urgensy`; did you mean `urgency`?",
        ),
        (
            INTENT,
            "checked: null",
            "chekced: null",
            f"{INTENT}:9: error: unknown key `chekced` in `sources` entry 1; did you mean `checked`?",
        ),
        (
            INTENT,
            "urgency: normal",
            "urgency: Urgent",
            f"{INTENT}:2: error: `urgency` is `Urgent`; did you mean `urgent`? It is normal or urgent",
        ),
        (
            INTENT,
            "in_person: no",
            "in_person: yes",
            f"{INTENT}:5: error: `in_person` is `yes`; write no, sometimes or always",
        ),
        (
            INTENT,
            "certainty: medium",
            "certainty: certain",
            f"{INTENT}:9: error: `sources` entry 1 `certainty` is `certain`; write low, medium or high",
        ),
        (
            INTENT,
            "review_after: 180",
            "review_after: 0",
            f"{INTENT}:11: error: `review_after` is `0`; write a number of at least 1",
        ),
        (
            INTENT,
            "review_after: 180",
            "review_after: half a year",
            f"{INTENT}:11: error: `review_after`: expected a whole number, found the text `half a year`",
        ),
        (
            INTENT,
            "checked: null",
            "checked: 1.3.2026",
            f"{INTENT}:9: error: `sources` entry 1 `checked` is `1.3.2026`; a day is written year-month-day: 2026-",
        ),
        (
            INTENT,
            "review_after: 180",
            "review_after: 6 kk",
            (
                f"{INTENT}:11: error: `review_after`: expected a whole number, found the text `6 kk`; "
                "write a whole number of days, such as 180"
            ),
        ),
        (
            INTENT,
            "checked: null",
            "checked: 2027-02-30",
            (
                f"{INTENT}:9: error: `sources` entry 1 `checked` is `2027-02-30`; there is no such day: February "
                "2027 has 28 days"
            ),
        ),
        (
            INTENT,
            "checked: null",
            "checked: 30.2.2027",
            (
                f"{INTENT}:9: error: `sources` entry 1 `checked` is `30.2.2027`; there is no such day: February "
                "2027 has 28 days"
            ),
        ),
        (
            INTENT,
            "checked: null",
            'checked: "2027-13-01"',
            f"{INTENT}:9: error: `sources` entry 1 `checked` is `2027-13-01`; there is no such day: a day is written",
        ),
        (
            INTENT,
            '- {url: "https://example.fi/daycare", checked: null, by: null, certainty: medium}',
            '- "https://example.fi/daycare"',
            (
                f"{INTENT}:9: error: `sources` entry 1: expected a mapping of keys to values, found the text "
                "`https://example.fi/daycare`; write its keys, each with `: ` and a value: url, checked, by, certainty"
            ),
        ),
        (
            POINT,
            "names: {fi: Neuvontapiste, sv: Rådgivningen, en: Advice point}",
            "names: Neuvontapiste",
            (
                f"{POINT}:1: error: `names`: expected a mapping of keys to values, found the text `Neuvontapiste`; "
                "write a text for each language: {fi: ..., sv: ..., en: ...}"
            ),
        ),
        (
            POINT,
            "city: espoo",
            "city: Espoo",
            f"{POINT}:3: error: `city` is `Espoo`; did you mean `espoo`? An id has lowercase letters, digits and",
        ),
        (
            POINT,
            "in_person: true",
            "in_person: true\ninterpreter: kyllä",
            f"{POINT}:14: error: `interpreter`: expected true or false, found the text `kyllä`; write true or false",
        ),
        *(
            (
                POINT,
                "[60.2, 24.7]",
                commas,
                (
                    f"{POINT}:5: error: `coordinates` has decimal commas, which part a number in two; "
                    "write decimal points: `[60.1615, 24.7385]`"
                ),
            )
            for commas in ("[60,1615, 24,7385]", '["60,1615", "24,7385"]', '"60,1615, 24,7385"', "[60,1615; 24,7385]")
        ),
        (
            POINT,
            "[60.2, 24.7]",
            "[60,0615, 25,0385]",
            (
                f"{POINT}:5: error: `coordinates` has decimal commas, which part a number in two; "
                "write decimal points: `[60.0615, 25.0385]`"
            ),
        ),
        (
            INTENT,
            "service: daycare",
            "service: Day care",
            f"{INTENT}:4: error: `service` is `Day care`; an id has lowercase letters, digits and hyphens only",
        ),
        (
            FI,
            "steps:\n  - Täytä hakemus.",
            "steps: Täytä hakemus.",
            f"{FI}:3: error: `steps`: expected a list of texts, found the text `Täytä hakemus.`; begin each entry",
        ),
        (
            FI,
            "  - Täytä hakemus.",
            "  - 112",
            f'{FI}:4: error: `steps` entry 1: expected a text, found the number `112`; put it in quotes: "112"',
        ),
        (
            FI,
            "  - Täytä hakemus.",
            "  - no",
            f'{FI}:4: error: `steps` entry 1: expected a text, found `no`; put it in quotes: "no"',
        ),
        (
            FI,
            "  - Täytä hakemus.",
            "  - Täytä: hakemus.",
            f"{FI}:4: error: `steps` entry 1: expected a text, found a mapping; a text with `: ` in it needs quotes",
        ),
        (FI, "  - Täytä hakemus.", "  -", f"{FI}:4: error: `steps` entry 1: expected a text, found nothing"),
        (
            POINT,
            'postal_code: "02230"',
            "postal_code: 02230",
            f'{POINT}:4: error: the unquoted `02230` can be read as another number; put it in quotes: "02230"',
        ),
        (POINT, "[60.2, 24.7]", "[60.2, 24.7, 3]", f"{POINT}:5: error: `coordinates` has 3 entries; write at most 2"),
        (
            POINT,
            "in_person: true",
            "in_person: maybe",
            f"{POINT}:13: error: `in_person`: expected true or false, found the text `maybe`",
        ),
        (
            "knowledge/cities/espoo/city.yaml",
            "languages: [fi, sv, en]",
            "languages: [FI]",
            "knowledge/cities/espoo/city.yaml:3: error: `languages` entry 1 is `FI`; a language code is",
        ),
        (
            PART,
            "owner: City of Espoo, early childhood education\n",
            "",
            f"{PART}:1: error: the key `owner` is missing; add `owner:`",
        ),
        (
            "intents/languages.yaml",
            "direction: ltr, tier: offered",
            "direction: up, tier: offered",
            "intents/languages.yaml:4: error: `ru` `direction` is `up`; write ltr or rtl",
        ),
    ],
)
def test_a_value_that_does_not_fit(data, name, old, new, expected):
    data.change(name, old, new)
    errors = [line for line in data.problems() if ": error: " in line]
    assert len(errors) == 1, errors
    assert errors[0].startswith(expected)


@pytest.mark.parametrize("name", ["intents/topics.yaml", "knowledge/services.yaml", FI, POINT])
def test_a_file_of_another_shape(data, name):
    data.write(name, "- a list\n")
    assert (
        f"{name}:1: error: the file: expected a mapping of keys to values, found a list; "
        "write `key: value` on each line" in data.problems()
    )


def test_an_empty_list_may_be_left_open_or_out(data):
    data.change(INTENT, "owner: shared", "related:\nowner: shared")
    assert data.problems() == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "a: {names: {fi: x, sv: x, en: x}, target: many, unit: percent, direction: at-least}",
            ":1: error: `a` `target`: expected a number, found the text `many`",
        ),
        (
            "a: {names: {fi: x, sv: x, en: x}, target: 1, unit: percents, direction: at-least}",
            ":1: error: `a` `unit` is `percents`; did you mean `percent`?",
        ),
    ],
)
def test_goals(data, content, expected):
    data.write("knowledge/goals/2027.yaml", content)
    assert data.only().startswith("knowledge/goals/2027.yaml" + expected)


def test_goals_are_named_after_their_year(data):
    data.write(
        "knowledge/goals/next.yaml", "a: {names: {fi: x, sv: x, en: x}, target: 1, unit: count, direction: at-most}"
    )
    assert (
        data.only() == "knowledge/goals/next.yaml:1: error: `next` is no year; name the file after its year: 2027.yaml"
    )


def test_a_survey_has_an_audience_and_questions(data):
    data.write("knowledge/surveys/workers.yaml", "audience: staff\nquestions: []\n")
    assert [line.split(": error: ")[1].split(";")[0] for line in data.problems()] == [
        "`audience` is `staff`",
        "`questions` has 0 entries",
    ]
