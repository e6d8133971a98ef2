"""The glossary: read, and checked for intents, spellings and lengths, with the line to mend."""

from pathlib import Path

import pytest
import yaml

from bot.domain.glossary import Term
from bot.language.meaning import word_key

PATH = "knowledge/glossary.yaml"
EXPLANATION = {
    "fi": "Kunta, jossa asut vakituisesti ja jonka palveluja voit yleensä käyttää sen asukkaana.",
    "sv": "Den kommun där du bor stadigvarande och vars tjänster du i allmänhet kan använda.",
    "en": "The municipality where you live permanently and whose services you can usually use.",
}
GLOSSARY = f"""\
kotikunta:
  fi: kotikunta
  sv: hemkommun
  forms: [kotikunnan, koti kunta]
  explanation:
    fi: {EXPLANATION["fi"]}
    sv: {EXPLANATION["sv"]}
    en: {EXPLANATION["en"]}
  intent: daycare-application
  sources: ["https://dvv.fi"]
kela:
  fi: Kansaneläkelaitos (Kela)
  sv: Folkpensionsanstalten (FPA)
  forms:
    - kelan
    - kelaan
  explanation:
    fi: {EXPLANATION["fi"]}
    sv: {EXPLANATION["sv"]}
    en: {EXPLANATION["en"]}
  intent: null
  sources: ["https://kela.fi"]
"""


@pytest.fixture
def glossary(data):
    """Two terms, one with an intent."""
    data.write(PATH, GLOSSARY)
    return data


def test_terms_become_domain_values(glossary):
    found = glossary.load()
    assert found.problems == ()
    assert list(found.catalogue.glossary) == ["kotikunta", "kela"], "the file's order"
    assert found.catalogue.glossary["kotikunta"] == Term(
        "kotikunta",
        "kotikunta",
        "hemkommun",
        ("kotikunnan", "koti kunta"),
        EXPLANATION,
        "daycare-application",
        ("https://dvv.fi",),
    )


def test_a_term_is_called_by_what_stands_in_brackets_too():
    term = Term("kela", "Kansaneläkelaitos (Kela)", "Folkpensionsanstalten (FPA)", (), {}, None, ())
    assert set(term.names) == {
        *("Kansaneläkelaitos (Kela)", "Kansaneläkelaitos", "Kela"),
        *("Folkpensionsanstalten (FPA)", "Folkpensionsanstalten", "FPA"),
    }


def test_a_catalogue_without_the_file_explains_nothing(data):
    found = data.load()
    assert (found.problems, found.catalogue.glossary) == ((), {})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "intent: daycare-application",
            "intent: daycare-aplication",
            ":9: error: there is no intent `daycare-aplication`; did you mean `daycare-application`?",
        ),
        (
            "intent: daycare-application",
            "intent: fishing",
            ":9: error: there is no intent `fishing`; write an intent's id, or null",
        ),
        (
            "    - kelaan",
            "    - Kotikunnan",
            ":16: error: `Kotikunnan` is also a spelling of `kotikunta` (line 4); keep it under one term",
        ),
        (
            "    - kelaan",
            "    - hem-kommun",
            ":16: error: `hem-kommun` is also a spelling of `kotikunta` (line 3); keep it under one term",
        ),
        (
            "fi: Kansaneläkelaitos (Kela)",
            "fi: Kansaneläkelaitos (kotikunta)",
            ":12: error: `kotikunta` is also a spelling of `kotikunta` (line 2); keep it under one term",
        ),
        ("    - kelaan", '    - "?!"', ":16: error: `?!` has no letter; write a word, or take it out"),
        (
            f"\n    en: {EXPLANATION['en']}\n  intent: daycare",
            "\n  intent: daycare",
            ":5: warning: `kotikunta` `explanation` has no en; required: write it",
        ),
        (
            f"{EXPLANATION['en']}\n  intent: daycare",
            "Your municipality.\n  intent: daycare",
            ":8: warning: the en explanation has 2 words; write 10 to 50",
        ),
        (
            f"{EXPLANATION['en']}\n  intent: null",
            "You live in it. " * 13 + "\n  intent: null",
            ":20: warning: the en explanation has 52 words; write 10 to 50",
        ),
        ("  sv: hemkommun\n", "", ":1: error: the key `sv` is missing in `kotikunta`; add `sv:`"),
        ('"https://dvv.fi"', '"dvv.fi"', ":10: error: `dvv.fi` is not a link; "),
        ('["https://dvv.fi"]', "[]", ":1: warning: the term `kotikunta` has no `sources`; add the official page "),
        ("kela:", "Kela:", ":11: error: `Kela` is `Kela`; did you mean `kela`? An id has "),
        ("    fi: Kunta", "    de: Ort\n    fi: Kunta", ":6: error: the language `de` is not in languages.yaml; "),
    ],
)
def test_one_slip(glossary, old, new, expected):
    text = (glossary.root / PATH).read_text(encoding="utf-8")
    assert old in text
    glossary.write(PATH, text.replace(old, new, 1))
    found = glossary.problems()
    assert found[0].startswith(PATH + expected), "\n".join(found)


def test_a_dialogue_is_no_way_on(glossary):
    for name in ("intent", "fi", "sv", "en"):
        text = (glossary.root / f"intents/education/daycare-application/{name}.yaml").read_text(encoding="utf-8")
        text = text.replace("kind: answer", "kind: dialogue").replace("option", "thing").replace("vaihtoehto", "asia")
        glossary.write(f"intents/dialogue/greeting/{name}.yaml", text.replace("alternativ", "sak"))
    glossary.change(PATH, "intent: daycare-application", "intent: greeting")
    assert glossary.only() == (
        f"{PATH}:9: error: the intent `greeting` is a dialogue; name one with an answer, or write null"
    )


def test_a_misspelt_file_name(data):
    data.write("knowledge/glosary.yaml", GLOSSARY)
    assert data.only() == (
        "knowledge/glosary.yaml:1: error: no file belongs at `glosary.yaml`; did you mean `glossary.yaml`?"
    )


def test_the_terms_of_the_issue_are_there():
    file = Path(__file__).parents[2] / "knowledge" / "glossary.yaml"
    terms = yaml.safe_load(file.read_text(encoding="utf-8"))
    spelt = {word_key(word) for term in terms.values() for word in (term["fi"], *term["forms"])}
    assert {"kotikunta", "neuvola", "toimeentulotuki"} <= spelt
    assert len(terms) >= 80
