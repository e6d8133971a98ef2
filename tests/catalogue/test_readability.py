"""Plain language: long sentences, long words and words of offices are warned of, with the plain word."""

import pytest

from bot.catalogue.rules.readability import LONG_WORD, MOST_LONG, PLAIN

FOLDER = "intents/education/daycare-application"
PART = "knowledge/cities/espoo/intents/daycare-application.yaml"


def answer(data, language: str, old: str, new: str) -> str:
    """Changes the answer and returns what `check` says first."""
    data.change(f"{FOLDER}/{language}.yaml", old, new)
    return data.only()


def test_sound_texts_are_not_warned_of(data):
    assert data.problems() == []


def test_a_long_sentence_is_named(data):
    long = "Apply. " + "Apply " + "and apply " * 10 + "well before it."
    assert answer(data, "en", "Apply well before the care begins.", long) == (
        f"{FOLDER}/en.yaml:2: warning: a sentence of 24 words: "
        "`Apply and apply and apply and apply and apply and apply and…`; cut it in two: at most 22, better 12"
    )


def test_a_sentence_of_the_longest_kind_passes(data):
    data.change(f"{FOLDER}/en.yaml", "Apply well before", "Please apply in good time, as early as you can, well before")
    assert data.problems() == []


def test_sentences_that_are_long_on_average(data):
    old = "Täytä hakemus."
    sentence = "Täytä hakemus ajoissa kotona ja kerro siinä lapsen nimi ja päivä jona hoidon on tarkoitus alkaa."
    for code in ("sv", "en"):
        data.change(f"{FOLDER}/{code}.yaml", "steps:\n", "steps:\n  - Ok.\n")
    data.change(f"{FOLDER}/fi.yaml", old, f"{sentence}\n  - {sentence}")
    assert data.only() == (
        f"{FOLDER}/fi.yaml:4: warning: the sentences of the fi steps have 16.0 words each; "
        "cut the longest: `Täytä hakemus ajoissa kotona ja kerro siinä lapsen nimi ja …`; at most 14 on average"
    )


def test_too_many_long_words(data):
    old = "Jos saat työpaikan nopeasti, kerro siitä kunnalle heti."
    words = "perhepäivähoitopaikka, varhaiskasvatushakemus, asiakasmaksupäätös, palveluseteliarvo, toimipaikkaluettelo."
    words = f"Mieti näitä, {words[:-1]}."
    assert answer(data, "fi", old, words).startswith(
        f"{FOLDER}/fi.yaml:2: warning: 7 of 40 words in the fi answer have 14 letters or more; "
        "use shorter words or say it in several, at most 16%: varhaiskasvatushakemus, perhepäivähoitopaikka, "
    )


def test_names_and_hyphens_make_no_long_word(data):
    old = "If you find a job quickly, tell the city at once."
    data.change(f"{FOLDER}/en.yaml", old, "Ask the Suomenlahti Kauppakeskus Sellonkirjasto Leppävaarantori desk first.")
    assert data.problems() == []
    data.change(f"{FOLDER}/en.yaml", "desk first", "drop-in-and-ask-us-anything desk first")
    assert data.problems() == []


@pytest.mark.parametrize(
    ("language", "old", "new", "told"),
    [
        ("fi", "Jos saat", "Mikäli saat", "`Mikäli` is office language; write: jos"),
        ("fi", "Hae paikkaa", "Sinun on haettava paikkaa", "`on haettava` is office language; write: pitää"),
        ("fi", "Hae paikkaa", "Toimita hakemus", "`Toimita` is office language; write: lähetä, vie"),
        ("sv", "Sök platsen", "Sök platsen samt vården", "`samt` is office language; write: och"),
        ("sv", "Om du", "Med anledning av att du", "`Med anledning av` is office language; write: på grund av"),
        ("en", "Apply well before", "Apply prior to", "`prior to` is office language; write: before"),
        ("en", "Apply well", "Submit it well", "`Submit` is office language; write: send, hand in"),
    ],
)
def test_a_word_of_offices_comes_with_the_plain_one(data, language, old, new, told):
    assert answer(data, language, old, new) == f"{FOLDER}/{language}.yaml:2: warning: {told}"


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fi", "Hae paikkaa", "Lapsella on mukava päivä ja hänellä on oma valmistava ryhmä. Hae paikkaa"),
        ("sv", "Sök platsen", "Efter samtalet: sök platsen"),
        ("en", "Apply well", "The provider has a shallow pool. Apply well"),
    ],
)
def test_words_that_only_look_alike(data, language, old, new):
    data.change(f"{FOLDER}/{language}.yaml", old, new)
    data.change(f"{FOLDER}/{language}.yaml", "answer: ", "answer: >-\n  ")
    assert data.problems() == []


def test_city_parts_and_dated_texts_are_read_too(data):
    data.change(PART, "You apply", "You purchase")
    assert data.only() == f"{PART}:9: warning: `purchase` is office language; write: buy"
    data.change(PART, "You purchase", "You apply")
    path = f"{FOLDER}/en.yaml"
    for code in ("fi", "sv", "en"):
        text = (data.root / f"{FOLDER}/{code}.yaml").read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("answer: "))
        dated = f"dated:\n  - valid_from: 2027-01-01\n    {old}\n"
        data.change(f"{FOLDER}/{code}.yaml", "examples:\n", f"{dated}examples:\n")
    assert data.problems() == []
    text = (data.root / path).read_text(encoding="utf-8")
    head, _, tail = text.rpartition("Apply well")
    data.write(path, f"{head}Kindly submit it well{tail}")
    assert data.only() == f"{path}:7: warning: `submit` is office language; write: send, hand in"


def test_other_languages_and_examples_are_left_alone(data):
    data.change(f"{FOLDER}/fi.yaml", "vaihtoehto 3", "vaihtoehto 3 mikäli")
    assert data.problems() == []


def test_every_measured_language_has_all_its_numbers():
    assert set(LONG_WORD) == set(MOST_LONG) == set(PLAIN) == {"fi", "sv", "en"}
    assert all(set(shares) == {"answer", "steps", "text"} for shares in MOST_LONG.values())
