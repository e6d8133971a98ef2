"""Languages the bot writes and languages it only understands; intents that are drafts."""

from types import SimpleNamespace

import pytest
import typer

from bot.cli.common import language_code

LANGUAGES = "intents/languages.yaml"
DAYCARE = "intents/education/daycare-application"
INTENT = f"{DAYCARE}/intent.yaml"
RU = f"{DAYCARE}/ru.yaml"
RUSSIAN = "examples:\n" + "".join(
    f"  - как получить место в детском саду для ребёнка, вариант {n}\n" for n in range(24)
)


def without_answers(data, *languages):
    for language in languages:
        path = f"{DAYCARE}/{language}.yaml"
        lines = (data.root / path).read_text(encoding="utf-8").split("\n")
        data.write(path, "\n".join(line for line in lines if not line.startswith("answer:")))


@pytest.fixture
def understood(data):
    """Russian is understood, with examples and no title."""
    data.change(LANGUAGES, "tier: offered", "tier: understood")
    data.write(RU, RUSSIAN)
    return data


def test_an_understood_language_is_read_and_not_written(understood):
    loaded = understood.load()

    assert loaded.problems == ()
    catalogue = loaded.catalogue
    assert list(catalogue.languages) == ["fi", "sv", "en"]
    assert catalogue.understood == ("fi", "sv", "en", "ru")
    assert sum(language == "ru" for language, _, _ in catalogue.examples()) == 24
    intent = catalogue.intents["daycare-application"]
    assert intent.texts["ru"].title == ""
    assert intent.title("ru") == "Päivähoitopaikan hakeminen"


def test_a_language_that_is_written_needs_titles(data):
    data.write(RU, RUSSIAN)
    assert data.only() == f"{RU}:1: error: the key `title` is missing; add `title:`"


def test_an_understood_language_may_have_texts_already(understood):
    understood.write(RU, "title: " + "длинное " * 9 + "\n" + RUSSIAN)
    assert understood.only() == f"{RU}:1: error: the title has 71 characters; shorten it to 60: it is also a button"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "English, direction: ltr, tier: required",
            "English, direction: ltr, tier: understood",
            ":3: error: `en` is understood here and required in agreement.yaml; make the two agree",
        ),
        (
            "tier: offered",
            "tier: required",
            ":4: error: `ru` is required here and not required in agreement.yaml; make the two agree",
        ),
        (
            "tier: offered",
            "tier: known",
            ":4: error: `ru` `tier` is `known`; write required, offered or understood",
        ),
    ],
)
def test_tiers_agree_with_the_agreement(data, old, new, expected):
    data.change(LANGUAGES, old, new)
    assert LANGUAGES + expected in data.problems()


def test_the_command_line_takes_every_understood_language(understood, capsys):
    known = SimpleNamespace(catalogue=understood.load().catalogue)
    assert [language_code(code, known) for code in ("fi", "ru", None)] == ["fi", "ru", None]
    with pytest.raises(typer.Exit):
        language_code("so", known)
    assert capsys.readouterr().err == "--lang so: not one of fi, sv, en, ru\n"


def test_a_draft_is_one_line_and_nothing_else_is_asked_of_it(understood):
    without_answers(understood, "fi", "sv", "en")
    understood.change(INTENT, "terms:\n  - {fi: varhaiskasvatus, sv: småbarnspedagogik}\n", "")
    understood.change(
        INTENT, 'sources:\n  - {url: "https://example.fi/daycare", checked: null, by: null, certainty: medium}\n', ""
    )
    assert understood.only() == (
        f"{INTENT}:1: warning: draft: no answer in fi, sv, en yet; the bot gives title, authority and a person"
    )


def test_a_draft_in_some_languages_tells_what_residents_get_instead(data):
    without_answers(data, "fi", "sv")
    data.write(RU, "title: Детский сад\n" + RUSSIAN)
    assert data.only() == f"{INTENT}:1: warning: draft: no answer in fi, sv, ru yet; the bot gives the answer in en"


def test_a_dialogue_without_words(data):
    without_answers(data, "fi", "sv", "en")
    data.change(INTENT, "kind: answer", "kind: dialogue")
    assert f"{INTENT}:1: warning: draft: no answer in fi, sv, en yet; the bot says nothing" in data.problems()


def test_missing_files_of_required_languages_are_one_line(data):
    data.remove(f"{DAYCARE}/sv.yaml")
    assert data.only() == (
        f"{INTENT}:1: warning: the intent `daycare-application` has no sv.yaml; the language is required: write it"
    )
    data.remove(f"{DAYCARE}/en.yaml")
    assert data.only() == (
        f"{INTENT}:1: warning: the intent `daycare-application` has no sv.yaml, en.yaml; "
        "the languages are required: write them"
    )
