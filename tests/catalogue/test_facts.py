"""Hours, contacts, places and days."""

import pytest

DAYCARE = "intents/education/daycare-application"
INTENT = f"{DAYCARE}/intent.yaml"
FI = f"{DAYCARE}/fi.yaml"
POINT = "knowledge/points/espoo/advice-espoo.yaml"
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"
NOTICE = "  - text: {fi: a, sv: a, en: a}\n    valid_from: 2026-02-01\n    valid_until: 2026-01-31"
HOURS = "Mo-Fr 09:00-16:00; PH off"
BY = 'sources:\n  - {url: "https://example.fi", checked: 2026-11-20, by: an editor}'
POSTAL = "knowledge/places/postal_codes.csv"
DISTRICTS = "knowledge/places/districts.csv"
BORDERS = "knowledge/places/borders.geojson"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (
            "Mo-Fr 9-16; PH off",
            (
                ":10: error: the hours `Mo-Fr 9-16; PH off` cannot be read from `9-16; PH off` on; "
                'write `hours: "Mo-Fr 09:00-16:00; PH off"`'
            ),
        ),
        (
            "by the church bell",
            (
                ":10: error: the hours `by the church bell` cannot be read; write days and times such as "
                '`hours: "Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off"`, or null'
            ),
        ),
        ("Mo-Fr 09:00-16:00", ":10: warning: the hours `Mo-Fr 09:00-16:00` say nothing of public holidays; "),
        (
            "mo-Fr 09:00-16:00; PH off",
            (
                ":10: warning: the hours `mo-Fr 09:00-16:00; PH off`: `mo` begins with a capital letter; "
                'write `hours: "Mo-Fr 09:00-16:00; PH off"`'
            ),
        ),
        ("24/7", None),
        ('Mo-Fr unknown \\"by appointment\\"', None),
        ('Mo-Fr 09:00-16:00; PH unknown \\"check before you go\\"', None),
        (
            'Mo-Fr unknown \\"ajanvarauksella\\"; PH off',
            (
                ':10: warning: the hours `Mo-Fr unknown "ajanvarauksella"; PH off`: with `ajanvarauksella` residents '
                'read that the hours are not known; write `unknown "by appointment"`, which the bot translates: '
                "`hours: 'Mo-Fr unknown \"by appointment\"; PH off'`"
            ),
        ),
        (
            'Mo-Fr 09:00-16:00 \\"tidsbokning\\"; PH off',
            (
                ':10: warning: the hours `Mo-Fr 09:00-16:00 "tidsbokning"; PH off`: with `tidsbokning` residents read '
                "that it is open to everyone; "
            ),
        ),
        ('Mo-Fr 09:00-16:00 \\"not PH\\"', ":10: warning: "),
        ("Mo-Su,PH 10:00-20:00", None),
    ],
)
def test_hours(data, hours, expected):
    data.change(POINT, f'"{HOURS}"', f'"{hours}"')
    if expected is None:
        assert data.problems() == []
    else:
        assert data.only().startswith(POINT + expected)


@pytest.mark.parametrize(
    ("slip", "written"),
    [
        ("Mo-Fr 9-16", "Mo-Fr 09:00-16:00; PH off"),
        ("9-16", "Mo-Fr 09:00-16:00; PH off"),
        ("Mo-Fr 09.00-16.00", "Mo-Fr 09:00-16:00; PH off"),
        ("Mo-Fr klo 9-16", "Mo-Fr 09:00-16:00; PH off"),
        ("må-fr kl. 8.15-16", "Mo-Fr 08:15-16:00; PH off"),
        ("ma-to 9-16", "Mo-Th 09:00-16:00; PH off"),
        ("må-to 9-16", "Mo-Th 09:00-16:00; PH off"),
        ("arkisin 9-16, la-su suljettu", "Mo-Fr 09:00-16:00; Sa-Su off; PH off"),
        ("ma-to 9-16 pe 10-15", "Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off"),
        ("ma, ke 9-12 ja 13-15; pyhinä kiinni", "Mo,We 09:00-12:00,13:00-15:00; PH off"),
        ("Mo\u2013Fr 09:00\u201316:00; PH off", "Mo-Fr 09:00-16:00; PH off"),
        ("Mon-Fri 09:00-16:00", "Mo-Fr 09:00-16:00; PH off"),
        ("Mo-Fr 8:15-16; PH off", "Mo-Fr 08:15-16:00; PH off"),
        ('Mo-Fr 9-16; PH unknown "auki ehkä"', 'Mo-Fr 09:00-16:00; PH unknown "auki ehkä"'),
        ("ma-pe ajanvarauksella", 'Mo-Fr unknown "by appointment"; PH off'),
        ("24 h", "24/7"),
    ],
)
def test_hours_written_by_hand_get_a_line_to_copy_that_is_right(data, slip, written):
    old = data.root.joinpath(POINT).read_text(encoding="utf-8")
    data.change(POINT, f'hours: "{HOURS}"', f"hours: '{slip}'")
    found = data.only()
    quote = "'" if '"' in written else '"'
    line = f"hours: {quote}{written}{quote}"
    assert f"write `{line}`" in found
    assert "expected" not in found
    data.write(POINT, old.replace(f'hours: "{HOURS}"', line))
    assert data.problems() == []


@pytest.mark.parametrize("hours", ["Mo-Fr 9-30", "Mo-Fr 9am-4pm", "24.12. 9-12", "weekdays", "Mo-Fr 9-16 (kesä 9-15)"])
def test_hours_that_may_mean_many_things_get_an_example_only(data, hours):
    data.change(POINT, f'"{HOURS}"', f'"{hours}"')
    assert data.only().endswith(
        'write days and times such as `hours: "Mo-Th 09:00-16:00; Fr 10:00-15:00; PH off"`, or null'
    )


def test_a_desks_hours_are_read_too(data):
    data.change("knowledge/cities/espoo/city.yaml", "hours: null", 'hours: "weekdays"')
    assert data.only().startswith("knowledge/cities/espoo/city.yaml:4: error: the hours `weekdays` cannot be read")


@pytest.mark.parametrize(
    "number",
    ["112", "116 117", "116 006", "09 310 11111", "0800 05252", "029 041 9600", "+358 9 310 11111", "0100 100"],
)
def test_numbers_that_can_be_dialled(data, number):
    data.change(POINT, "09 816 21", number)
    assert data.problems() == []


@pytest.mark.parametrize(
    "number", ["09", "12", "call us", "09 310 11111 / 12", "+358", "999 999", "0" * 20, "0800 HELP"]
)
def test_numbers_that_cannot(data, number):
    data.change(POINT, "09 816 21", number)
    assert data.only().startswith(f"{POINT}:7: error: `{number}` is not a ")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("info@example.fi", "info(at)example.fi", ":8: error: `info(at)example.fi` is not an e-mail address; "),
        ("info@example.fi", "info@example.fi (no client data)", ":8: error: "),
        (
            'url: "https://example.fi"\nhours',
            'url: "www.example.fi"\nhours',
            ":9: error: `www.example.fi` is not a link; ",
        ),
        ('url: "https://example.fi"\nhours', 'url: "https://example.fi/a b"\nhours', ":9: error: "),
        ('url: "https://example.fi"\nhours', 'url: "https://[::1"\nhours', ":9: error: "),
        (
            'url: "https://example.fi"\nhours',
            'url: "http://example.fi"\nhours',
            ":9: warning: `http://example.fi` is not encrypted; ",
        ),
        (
            '- {url: "https://example.fi"}',
            '- {url: "https:/example.fi"}',
            ":15: error: `https:/example.fi` is not a link; ",
        ),
        ("09 816 21", "+358 09 816 21", ":7: warning: `+358 09 816 21` has a 0 after +358; leave the 0 out"),
        (
            "[60.2, 24.7]",
            "[24.7, 60.2]",
            ":5: error: the coordinates 24.7, 60.2 lie outside the region; swap them: latitude first, [60.2, 24.7]",
        ),
        (
            "[60.2, 24.7]",
            "[61.5, 23.8]",
            ":5: error: the coordinates 61.5, 23.8 lie outside the region; compare with a map",
        ),
        ("[60.2, 24.7]", "[60.2, 25.05]", ":5: warning: the coordinates lie in vantaa, the city is espoo; "),
        ("[60.2, 24.7]", "[60.4, 24.7]", None),
        ('postal_code: "02230"', 'postal_code: "2230"', ":4: error: `2230` is not a postal code; "),
        (
            'postal_code: "02230"',
            'postal_code: "02231"',
            ":4: warning: the postal code 02231 is not in places/postal_codes.csv; ",
        ),
        (
            "in_person: true",
            "in_person: true\nchecked: 2026-11-22",
            ":14: error: `checked` 2026-11-22 lies in the future; ",
        ),
        ("in_person: true", f"in_person: true\nchecked: 2026-11-20\n{BY}", None),
        ("in_person: true", f"in_person: true\nchecked: 2026-11-19\n{BY}", None),
        (
            "in_person: true",
            f"in_person: true\nchecked: 2026-11-21\n{BY}",
            ":14: error: `checked` 2026-11-21, but no source was compared by anybody on that day or later; ",
        ),
        (
            "in_person: true",
            "in_person: true\nchecked: 2026-11-20",
            (
                ":14: error: `checked` 2026-11-20, but no source was compared by anybody on that day or later; write "
                "`checked: 2026-11-20` and `by` at the source that was compared, or `checked: null` here"
            ),
        ),
        (
            "in_person: true",
            f"in_person: true\nchecked: 2026-01-01\n{BY}",
            ":14: warning: the review was due on 2026-06-30: checked 2026-01-01, 180 days; ",
        ),
        (
            '- {url: "https://example.fi"}',
            '- {url: "https://example.fi", checked: 2026-11-01}',
            ":15: error: `checked` without `by`; ",
        ),
        (
            "in_person: true",
            "in_person: true\nvalid_from: 2026-02-01\nvalid_until: 2026-01-31",
            ":15: error: `valid_until` 2026-01-31 lies before `valid_from` 2026-02-01; ",
        ),
        (
            "in_person: true",
            f"in_person: true\nnotices:\n{NOTICE}",
            ":17: error: `valid_until` 2026-01-31 lies before",
        ),
    ],
)
def test_a_fact_of_a_point(data, old, new, expected):
    if BY in new:
        data.change(POINT, 'sources:\n  - {url: "https://example.fi"}\n', "")
    data.change(POINT, old, new)
    if expected is None:
        assert data.problems() == []
    else:
        assert data.only().startswith(POINT + expected)


def test_the_review_of_an_intent_and_of_a_citys_part_follows_the_intents_days(data):
    data.change(INTENT, "checked: null, by: null", "checked: 2026-05-24, by: an editor")
    data.change(PART, "certainty: medium", f"checked: 2026-05-25\n{BY}\ncertainty: medium")
    assert data.only() == (
        f"{INTENT}:9: warning: the review was due on 2026-11-20: checked 2026-05-24, 180 days; "
        "compare it again and write the new day and `by`"
    )


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (
            "  - {valid_from: 2027-01-01, steps: [a]}\n  - {valid_from: 2027-06-01, steps: [b]}\n",
            ":5: error: entry 2 begins on 2027-06-01, while entry 1 still holds; ",
        ),
        (
            "  - {valid_from: 2027-06-01, steps: [b]}\n  - {valid_until: 2027-06-01, steps: [a]}\n",
            ":4: error: entry 1 begins on 2027-06-01, while entry 2 still holds; ",
        ),
        (
            "  - {valid_until: 2027-05-31, steps: [a]}\n  - {valid_from: 2027-06-01, steps: [b]}\n",
            None,
        ),
        ("  - {steps: [a]}\n", ":4: error: a dated version without a day; "),
        ("  - {valid_from: 2027-01-01}\n", ":4: error: a dated version without words; "),
    ],
)
def test_dated_versions(data, versions, expected):
    data.change(FI, "steps:\n", f"dated:\n{versions}steps:\n")
    for language in ("sv", "en"):
        data.change(f"{DAYCARE}/{language}.yaml", "steps:\n", f"dated:\n{versions}steps:\n")
    found = [line for line in data.problems() if line.startswith(FI)]
    if expected is None:
        assert data.problems() == []
    else:
        assert len(found) == 1
        assert found[0].startswith(FI + expected)


def test_a_language_changes_its_words_on_other_days(data):
    data.change(FI, "steps:\n", "dated:\n  - {valid_from: 2027-01-01, steps: [Odota.]}\nsteps:\n")
    data.change(f"{DAYCARE}/sv.yaml", "steps:\n", "dated:\n  - {valid_from: 2027-02-01, steps: [Vänta.]}\nsteps:\n")
    assert data.problems() == [
        (
            f"{DAYCARE}/en.yaml:1: warning: `dated` lacks words from 2027-01-01, which fi.yaml has; "
            "give every language the same days"
        ),
        (
            f"{DAYCARE}/sv.yaml:3: warning: `dated` lacks words from 2027-01-01, which fi.yaml has, and "
            "has words from 2027-02-01, which fi.yaml lacks; give every language the same days"
        ),
    ]


def test_an_answer_without_sources(data):
    data.change(
        INTENT, 'sources:\n  - {url: "https://example.fi/daycare", checked: null, by: null, certainty: medium}\n', ""
    )
    assert data.only() == (
        f"{INTENT}:1: warning: the answer has no `sources`; add the official page that the answer rests on"
    )
    for language in ("fi", "sv", "en"):
        path = f"{DAYCARE}/{language}.yaml"
        lines = (data.root / path).read_text(encoding="utf-8").split("\n")
        data.write(path, "\n".join(line for line in lines if not line.startswith("answer:")))
    assert not any("`sources`" in line for line in data.problems()), "a draft may still lack them"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (POSTAL, "02230", "2230", f"{POSTAL}:2: error: `2230` is no postal code; write five digits"),
        (POSTAL, "Espoo", "Espo", f"{POSTAL}:2: error: `Espo` is not a city of the agreement; did you mean `espoo`?"),
        (
            POSTAL,
            "ordinary",
            "ordinry",
            f"{POSTAL}:2: error: `ordinry` is no type of postal code; did you mean `ordinary`?",
        ),
        (POSTAL, "municipality", "city", f"{POSTAL}:1: error: the columns municipality are missing; "),
        (POSTAL, "Mattby,", "Mattby,,", f"{POSTAL}:2: error: the row has 7 cells, the header has 6; "),
        (POSTAL, "Mattby", '"Mattby', f"{POSTAL}:2: error: not valid CSV: "),
        (DISTRICTS, "60.2499", "6o", f"{DISTRICTS}:2: error: `6o`, `24.95` are no coordinates; "),
        (
            DISTRICTS,
            "60.2499,24.95",
            "24.95,60.2499",
            f"{DISTRICTS}:2: error: 24.95, 60.2499 lies outside the region; swap lat and lon",
        ),
        (
            DISTRICTS,
            "yes",
            "",
            f"{DISTRICTS}:2: warning: `Karhusaari`: name_in_two_cities and other_cities do not agree; ",
        ),
        (BORDERS, '"city": "vantaa"', '"city": "vanda"', f"{BORDERS}:1: error: feature 3 names no city; "),
        (BORDERS, "[24.9, 60]]", "[24.91, 60]]", f"{BORDERS}:1: error: feature 1 (helsinki) has no sound rings"),
        (BORDERS, '{"type"', '{"type', f"{BORDERS}:1: error: not valid JSON: "),
    ],
)
def test_places(data, name, old, new, expected):
    data.change(name, old, new)
    found = [line for line in data.problems() if line.startswith(name)]
    assert any(line.startswith(expected) for line in found), found
