import pytest


def test_a_new_intent_has_its_files_and_its_place_in_the_menu(office) -> None:
    result = office.run("new", "intent", "money/debt-advice")
    folder = "intents/money/debt-advice"
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:4] == [
        f"{folder}/intent.yaml: written",
        f"{folder}/fi.yaml: written",
        f"{folder}/sv.yaml: written",
        "intents/topics.yaml: written",
    ]
    assert "title: Uusi asia (debt-advice)" in office.read(f"{folder}/fi.yaml")
    assert "  intents: [tax-card, debt-advice]\n" in office.read("intents/topics.yaml")
    assert "intents/money/debt-advice/fi.yaml: draft" in office.run("coverage").stdout
    office.run("new", "intent", "everyday/pets")
    assert office.read("intents/topics.yaml").endswith("    - library\n    - pets\n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pets", "`pets` is not TOPIC/ID; write lowercase letters, digits and hyphens: everyday/pets"),
        ("money/Debt", "`money/Debt` is not TOPIC/ID; write lowercase letters, digits and hyphens: everyday/pets"),
        ("money/a/b", "`money/a/b` is not TOPIC/ID; write lowercase letters, digits and hyphens: everyday/pets"),
        ("mony/debt", "there is no topic `mony`; did you mean `money`?"),
        ("sport/ski", "there is no topic `sport`; write one of money, everyday, or add it to topics.yaml first"),
        (
            "money/library",
            (
                "the intent `library` exists already (intents/everyday/library/intent.yaml); "
                "edit it, or choose another id"
            ),
        ),
        ("money/" + "a" * 41, f"the id `{'a' * 41}` has 41 characters; shorten it to 40"),
    ],
)
def test_a_wrong_intent_is_refused_and_nothing_is_written(office, name: str, expected: str) -> None:
    menu = office.read("intents/topics.yaml")
    result = office.run("new", "intent", name)
    assert (result.exit_code, result.stderr) == (2, f"{expected}\n")
    assert office.read("intents/topics.yaml") == menu
    assert sorted(path.name for path in (office.root / "intents").glob("*/*")) == ["library", "tax-card"]


def test_a_menu_that_cannot_be_added_to_is_left_and_can_be_mended_by_hand(office) -> None:
    office.write("intents/topics.yaml", "money:\n  titles: {fi: Raha}\n  intents:\n")
    result = office.run("new", "intent", "money/debt-advice")
    assert result.exit_code == 1
    assert "add `debt-advice` under `money` by hand, then run this again" in result.stderr
    assert not (office.root / "intents/money/debt-advice").exists()
    listed = "money:\n  titles: {fi: Raha}\n  intents: [debt-advice]\n"
    office.write("intents/topics.yaml", listed)
    assert office.run("new", "intent", "money/debt-advice").exit_code == 0
    assert office.read("intents/topics.yaml") == listed


def test_a_new_language_is_understood_and_has_its_files(office) -> None:
    office.write("intents/lexicon/concepts.yaml", "people:\n  - wife\n  - child\n")
    office.write("intents/lexicon/fi.yaml", "wife: [vaimo*]\n")
    office.write("intents/out-of-scope/fi.yaml", "far: [sää]\nnear: []\n")
    result = office.run("new", "language", "fa")
    assert result.exit_code == 0
    assert "fa: {name: فارسی, direction: rtl, tier: understood}\n" in office.read("intents/languages.yaml")
    assert "\n# people\nwife: []  # vaimo*\nchild: []\n" in office.read("intents/lexicon/fa.yaml")
    assert "far: []\n" in office.read("intents/out-of-scope/fa.yaml")
    assert "fa understood" in office.run("coverage").stdout


def test_a_language_whose_name_nobody_knows_is_told(office) -> None:
    result = office.run("new", "language", "xx")
    assert "The name of `xx` is not known; write its own name and direction" in result.stdout
    assert office.read("intents/languages.yaml").endswith("xx: {name: xx, direction: ltr, tier: understood}\n")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Viet", "`Viet` is no language code; write two or three lowercase letters, such as vi"),
        (
            "et",
            ("the language `et` exists already (intents/languages.yaml); edit its files: neuvoja coverage --lang et"),
        ),
    ],
)
def test_a_wrong_language_is_refused(office, code: str, expected: str) -> None:
    before = office.read("intents/languages.yaml")
    result = office.run("new", "language", code)
    assert (result.exit_code, result.stderr) == (2, f"{expected}\n")
    assert office.read("intents/languages.yaml") == before


def test_files_that_are_there_are_not_written_over(office) -> None:
    office.write("intents/lexicon/concepts.yaml", "people: [wife]\n")
    office.write("intents/lexicon/vi.yaml", "wife: [vo]\n")
    result = office.run("new", "language", "vi")
    assert result.exit_code == 2
    assert "intents/lexicon/vi.yaml: there already" in result.stderr
    assert office.read("intents/lexicon/vi.yaml") == "wife: [vo]\n"
