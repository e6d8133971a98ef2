"""Concepts and their words: read, and checked for what the matcher could not use or would misread."""

import pytest

LANGUAGES = "intents/languages.yaml"
DAYCARE = "intents/education/daycare-application"
CONCEPTS = "intents/lexicon/concepts.yaml"
FI, RU, SV, EN = (f"intents/lexicon/{language}.yaml" for language in ("fi", "ru", "sv", "en"))
SOUND = "child: [lapsi, lapse*]\ndaycare: [päiväkot*, päivä hoito]\nget: [saada]\n"


@pytest.fixture
def lexicon(data):
    """Three concepts; Finnish words for all, in a catalogue of one language."""
    data.write(CONCEPTS, "people:\n  - child\nservices:\n  - daycare\n  - get\n")
    data.write(FI, SOUND)
    data.write(SV, "child: [barn]\ndaycare: [dagis*]\nget: [erhålla]\n")
    data.write(EN, "child: [child*, kid]\ndaycare: [day care, nursery]\nget: [obtain*]\n")
    data.write(RU, "child: [дети]\ndaycare: [детский сад*, садик*]\nget: [взя*]\n")
    return data


def test_the_lexicon_becomes_domain_values(lexicon):
    before = lexicon.load()
    assert before.problems == ()
    found = before.catalogue.lexicon
    assert found.concepts == {"child": "people", "daycare": "services", "get": "services"}
    assert list(found.entries) == ["en", "fi", "ru", "sv"]
    assert found.entries["fi"] == {
        "child": ("lapsi", "lapse*"),
        "daycare": ("päiväkot*", "päivä hoito"),
        "get": ("saada",),
    }
    lexicon.change(FI, "lapsi", "lapsonen")
    assert lexicon.load().hash != before.hash


def test_a_catalogue_without_a_lexicon_has_an_empty_one(data):
    found = data.load().catalogue.lexicon
    assert (found.concepts, found.entries) == ({}, {})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("child:", "chidl:", ":1: error: there is no concept `chidl`; did you mean `child`?"),
        ("saada", "sa*da", ":3: error: `sa*da` under `get` has a `*` inside; write `*` at the end"),
        ("saada", "'- …'", ":3: error: `- …` under `get` has no letter or digit; write a word, or take it out"),
        ("saada", "'*'", ":3: error: `*` under `get` has no letter or digit; "),
        ("saada", "''", ":3: error: `get` entry 1 is empty; write the text, or take the key out"),
        ("saada", "112", ':3: error: `get` entry 1: expected a text, found the number `112`; put it in quotes: "112"'),
        ("saada", "sä*", ":3: error: `sä*` under `get` begins too many words; write at least 3 letters"),
        ("[lapsi, ", "[lapsi, lapsi, ", ":1: warning: `lapsi` stands twice under `child`; keep one"),
        (
            "[lapsi, ",
            "[lapsi, Lapsi, ",
            ":1: warning: entries that are read like another of their concept: 1, such as `Lapsi` under `child`; ",
        ),
        ("get: [saada]\n", "get:\n", ":1: warning: no words for 1 of 3 concepts: get; write what residents say"),
        ("get: [saada]\n", "", ":1: warning: no words for 1 of 3 concepts: get; write what residents say"),
        ("saada]", "saada]\nget: [saa]", ":4: error: the key `get` stands here and on line 3; keep one of the two"),
    ],
)
def test_one_slip_in_a_language(lexicon, old, new, expected):
    lexicon.change(FI, old, new)
    assert lexicon.problems()[0].startswith(FI + expected), "\n".join(lexicon.problems())


@pytest.mark.parametrize(("stem", "sound"), [("по*", True), ("п*", False), ("по-д*", True)])
def test_a_short_stem_is_shorter_where_letters_say_more(lexicon, stem, sound):
    lexicon.change(RU, "взя*", stem)
    assert ("begins too many words" in "".join(lexicon.problems())) is not sound


def test_every_concept_stands_once(lexicon):
    lexicon.change(CONCEPTS, "  - get\n", "  - get\n  - child\n")
    assert lexicon.only() == f"{CONCEPTS}:6: error: the concept `child` is also on line 2; keep one of the two"


def test_words_without_a_list_of_concepts(lexicon):
    lexicon.remove(CONCEPTS)
    assert lexicon.only().startswith(f"{CONCEPTS}:1: error: the file is missing; ")


def test_words_of_a_language_nobody_knows_and_of_a_known_one_that_are_missing(lexicon):
    (lexicon.root / SV).rename(lexicon.root / "intents/lexicon/de.yaml")
    assert [line.split(";")[0] for line in lexicon.problems()] == [
        f"{LANGUAGES}:2: warning: the lexicon has no words of `sv`",
        "intents/lexicon/de.yaml:1: error: the language `de` is not in languages.yaml",
    ]
    (lexicon.root / "intents/lexicon/de.yaml").rename(lexicon.root / "intents/lexicon/svenska.yaml")
    assert "intents/lexicon/svenska.yaml:1: error: `svenska` is no language code" in lexicon.problems()[1]


def test_an_entry_under_more_than_three_concepts(lexicon):
    lexicon.change(CONCEPTS, "  - get\n", "  - get\n  - a\n  - b\n")
    for name in (FI, SV, EN, RU):
        more = "a: [hakea, eka]\nb: [hakea]\n" if name == FI else "a: [alfa]\nb: [beeta]\n"
        lexicon.write(name, (lexicon.root / name).read_text(encoding="utf-8") + more)
    lexicon.change(FI, "[saada]", "[saada, hakea]")
    assert lexicon.problems() == []
    lexicon.change(FI, "päivä hoito", "päivä hoito, Hakea")
    assert lexicon.only() == (
        f"{FI}:5: warning: `hakea` stands under 4 concepts: daycare, get, a, b; keep it under at most 3"
    )


def test_a_stem_that_begins_small_words(lexicon):
    lexicon.change(FI, "saada", "mit*")
    assert lexicon.problems()[0].startswith(
        f"{FI}:3: warning: the stem `mit*` under `get` also begins the small word `mi"
    )
    lexicon.change(SV, "erhålla", "erhålla, vad")
    assert lexicon.problems() == [], "what is a small word in another language too is meant so"


def test_a_stem_whose_uses_belong_to_another_concept(lexicon):
    lexicon.change(FI, "saada", "päivä*")
    taken = f"{FI}:3: warning: the stem `päivä*` under `get` mostly begins words of `daycare` (paivakotipaikan)"
    assert lexicon.only().startswith(taken)


def test_concepts_that_share_words_in_another_language_too_may_share_them(lexicon):
    lexicon.change(FI, "saada", "päivä*")
    lexicon.change(SV, "erhålla", "dagi*")
    assert lexicon.problems() == []


def test_a_stem_with_an_exact_word_of_its_own_is_meant_so(lexicon):
    lexicon.change(FI, "saada", "päivä*, päiväkotipaikan")
    assert "`päivä*`" not in lexicon.only()


def test_a_common_chinese_character(lexicon):
    lexicon.change(LANGUAGES, "ru: {name: Русский, direction: ltr, tier: offered}\n", "")
    lexicon.write(LANGUAGES, (lexicon.root / LANGUAGES).read_text(encoding="utf-8") + CHINESE)
    lexicon.remove(RU)
    lexicon.write("intents/lexicon/zh.yaml", "child: [娃, 孩子]\ndaycare: [托儿所]\nget: [我]\n")
    examples = [f"我的孩子怎么申请日托名额{n}" for n in range(22)] + ["娃上幼儿园", "托儿所排队"]
    lexicon.write(f"{DAYCARE}/zh.yaml", "examples:\n" + "".join(f"  - {example}\n" for example in examples))
    assert lexicon.only().startswith(
        "intents/lexicon/zh.yaml:3: warning: `我` under `get` stands in 92 per cent of all examples; "
    )


CHINESE = "zh: {name: 中文, direction: ltr, tier: understood}\n"
