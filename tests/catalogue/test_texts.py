"""How texts are written, in which language and with which letters."""

import pytest

DAYCARE = "intents/education/daycare-application"
FI, SV, EN = (f"{DAYCARE}/{language}.yaml" for language in ("fi", "sv", "en"))
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            FI,
            "title: Päivähoitopaikan",
            "title: Päivähoitopaikan tai esiopetuspaikan tai perhepäivähoitajan",
            f"{FI}:1: error: the title has 69 characters; shorten it to 60",
        ),
        (
            EN,
            "The advice point helps you to fill in the application.",
            "<b>The advice</b> point helps you.",
            f"{EN}:2: error: HTML `</b>` in a text; ",
        ),
        (
            EN,
            "The advice point helps",
            "The advice point &amp; others helps",
            f"{EN}:2: error: HTML `&amp;` in a text; ",
        ),
        (
            EN,
            "The advice point helps",
            "The **advice** point helps",
            f"{EN}:2: warning: markdown `**` in a text; texts are plain",
        ),
        (
            EN,
            "The advice point helps",
            "See https://example.fi, it helps",
            f"{EN}:2: warning: the link `https://example.fi` in a text; links belong into `sources`",
        ),
        (
            EN,
            "The advice point helps",
            "It stands there (www.example.fi/a_(b)). It helps",
            f"{EN}:2: warning: the link `www.example.fi/a_(b)` in a text; ",
        ),
        (
            EN,
            "The advice point helps",
            "Call 09 310 11111, it helps",
            f"{EN}:2: warning: the phone number `09 310 11111` in a text; ",
        ),
        (EN, "The advice point helps", "{{city}} helps", f"{EN}:2: error: the placeholder `{{city}}` in a text; "),
        (EN, "The advice point helps", "TODO helps", f"{EN}:2: error: the placeholder `TODO` in a text; "),
        (
            EN,
            "The advice point helps",
            "You will get a place. It helps",
            f"{EN}:2: warning: `You will get` promises an outcome; ",
        ),
        (
            SV,
            "Rådgivningen hjälper",
            "Du kommer att få en plats. Den hjälper",
            f"{SV}:2: warning: `Du kommer att få` promises an outcome; ",
        ),
        (
            FI,
            "Neuvontapiste auttaa",
            "Saat varmasti paikan. Se auttaa",
            f"{FI}:2: warning: `Saat varmasti` promises an outcome; ",
        ),
        (
            PART,
            "In Espoo the",
            "In Espoo you will get a place, the",
            f"{PART}:8: warning: `you will get` promises an outcome; ",
        ),
        (
            PART,
            "the city's growth and learning sector is in charge of early childhood education.\n    You",
            "you",
            f"{PART}:8: warning: the en text has 9 words; write 15 to 60",
        ),
        (
            EN,
            "  - Fill in the application.",
            "  - Fill in the app\u200blication.",
            f"{EN}:4: error: the invisible character U+200B ZERO WIDTH SPACE at column 20; delete it",
        ),
        (
            EN,
            "  - Fill in the application.",
            "  - Fill in the \u202eapplication.",
            f"{EN}:4: error: the invisible character U+202E RIGHT-TO-LEFT OVERRIDE at column 17",
        ),
        (
            EN,
            "  - Fill in the application.",
            '  - "Fill in the \\u202eapplication."',
            f"{EN}:4: error: the invisible character U+202E RIGHT-TO-LEFT OVERRIDE as an escape",
        ),
        (
            EN,
            "  - Fill in the application.",
            "  - Fill in the \u0430pplication.",
            f"{EN}:4: error: the Cyrillic letter `\u0430` (U+0430) at column 17 in `\u0430pplication`; type the Latin",
        ),
        (
            EN,
            "  - Fill in the application.",
            "  - Fill in \u0430 form.",
            f"{EN}:4: error: the Cyrillic letter `\u0430` (U+0430) at column 13",
        ),
        (
            EN,
            "  - Fill in the application.",
            "  - Fill in the f\u03bfrm.",
            f"{EN}:4: error: the Greek letter `\u03bf` (U+03BF) at column 18",
        ),
    ],
)
def test_a_text_that_must_not_stand_so(data, name, old, new, expected):
    data.change(name, old, new.replace("{{", "{").replace("}}", "}"))
    found = data.problems()
    assert any(line.startswith(expected) for line in found), found
    assert {line.split(": ")[0] for line in found} == {expected.split(": ")[0]}


def test_a_phrase_in_a_block_is_found_on_its_own_line(data):
    text = (data.root / EN).read_text(encoding="utf-8")
    data.write(
        EN, text.replace("answer: ", "answer: |\n  ").replace("If you find", "\n  You will get it.\n  If you find")
    )
    assert data.only().startswith(f"{EN}:4: warning: `You will get` promises an outcome")


def test_a_latin_letter_in_a_russian_word(data):
    data.write(f"{DAYCARE}/ru.yaml", "title: Детский cад и Kela\n")
    found = data.problems()
    assert found[1] == (
        f"{DAYCARE}/ru.yaml:1: error: the Latin letter `c` (U+0063) at column 16 in `cад`; "
        "type the Cyrillic letter that looks the same"
    )
    assert sum(": error: " in line for line in found) == 1


@pytest.mark.parametrize(("count", "said"), [(39, True), (40, False), (120, False), (121, True)])
def test_answers_have_40_to_120_words(data, count, said):
    text = (data.root / EN).read_text(encoding="utf-8").split("\n")
    words = (text[1] * 4).split()[1:]
    text[1] = "answer: " + " ".join(word.replace("answer:", "and") for word in words[:count])
    data.write(EN, "\n".join(text))
    expected = [f"{EN}:2: warning: the answer has {count} words; write 40 to 120"]
    assert [line for line in data.problems() if "the answer has" in line] == (expected if said else [])


def test_chinese_characters_count_as_two_thirds_of_a_word(data):
    data.change("intents/languages.yaml", "ru: {name: Русский", "zh: {name: 中文")
    data.write(
        f"{DAYCARE}/zh.yaml", f"title: 申请日托\nanswer: {'请向市政府申请日托名额。' * 2}\nsteps: [填写申请表。]\n"
    )
    assert f"{DAYCARE}/zh.yaml:2: warning: the answer has 17 words; write 24 to 180" in data.problems()


def test_a_file_in_another_language_than_its_name(data):
    text = (data.root / SV).read_text(encoding="utf-8")
    data.write(EN, text)
    found = data.problems()
    assert (
        f"{EN}:2: error: answer and steps of en.yaml read as sv; write them in en, or rename the file to sv.yaml"
        in found
    )
    assert any(line.startswith(f"{EN}:1: error: title and examples of en.yaml read as sv; ") for line in found)


def test_a_city_text_in_another_language(data):
    lines = (data.root / PART).read_text(encoding="utf-8").split("\n")
    lines[7:9] = ["  en: " + lines[3].removeprefix("  fi: "), lines[4]]
    data.write(PART, "\n".join(lines))
    assert data.problems() == [
        f"{PART}:8: error: the text under `en` reads as fi; write it in en",
        f"{PART}:8: warning: the text under `en` is that under `fi`; translate it",
    ]


def test_examples_are_enough_and_different(data):
    data.change(EN, "option 23", "option   22?!")
    few, same = data.problems()
    assert few == f"{EN}:5: warning: 23 different examples in en; write at least 24"
    assert same == (
        f"{EN}:29: warning: the example `how do I get a day care place for my child, option   22?!` "
        "is the same as on line 28; write a different one"
    )


def test_the_same_example_in_two_intents(data):
    for name in ("intent", "fi", "sv", "en"):
        text = (data.root / f"{DAYCARE}/{name}.yaml").read_text(encoding="utf-8")
        for word, other in (("option", "kind"), ("vaihtoehto", "laji"), ("alternativ", "sort")):
            text = text.replace(word, other)
        data.write(f"intents/education/school/{name}.yaml", text)
    data.change("intents/topics.yaml", "[daycare-application]", "[daycare-application, school]")
    assert data.problems() == []

    data.change("intents/education/school/en.yaml", "child, kind 7\n", "Child - option 7\n")
    assert data.only() == (
        f"intents/education/school/en.yaml:13: error: the same example stands under `daycare-application` ({EN}:13); "
        "keep it where a resident would mean it"
    )


def test_too_many_steps(data):
    for path, step in ((FI, "Täytä hakemus."), (SV, "Fyll i ansökan."), (EN, "Fill in the application.")):
        data.change(path, f"  - {step}\n", "".join(f"  - {number} {step}\n" for number in range(8)))
    told = [line.split(": ")[0] for line in data.problems() if "entries in" in line]
    assert told == [f"{EN}:3", f"{FI}:3", f"{SV}:3"]
