"""Starting a matter: read, and checked for questions that nobody asks, do not fit a button or identify somebody."""

import pytest

from bot.catalogue.rules.lodging import LONGEST_LABEL, LONGEST_OPTION
from bot.domain.lodging import Lodging, LodgingQuestion
from bot.rendering import actions

PATH = "intents/lodging.yaml"
DAYCARE = "intents/education/daycare-application"
YES = {"fi": "Kyllä", "sv": "Ja", "en": "Yes"}
NO = {"fi": "Ei", "sv": "Nej", "en": "No"}
CODES = {
    "fi": "Onko sinulla pankkitunnukset?",
    "sv": "Har du bankkoder?",
    "en": "Do you have online banking codes?",
}
ONLINE = {
    "fi": "Hae kaupungin verkkopalvelussa. Tee jokaisesta lapsesta oma hakemus. Palvelu vaatii tunnistautumisen.",
    "sv": "Ansök i stadens e-tjänst. Gör en egen ansökan för varje barn.",
    "en": "Apply in the city's online service. Make an application for each child.",
}
IN_PERSON = {
    "fi": "Jos et voi tunnistautua, pyydä kaupungin palveluohjauksesta paperilomake.",
    "sv": "Om du inte kan identifiera dig, be om en pappersblankett.",
    "en": "If you cannot identify yourself, ask for a paper form.",
}


def mapping(texts: dict[str, str]) -> str:
    return "{" + ", ".join(f'{language}: "{text}"' for language, text in texts.items()) + "}"


LODGING = f"""\
questions:
  bank-codes:
    text: {mapping(CODES)}
    options:
      yes: {mapping(YES)}
      no: {mapping(NO)}
matters:
  daycare-application:
    online: {mapping(ONLINE)}
    in_person: {mapping(IN_PERSON)}
    questions: [bank-codes]
"""


@pytest.fixture
def lodging(data):
    """One matter with one question."""
    data.write(PATH, LODGING)
    return data


def test_matters_and_questions_become_domain_values(lodging):
    found = lodging.load()
    assert found.problems == ()
    assert found.catalogue.lodging == {
        "daycare-application": Lodging("daycare-application", ONLINE, IN_PERSON, ("bank-codes",))
    }
    assert found.catalogue.lodging_questions == {
        "bank-codes": LodgingQuestion("bank-codes", CODES, {"yes": YES, "no": NO})
    }
    assert list(found.catalogue.lodging_questions["bank-codes"].options) == ["yes", "no"], "the buttons' order"
    lodging.change(PATH, "Ja", "Javisst")
    assert lodging.load().hash != found.hash


def test_a_catalogue_without_the_file_starts_nothing(data):
    found = data.load()
    assert (found.problems, found.catalogue.lodging, found.catalogue.lodging_questions) == ((), {}, {})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "daycare-application:",
            "daycare-aplication:",
            ":8: error: there is no intent `daycare-aplication`; did you mean `daycare-application`?",
        ),
        (
            "daycare-application:",
            "fishing:",
            ":8: error: there is no intent `fishing`; write an intent's id, or take the matter out",
        ),
        (
            "[bank-codes]",
            "[bank-codes, bank-code]",
            ":11: error: there is no question `bank-code`; did you mean `bank-codes`?",
        ),
        (
            "[bank-codes]",
            "[bank-codes, weather]",
            ":11: error: there is no question `weather`; add it under `questions` at the top, or take it out",
        ),
        (
            "[bank-codes]",
            "[bank-codes, bank-codes]",
            ":11: error: the question `bank-codes` is asked twice; keep one",
        ),
        (
            "[bank-codes]",
            "[bank-codes, a, b, c, d]",
            ":11: error: `matters` `daycare-application` `questions` has 5 entries; write at most 4",
        ),
        (
            "[bank-codes]",
            "[]",
            ":11: error: `matters` `daycare-application` `questions` has 0 entries; write at least 1",
        ),
        (
            "matters:",
            f"  unasked:\n    text: {mapping(CODES)}\n    options: {{a: {mapping(YES)}, b: {mapping(NO)}}}\nmatters:",
            ":7: warning: no matter asks the question `unasked`; name it under a matter's `questions`, or take it out",
        ),
        (
            f"      no: {mapping(NO)}\n",
            "",
            ":4: error: `questions` `bank-codes` `options` has 1 entries; write at least 2",
        ),
        (
            "      no:",
            "".join(f"      a{n}: {mapping(NO)}\n" for n in range(4)) + "      no:",
            ":4: error: `questions` `bank-codes` `options` has 6 entries; write at most 5",
        ),
        (
            "      yes:",
            "      Yes:",
            ":5: error: `questions` `bank-codes` `options` `Yes` is `Yes`; did you mean `yes`? An id has ",
        ),
        (
            "      yes:",
            "      oh_yes:",
            ":5: error: `questions` `bank-codes` `options` `oh_yes` is `oh_yes`; an id has lowercase letters, ",
        ),
        (
            "      yes:",
            f"      {'y' * (LONGEST_OPTION + 1)}:",
            f":5: error: the option's id `{'y' * 33}` has 33 characters; shorten it to 32",
        ),
        (
            "Kyllä",
            "K" * (LONGEST_LABEL + 1),
            f":5: error: the label `{'K' * 35}` has 35 characters; shorten it to 34: it is a button",
        ),
        ("Kyllä", "On\\nki", ":5: error: the label `On ki` has several lines; write one line"),
        (', en: "Yes"', "", ":5: warning: `questions` `bank-codes` `options` `yes` has no en; required: write it"),
        ('{fi: "Onko', '{de: "Hallo", fi: "Onko', ":3: error: the language `de` is not in languages.yaml; "),
        ("    online:", "    onlin:", ":8: error: the key `online` is missing in `matters` `daycare-application`; "),
        (ONLINE["en"], "Apply online.", ":9: warning: the en text of `online` has 2 words; write 10 to 50"),
        (
            IN_PERSON["en"],
            "Go " * 51,
            ":10: warning: the en text of `in_person` has 51 words; write 8 to 50",
        ),
        (
            "Make an application",
            "You will get a place. Make an application",
            ":9: warning: `You will get` promises an outcome; ",
        ),
        (ONLINE["fi"], ONLINE["sv"] * 2, ":9: error: the text under `fi` reads as sv; write it in fi"),
    ],
)
def test_one_slip(lodging, old, new, expected):
    lodging.change(PATH, old, new)
    found = lodging.problems()
    assert found[0].startswith(PATH + expected), "\n".join(found)


def test_a_label_and_an_option_of_the_longest_kind_fit(lodging):
    lodging.change(PATH, "Kyllä", "K" * LONGEST_LABEL)
    lodging.change(PATH, "      yes:", f"      {'y' * LONGEST_OPTION}:")
    assert lodging.problems() == []
    assert actions.act(actions.REPLY, "3", "y" * LONGEST_OPTION)


def test_a_dialogue_is_not_started(lodging):
    for name in ("intent", "fi", "sv", "en"):
        text = (lodging.root / f"{DAYCARE}/{name}.yaml").read_text(encoding="utf-8")
        text = text.replace("kind: answer", "kind: dialogue").replace("option", "thing").replace("vaihtoehto", "asia")
        lodging.write(f"intents/dialogue/greeting/{name}.yaml", text.replace("alternativ", "sak"))
    lodging.change(PATH, "  daycare-application:", "  greeting:")
    assert lodging.only() == (
        f"{PATH}:8: error: the intent `greeting` is a dialogue; take it out: only an answer can be started"
    )


def test_a_draft_is_answered_first(lodging):
    for language in ("fi", "sv", "en"):
        name = f"{DAYCARE}/{language}.yaml"
        lines = (lodging.root / name).read_text(encoding="utf-8").split("\n")
        lodging.write(
            name, "\n".join(line for line in lines if not line.startswith(("answer", "steps", "  - F", "  - T")))
        )
    assert [line for line in lodging.problems() if line.startswith(PATH)] == [
        f"{PATH}:8: warning: the intent `daycare-application` has no answer yet; answer it first: the facts stand there"
    ]


@pytest.mark.parametrize(
    ("language", "question", "word"),
    [
        ("fi", "Mikä on henkilötunnuksesi?", "henkilötunnuksesi"),
        ("fi", "Onko sinulla jo HETU?", "HETU"),
        ("fi", "Mikä on nimesi?", "nimesi"),
        ("fi", "Kerro lapsen sukunimi.", "sukunimi"),
        ("fi", "Mikä on syntymäaikasi?", "syntymäaikasi"),
        ("fi", "Milloin lapsi on syntynyt?", "Milloin lapsi on syntynyt"),
        ("fi", "Mikä on osoitteesi?", "osoitteesi"),
        ("fi", "Anna kotiosoite.", "kotiosoite"),
        ("fi", "Mikä on puhelinnumerosi?", "puhelinnumerosi"),
        ("fi", "Mikä on passin numero?", "passin numero"),
        ("sv", "Har barnet en personbeteckning?", "personbeteckning"),
        ("sv", "Vad är ditt personnummer?", "personnummer"),
        ("sv", "Vad heter du, förnamn?", "förnamn"),
        ("sv", "Vilket är barnets namn?", "namn"),
        ("sv", "Vilket är ditt födelsedatum?", "födelsedatum"),
        ("sv", "När är barnet född?", "När är barnet född"),
        ("sv", "Vilken är din hemadress?", "hemadress"),
        ("sv", "Vilket är ditt telefonnummer?", "telefonnummer"),
        ("en", "What is your personal identity code?", "identity code"),
        ("en", "What is your name?", "name"),
        ("en", "What is your date of birth?", "date of birth"),
        ("en", "When were you born?", "When were you born"),
        ("en", "Do you have an address?", "address"),
        ("en", "What is your phone number?", "phone"),
        ("en", "What is your e-mail?", "e-mail"),
        ("en", "What is your passport number?", "passport number"),
    ],
)
def test_a_question_that_asks_who_somebody_is(lodging, language, question, word):
    lodging.change(PATH, CODES[language], question)
    assert lodging.only() == (
        f"{PATH}:3: error: `{word}` seems to ask who somebody is; "
        "ask only what identifies nobody: the advisor asks the rest at the desk"
    )


def test_an_option_that_says_who_somebody_is(lodging):
    lodging.change(PATH, '"Yes"', '"Yes, my name is"')
    assert lodging.only().startswith(f"{PATH}:5: error: `name` seems to ask who somebody is; ")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fi", "Mikä kirjain on oleskelulupakortissa?"),
        ("fi", "Onko sinulla toiminimi?"),
        ("fi", "Voitko osoittaa, että asut täällä?"),
        ("fi", "Osoitetaanko asia papereilla?"),
        ("fi", "Onko lapsi jo syntynyt?"),
        ("sv", "Har du nämnt ärendet för någon?"),
        ("sv", "Är barnet redan född?"),
        ("en", "Does your child have a place named in the decision?"),
        ("en", "Is the child already born?"),
    ],
)
def test_a_question_that_only_looks_alike(lodging, language, question):
    lodging.change(PATH, CODES[language], question)
    assert lodging.problems() == []


def test_a_misspelt_file_name(data):
    data.write("intents/lodgings.yaml", LODGING)
    assert data.only() == (
        "intents/lodgings.yaml:1: error: no file belongs at `lodgings.yaml`; did you mean `lodging.yaml`?"
    )
