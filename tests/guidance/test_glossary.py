"""Asking what a term means, in the ways of thirteen languages; and what such a question leads to."""

from dataclasses import replace

import pytest

from bot.domain.answer import Answer, Choice, Explained, Handoff
from bot.domain.glossary import Term
from bot.domain.match import Decision
from bot.domain.question import Question
from bot.guidance.glossary import Asked, Glossary
from bot.guidance.guide import Guide
from bot.language.folding import fold
from bot.language.meaning import LONGEST, ways
from bot.language.tokens import tokens

EXPLANATION = {"fi": "Selitys.", "sv": "Förklaring.", "en": "Explanation."}


def _term(key: str, fi: str, sv: str, *forms: str, intent: str | None = None) -> Term:
    return Term(key, fi, sv, forms, EXPLANATION, intent, ())


HOME = _term("kotikunta", "kotikunta", "hemkommun", "kotikunnan", "koti kunta", intent="advice")
KELA = _term("kela", "Kansaneläkelaitos (Kela)", "Folkpensionsanstalten (FPA)", "kelan", "kelasta")
CARD = _term("kelakortti", "Kela-kortti", "FPA-kort", "kela-kortin", intent="daycare")
URGENT = _term("hata", "hätä", "nöd", intent="emergency")
GONE = _term("gone", "poistunut", "borta", intent="left-the-catalogue")
TERMS = (HOME, KELA, CARD, URGENT, GONE)

ASKED = {
    "fi": (
        "mikä on kotikunta",
        "Mitä tarkoittaa kotikunta?",
        "mitä kotikunta tarkoittaa",
        "Hei! Mikä se kotikunta oikein on?",
        "mitä tarkoitetaan sanalla kotikunta",
        "selitä kotikunta",
        "kotikunta mitä se tarkoittaa",
        "Mikä on koti kunta Suomessa?",
        "voitko kertoa mitä on kotikunta, kiitos",
    ),
    "sv": (
        "vad är hemkommun",
        "Vad är en hemkommun?",
        "vad betyder kotikunta",
        "Hej, vad menas med hemkommun?",
        "hemkommun vad är det",
        "kan du förklara vad hemkommun är",
    ),
    "en": (
        "what is kotikunta",
        "What's kotikunta?",
        "whats a kotikunta please",
        "what does kotikunta mean",
        "what does the word “kotikunta” mean?",
        "kotikunta meaning",
        "Hello, can you tell me what is kotikunta in Finland?",
        "what mean kotikunta",
        "explain kotikunta",
    ),
    "et": ("mis on kotikunta", "Mida tähendab kotikunta?", "kotikunta mis see on", "Tere, mis asi on kotikunta?"),
    "ru": (
        "что такое kotikunta",
        "Что значит kotikunta?",
        "kotikunta это что",
        "Подскажите, пожалуйста, что означает слово «kotikunta»?",
    ),
    "uk": ("що таке kotikunta", "Що означає kotikunta?", "Добрий день, що це таке kotikunta", "kotikunta це що"),
    "ar": (
        "ما هو kotikunta؟",
        "ما معنى kotikunta",
        "شو يعني kotikunta",
        "ماذا تعني كلمة kotikunta؟",
        "kotikunta يعني ايه",
    ),
    "fa": (
        "kotikunta چیست؟",
        "kotikunta یعنی چه",
        "سلام، kotikunta چیه؟",
        "معنی kotikunta چیست",
        "kotikunta چه معنی دارد",
    ),
    "so": ("waa maxay kotikunta", "kotikunta waa maxay?", "macnaha kotikunta waa maxay", "maxay tahay kotikunta"),
    "tr": ("kotikunta nedir", "kotikunta ne demek?", "Merhaba, kotikunta ne anlama geliyor", "kotikunta'nın anlamı ne"),
    "es": (
        "qué es kotikunta",
        "¿Qué significa kotikunta?",
        "que es el kotikunta",
        "Hola, ¿qué quiere decir kotikunta?",
    ),
    "fr": (
        "qu'est-ce que kotikunta",
        "C'est quoi la kotikunta ?",
        "que veut dire kotikunta",
        "kotikunta c'est quoi",
        "Bonjour, que signifie kotikunta ?",
    ),
    "zh": ("什么是kotikunta", "kotikunta是什么意思？", "请问kotikunta是什么", "kotikunta 什麼意思"),
}


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(TERMS)


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in ASKED.items() for text in texts])
def test_every_language_asks_what_a_word_means(glossary, language, text):
    assert glossary.asked(text) == Asked(HOME, surely=True), language


def test_there_are_ways_in_thirteen_languages():
    assert len(ASKED) == 13
    assert len(ways().around) > 1000
    assert ((), ()) not in ways().around, "a bare word is no question"


@pytest.mark.parametrize(
    "text",
    [
        "miten saan kotikunnan",
        "mikä on kotikunta ja miten sen saan",
        "mikä on kotikuntani osoite",
        "mikä kotikunta minulla on",
        "how do I get a kotikunta",
        "what is the phone number of kela",
        "mitä Kela maksaa",
        "olenko kotikunnan asukas?",
        "mikä on espoo",
        "what is",
        "?",
        "",
        "kotikunta " * LONGEST,
    ],
)
def test_what_asks_for_something_else_is_no_question_about_a_term(glossary, text):
    assert glossary.asked(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kotikunta", Asked(HOME, surely=False)),
        ("Kotikunta!", Asked(HOME, surely=False)),
        ("moi, kotikunta", Asked(HOME, surely=False)),
        ("kotikunta?", Asked(HOME, surely=True)),
        ("hemkommun؟", Asked(HOME, surely=True)),
        ("KOTI-KUNTA？", Asked(HOME, surely=True)),
        ("kela?", Asked(KELA, surely=True)),
        ("Kelasta?", Asked(KELA, surely=False)),
        ("kelakortti?", Asked(CARD, surely=True)),
        ("what is kela card", None),
        ("what is Kela", Asked(KELA, surely=True)),
        ("mikä on kela kortti", Asked(CARD, surely=True)),
        ("vad är FPA", Asked(KELA, surely=True)),
        ("mikä on Kansaneläkelaitos", Asked(KELA, surely=True)),
    ],
)
def test_a_bare_term_only_names_it_unless_its_own_name_has_a_question_mark(glossary, text, expected):
    assert glossary.asked(text) == expected


def test_an_empty_glossary_explains_nothing():
    assert Glossary(()).asked("mikä on kotikunta") is None


def test_ways_are_written_as_messages_are_folded():
    words = {word for left, right in ways().around for word in (*left, *right)}
    assert all(tokens(fold(word)) == [word] for word in words)


@pytest.fixture
def ask(guide, noon):
    """Asks a guide with the glossary, whose matcher decides what the test says."""

    def build(text: str, decision: Decision, *intents: str, ranked: tuple[str, ...] = ()):
        plain = guide(decision, *intents, ranked=ranked)
        catalogue = replace(plain.catalogue, glossary={term.id: term for term in TERMS})
        return Guide(catalogue, plain.matcher, plain.gazetteer).ask(Question(text, "fi", "espoo", noon))

    return build


def test_a_question_about_a_term_is_explained_with_a_way_on(ask):
    found = ask("mikä on kotikunta", Decision.ANSWER, "advice", ranked=("advice", "daycare"))
    assert found.parts == (Explained(HOME, "fi", "advice", ("advice",)),)
    assert (found.kind, found.intents, found.urgent) == ("answer", ("advice",), False)
    assert [(one.intent, one.score) for one in found.candidates] == [("advice", 1.0), ("daycare", 0.5)]


def test_what_the_matcher_found_is_one_tap_away(ask):
    found = ask("mikä on kotikunta", Decision.ANSWER, "daycare", ranked=("daycare",))
    assert found.parts == (Explained(HOME, "fi", "advice", ("advice", "daycare")),)
    assert found.intents == ("advice",)
    found = ask("kotikunta", Decision.CHOICE, "daycare", "draft", "greeting")
    assert found.parts == (Explained(HOME, "fi", "advice", ("advice", "daycare", "draft")),)


def test_a_question_for_the_thing_stays_an_answer(ask):
    for text in ("miten saan kotikunnan", "kotikunta", "kotikunnan?"):
        found = ask(text, Decision.ANSWER, "advice")
        assert [type(part) for part in found.parts] == [Answer], text


def test_a_bare_term_is_explained_when_nothing_answers_it(ask):
    found = ask("kotikunnan", Decision.HANDOFF, "draft", ranked=("draft",))
    assert found.parts == (Explained(HOME, "fi", "advice", ("advice",)),)


def test_a_term_without_an_intent_takes_the_matchers(ask):
    found = ask("mikä on kela", Decision.ANSWER, "advice")
    assert found.parts == (Explained(KELA, "fi", "advice", ("advice",)),)
    found = ask("mikä on kela", Decision.HANDOFF, ranked=("advice",))
    assert found.parts == (Explained(KELA, "fi", None),)
    assert (found.kind, found.intents, found.candidates) == ("answer", (), ())
    found = ask("mikä on kela", Decision.ANSWER, "greeting", ranked=("greeting",))
    assert (found.parts, found.intents, found.candidates) == ((Explained(KELA, "fi", None),), (), ())
    found = ask("mikä on poistunut", Decision.CHOICE, "advice", "draft")
    assert found.parts == (Explained(GONE, "fi", None, ("advice", "draft")),)


def test_urgent_matters_stay_first(ask):
    found = ask("mikä on hätä", Decision.ANSWER, "emergency")
    assert [type(part) for part in found.parts] == [Answer, Explained]
    assert (found.parts[1].options, found.intents, found.urgent) == ((), ("emergency",), True)
    found = ask("mikä on hätä", Decision.CHOICE, "advice", "emergency")
    assert [type(part) for part in found.parts] == [Choice, Explained]
    assert (found.kind, found.intents) == ("choice", ("advice", "emergency"))
    found = ask("mikä on hätä", Decision.HANDOFF)
    assert found.parts == (Explained(URGENT, "fi", "emergency", ("emergency",), urgent=True),)
    assert found.urgent


def test_other_questions_are_left_as_they_are(ask):
    assert ask("xyz", Decision.HANDOFF).parts == (Handoff(),)
