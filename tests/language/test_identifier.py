import numpy as np
import pytest

from bot.language import Identifier
from bot.language.samples import OTHER, OWN, samples
from bot.language.training import train

ALL = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "tr", "es", "fr", "zh")

# Questions that a catalogue could have as examples; the term `kotikunta` is in all of them.
EXAMPLES = [
    ("fi", "Miten haen kotikunta lapselleni?"),
    ("sv", "Hur får jag kotikunta här?"),
    ("en", "How do I get a kotikunta here?"),
    ("et", "Kuidas ma saan kotikunta siin?"),
    ("so", "Sideen ku helaa kotikunta halkan?"),
    ("tr", "Burada kotikunta nasıl alırım?"),
    ("es", "¿Cómo consigo kotikunta aquí?"),
    ("fr", "Comment obtenir kotikunta ici ?"),
    ("ru", "Как получить kotikunta в Хельсинки?"),
    ("uk", "Як отримати kotikunta у Гельсінкі?"),
    ("zh", "怎么申请kotikunta登记?"),
]


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return train(EXAMPLES)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "gde mozhno poluchit pomoshch s pismom"),
        ("uk", "de mozhna otrymaty dopomohu z lystom"),
        ("ar", "wen fini 3ayez doktor ana marid"),
        ("fa", "man bayad doctor beram koja mitoonam"),
        ("zh", "wo xuyao kan yisheng zenme ban"),
    ],
)
def test_romanised_messages_have_the_language_they_are_in(identifier: Identifier, language: str, text: str) -> None:
    found = identifier.detect(text, ALL, language)
    assert (found.language, found.romanised) == (language, True)


def test_native_script_is_not_romanised(identifier: Identifier) -> None:
    assert identifier.detect("Где получить помощь с письмом?", ALL).romanised is False
    assert identifier.detect("Where do I get help with a letter?", ALL).romanised is False


def test_a_term_of_all_languages_tells_nothing(identifier: Identifier) -> None:
    assert identifier.detect("kotikunta", ALL).language is None
    assert identifier.detect("kotikunta", ALL, "tr").language == "tr"
    assert identifier.detect("I need kotikunta please", ALL).language == "en"
    assert identifier.detect("necesito kotikunta por favor", ALL).language == "es"


def test_one_official_term_is_finnish_when_it_looks_it_and_nobody_knows_better() -> None:
    term = "toimeentulotukihakemus"
    taught = train([*EXAMPLES, *((language, term) for language in ("fi", "sv", "en", "et", "so", "tr"))])
    found = taught.detect(term, ALL)
    assert (found.language, found.confidence) == ("fi", 0.6)
    assert taught.detect(term, ALL, "tr").language == "tr"
    assert taught.detect(term, ("sv", "en")).language is None


def test_the_prior_decides_what_is_open_and_no_more(identifier: Identifier) -> None:
    assert identifier.detect("hei", ALL, "fi").language == "fi"
    assert identifier.detect("Var kan jag få hjälp med brevet?", ALL, "fi").language == "sv"
    assert identifier.detect("Var kan jag få hjälp med brevet?", ALL, "xx").language == "sv"
    plain = identifier.detect("где паспорт", ALL).confidence
    assert identifier.detect("где паспорт", ALL, "ru").confidence > plain


def test_a_language_that_is_not_asked_for_is_refused(identifier: Identifier) -> None:
    text = "Kuidas ma saan lapsele lasteaiakoha?"
    assert identifier.detect(text, ALL).language == "et"
    assert identifier.detect(text, ("fi", "sv", "en")).language is None
    assert identifier.detect("Wo bekomme ich Hilfe mit dem Brief?", (*ALL, "de")).language == "de"


def test_letters_of_neighbours(identifier: Identifier) -> None:
    assert identifier.detect("Дзе ў вас можна атрымаць дапамогу з лістом?", ALL).language is None
    assert identifier.detect("Где вы живёте и ещё вопрос", ("uk", "ru")).language == "ru"
    assert identifier.detect("їжа є", ("uk", "ru")).language == "uk"
    assert identifier.detect("مجھے ڈاکٹر سے ملنا ہے", ALL).language is None


def test_arrays_are_the_whole_of_it(identifier: Identifier) -> None:
    arrays = identifier.arrays()
    again = Identifier.from_arrays({name: np.array(array) for name, array in arrays.items()})
    for text in ("Miten haen asuntoa?", "où trouver un logement", "wo yao kan yisheng", "где", "من کجا"):
        assert again.detect(text, ALL) == identifier.detect(text, ALL)
    assert again.languages == identifier.languages
    assert sum(array.nbytes for array in arrays.values()) < 8_000_000


def test_training_is_repeatable() -> None:
    first, second = train(EXAMPLES).arrays(), train(EXAMPLES).arrays()
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_examples_teach_words() -> None:
    text = "blorkan zivvet"
    assert train(()).detect(text, ALL, None).language != "so"
    taught = train(
        [("so", f"blorkan zivvet {word}") for word in ("waan", "ku", "iyo", "halkan", "sideen", "ma", "waa")]
    )
    assert taught.detect(text, ALL, None).language == "so"


def test_sentences_of_other_languages_that_were_not_trained_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = samples
    half = usual(OTHER)[::2]
    monkeypatch.setattr("bot.language.training.samples", lambda name: half if name == OTHER else usual(name))
    identifier = train(())
    rows = usual(OTHER)[1::2]
    passed = [row for row in rows if identifier.detect(row[1], ALL).language]
    assert len(passed) < len(rows) * 0.1, passed


def test_sentences_are_well_formed() -> None:
    for name in (OWN, OTHER):
        rows = samples(name)
        assert len(set(rows)) == len(rows)
        assert all(language and text == text.strip() for language, text in rows)
    assert {language for language, _ in samples(OWN)} == set(ALL)
    assert not {language for language, _ in samples(OTHER)} & set(ALL)
