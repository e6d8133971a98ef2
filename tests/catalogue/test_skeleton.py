"""What `neuvoja new` writes: accepted by the checks as a draft, and put into lists without touching their rest."""

import pytest

from bot.catalogue.insertion import InsertionError, with_intent, with_language
from bot.catalogue.reading import read_draft
from bot.catalogue.skeleton import intent_files, language_files, language_line, language_values

TOPICS = "intents/topics.yaml"
LANGUAGES = "intents/languages.yaml"


def errors(data) -> list[str]:
    return [line for line in data.problems() if ": error: " in line]


def test_a_new_intent_is_a_draft_without_errors(data) -> None:
    for name, text in intent_files("residence-permit-work-family", ["fi", "sv", "en"]).items():
        data.write(f"intents/education/residence-permit-work-family/{name}", text)
    menu = (data.root / TOPICS).read_text(encoding="utf-8")
    data.write(TOPICS, with_intent(menu, "education", "residence-permit-work-family"))
    loaded = data.load()
    assert not errors(data)
    assert "draft: no answer in fi, sv, en yet" in "\n".join(map(str, loaded.problems))
    assert loaded.catalogue.topics[0].intents == ("daycare-application", "residence-permit-work-family")
    new = loaded.catalogue.intents["residence-permit-work-family"]
    assert [text.title for text in new.texts.values()] == [
        "New matter (residence-permit-work-family)",
        "Uusi asia (residence-permit-work-family)",
        "Nytt ärende (residence-permit-work-family)",
    ]


def test_the_comments_of_a_skeleton_become_an_answer_when_the_marks_are_taken_away(data) -> None:
    files = intent_files("pets", ["fi"])
    written = files["fi.yaml"]
    for line in ("answer: |", "  ...", "steps:", "  - ...", "bring:"):
        assert f"# {line}\n" in written
        written = written.replace(f"# {line}\n", f"{line}\n")
    data.write("intents/education/pets/fi.yaml", written + "  - koira\n")
    draft, report = read_draft(data.root / "intents", data.root / "knowledge", today=None)
    text = draft.intents["pets"].texts["fi"].model
    assert not report.has_errors
    assert (text.answer, text.steps, text.examples) == ("...", ["..."], ["koira"])


@pytest.mark.parametrize("code", ["vi", "ckb", "zh-Hant", "no", "xx", "hi"])
def test_a_new_language_has_no_errors_and_is_not_written_yet(data, code: str) -> None:
    data.write("intents/lexicon/concepts.yaml", "people:\n  - wife\n")
    data.write("intents/lexicon/fi.yaml", "wife: [vaimo*]\n")
    data.write("intents/out-of-scope/fi.yaml", "far: [sää]\nnear: [naapuri]\n")
    draft, _ = read_draft(data.root / "intents", data.root / "knowledge", today=None)
    values = language_values(code)
    listing = (data.root / LANGUAGES).read_text(encoding="utf-8")
    data.write(LANGUAGES, with_language(listing, code, language_line(code, values), values))
    for name, text in language_files(draft, code).items():
        data.write(f"intents/{name}", text)
    loaded = data.load()
    assert not errors(data)
    assert loaded.catalogue.understood[-1] == code
    assert code not in loaded.catalogue.languages


@pytest.mark.parametrize(
    ("code", "name", "direction"),
    [("vi", "Tiếng Việt", "ltr"), ("ckb", "کوردیی ناوەندی", "rtl"), ("ku", "Kurdî", "ltr"), ("xx", "xx", "ltr")],
)
def test_a_language_has_its_own_name_and_direction(code: str, name: str, direction: str) -> None:
    assert language_values(code) == {"name": name, "direction": direction, "tier": "understood"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  intents: [x]\n", "a:\n  intents: [x, new]\n"),
        ("a:\n  intents: []  # none\n", "a:\n  intents: [new]  # none\n"),
        ("a:\n  intents: [x, ]\nb:\n  intents: [z]\n", "a:\n  intents: [x, new ]\nb:\n  intents: [z]\n"),
        ("a: {intents: [x,\n  y\n]}\n", "a: {intents: [x,\n  y, new\n]}\n"),
        (
            "a:\n  intents:\n    - x # why\n\nb:\n  intents: []\n",
            "a:\n  intents:\n    - x # why\n    - new\n\nb:\n  intents: []\n",
        ),
        ("a:\r\n  intents:\r\n  - x\r\n", "a:\r\n  intents:\r\n  - x\r\n  - new\r\n"),
        ("a:\n  intents:\n    - x", "a:\n  intents:\n    - x\n    - new"),
        (
            "\ufeffä: {intents: []}\na:\n  intents:\n    - x\n",
            "\ufeffä: {intents: []}\na:\n  intents:\n    - x\n    - new\n",
        ),
        ("a:\n  intents: [new]\n", "a:\n  intents: [new]\n"),
    ],
)
def test_an_intent_is_put_last_and_nothing_else_changes(before: str, after: str) -> None:
    assert with_intent(before, "a", "new") == after


@pytest.mark.parametrize(
    "source", ["a:\n  intents:\n", "a: {}\n", "b:\n  intents: [x]\n", "a:\n  intents: [x # ]\n  ]\n", "[\n"]
)
def test_a_list_that_cannot_be_added_to_is_refused(source: str) -> None:
    with pytest.raises(InsertionError, match="add `new` under `a` by hand"):
        with_intent(source, "a", "new")


def test_a_language_is_put_last_also_where_the_last_line_has_no_end() -> None:
    values = {"name": "Tiếng Việt", "direction": "ltr", "tier": "understood"}
    line = "vi: {name: Tiếng Việt, direction: ltr, tier: understood}"
    assert with_language("fi: {}  # x", "vi", line, values) == f"fi: {{}}  # x\n{line}\n"
    with pytest.raises(InsertionError, match="by hand"):
        with_language("{fi: {}}\n", "vi", line, values)
