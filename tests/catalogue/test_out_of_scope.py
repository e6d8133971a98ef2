"""Messages that nobody here answers: read, and checked against the intents' examples."""

import pytest

LANGUAGES = "intents/languages.yaml"
EXAMPLES = "intents/education/daycare-application/fi.yaml"
FI, SV, EN, RU = (f"intents/out-of-scope/{language}.yaml" for language in ("fi", "sv", "en", "ru"))
WORDS = {
    FI: "millainen sää on kylässä",
    SV: "hur är vädret i byn",
    EN: "how is the weather in",
    RU: "какая погода в селе",
}


def messages(text: str) -> str:
    """A sound file: line 1 `far:`, 32 `near:`."""
    listed = [f"  - {text} {number}\n" for number in range(60)]
    return "far:\n" + "".join(listed[:30]) + "near:\n" + "".join(listed[30:])


@pytest.fixture
def outside(data):
    """Sixty messages in every language."""
    for name, text in WORDS.items():
        data.write(name, messages(text))
    return data


def test_the_messages_become_domain_values(outside):
    before = outside.load()
    assert before.problems == ()
    found = before.catalogue.out_of_scope
    assert len(found) == 240
    assert [(one.language, one.kind, one.text) for one in found if one.language == "fi"][29:31] == [
        ("fi", "far", "millainen sää on kylässä 29"),
        ("fi", "near", "millainen sää on kylässä 30"),
    ]
    outside.change(FI, "kylässä 7", "kylässä 77")
    assert outside.load().hash != before.hash


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "kylässä 31\n",
            "kylässä 3!\n",
            ":34: warning: the message `millainen sää on kylässä 3!` is the same as on line 5; write a different one",
        ),
        (
            "millainen sää on kylässä 31\n",
            "Miten haen lapselle päiväkotipaikan, vaihtoehto 3?\n",
            f":34: error: the message `Miten haen lapselle päiväkotipaikan, vaihtoehto 3?` is an example ({EXAMPLES}:",
        ),
        (
            "millainen sää on kylässä 31\n",
            "how do I get a day care place for my child, option 3\n",
            ":34: warning: the message `how do I get a day care place for my child, option 3` is an example in en (",
        ),
        ("millainen sää on kylässä 31\n", "'?!'\n", ":34: warning: the message `?!` has no word; take it out"),
        ("near:", "close:", ":1: error: the key `near` is missing; add `near:`"),
    ],
)
def test_one_slip(outside, old, new, expected):
    outside.change(FI, old, new)
    found = [line for line in outside.problems() if "different messages" not in line]
    assert found[0].startswith(FI + expected), "\n".join(found)


def test_too_few(outside):
    outside.change(FI, "  - millainen sää on kylässä 31\n", "")
    assert outside.only() == (
        f"{FI}:1: warning: 59 different messages out of scope in fi; write at least 60, far and near"
    )


def test_languages(outside):
    (outside.root / RU).rename(outside.root / "intents/out-of-scope/de.yaml")
    assert [line.split(";")[0] for line in outside.problems()] == [
        f"{LANGUAGES}:4: warning: there are no messages out of scope in `ru`",
        "intents/out-of-scope/de.yaml:1: error: the language `de` is not in languages.yaml",
    ]


def test_messages_in_another_language_than_the_name_says(outside):
    outside.write(FI, messages(WORDS[SV]))
    assert outside.only() == (
        f"{FI}:1: error: the messages of fi.yaml read as sv; write them in fi, or rename the file to sv.yaml"
    )
