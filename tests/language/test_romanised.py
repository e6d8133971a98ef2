import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import fold, tokens
from bot.language.romanised import LANGUAGES, STYLES, RomanisedIndex, forward, han_runs, words_of
from bot.language.romanised.pinyin import split
from bot.language.romanised.skeleton import latin_skeletons, native_skeleton

TABLE = Path(__file__).with_name("romanised.tsv").read_text(encoding="utf-8")
MESSAGES = list(csv.DictReader(TABLE.splitlines(), delimiter="\t"))
NATIVE_LETTER = re.compile(r"[\u0400-\u04ff\u0620-\u064a\u0671-\u06d3\u4e00-\u9fff]")
STAY = ("kotikunta", "omakanta", "kela", "women", "maistraatti")


def pairs(language: str) -> list[tuple[str, str]]:
    return [(row["latin"], row["native"]) for row in MESSAGES if row["language"] == language]


def known(language: str) -> Counter[str]:
    texts = [fold(native) for _, native in pairs(language)]
    return han_runs(texts) if language == "zh" else Counter(word for text in texts for word in tokens(text))


@pytest.fixture(scope="module")
def index() -> RomanisedIndex:
    return RomanisedIndex.of({language: known(language) for language in LANGUAGES}, STAY)


def recovered(index: RomanisedIndex, language: str, typed: list[tuple[str, str]]) -> float:
    found = wanted = 0
    for latin, native in typed:
        words = Counter(tokens(fold(native)))
        found += (words & Counter(index.native(words_of(latin, language), language))).total()
        wanted += words.total()
    return found / wanted


@pytest.mark.parametrize(("language", "least"), [("ru", 0.97), ("uk", 0.97), ("ar", 0.86), ("fa", 0.92), ("zh", 0.97)])
def test_messages_as_people_type_them(index: RomanisedIndex, language: str, least: float) -> None:
    assert len(pairs(language)) == 40
    assert recovered(index, language, pairs(language)) >= least


@pytest.mark.parametrize(("language", "least"), [("ru", 0.93), ("uk", 0.91), ("ar", 0.87), ("fa", 0.91), ("zh", 0.97)])
def test_every_style_is_read_back(index: RomanisedIndex, language: str, least: float) -> None:
    for style in STYLES:
        typed = [(forward(native, language, style), native) for _, native in pairs(language)]
        assert not any(NATIVE_LETTER.search(latin) for latin, _ in typed), style
        assert recovered(index, language, typed) >= least, style


@pytest.mark.parametrize(
    ("language", "typed", "native"),
    [
        ("ru", "razreshenie razreshenije razreshenye", "разрешение разрешение разрешение"),
        ("ru", "zhena jena žena", "жена жена жена"),
        ("ru", "xochu hochu ho4u khochu", "хочу хочу хочу хочу"),
        ("ru", "shkola wkola škola schkola", "школа школа школа школа"),
        ("ru", "rabotta rabbota rabata", "работа работа работа"),
        ("uk", "shcho scho", "що що"),
        ("uk", "sim'ya simja simia", "сімя сімя сімя"),
        ("ar", "2ajar ajar el-ajar al ajar", "الاجار الاجار الاجار الاجار"),
        ("ar", "madrase madrasa al-madrasa bel madrase", "المدرسه المدرسه المدرسه بالمدرسه"),
        ("ar", "7amil hamel", "حامل حامل"),
        ("ar", "5idma khedma", "خدمه خدمه"),
        ("fa", "khane khaneh xane", "خانه خانه خانه"),
        ("fa", "eghamat eqamat", "اقامت اقامت"),
        ("fa", "mikhaham mi khaham", "میخواهم میخواهم"),
        ("fa", "bacheha bache ha", "بچهها بچهها"),
        ("zh", "shenqing juliu xuke", "申 请 居 留 许 可"),
        ("zh", "shen qing ju liu xu ke", "申 请 居 留 许 可"),
        ("zh", "shenqingjuliuxuke", "申 请 居 留 许 可"),
        ("zh", "lv shi lǜshi lüshi", "律 师 律 师 律 师"),
        ("zh", "women", "我 们"),
    ],
)
def test_spellings_of_one_word(language: str, typed: str, native: str) -> None:
    words = {
        "ru": ("разрешение", "жена", "хочу", "школа", "работа", "вода"),
        "uk": ("що", "сімя", "сума"),
        "ar": ("الاجار", "المدرسه", "بالمدرسه", "حامل", "خدمه"),
        "fa": ("خانه", "اقامت", "میخواهم", "بچهها"),
        "zh": ("申请", "居留", "许可", "神", "青", "律师", "我们", "我", "们"),
    }
    index = RomanisedIndex.of({code: dict.fromkeys(found, 5) for code, found in words.items()}, STAY)
    assert " ".join(index.native(words_of(typed, language), language)) == native


def test_finnish_terms_stay(index: RomanisedIndex) -> None:
    for language in ("ru", "uk", "ar", "fa"):
        assert index.native(["maistraatti", "112"], language) == ["maistraatti", "112"]
    assert index.native(["helsinki", "vantaa"], "zh") == ["helsinki", "vantaa"]
    assert RomanisedIndex.of({"zh": {"kela": 9, "卡": 1}}, STAY).native(["kela", "ka"], "zh") == ["kela", "卡"]


def test_an_unknown_russian_word_is_spelt_by_its_letters(index: RomanisedIndex) -> None:
    assert index.native(["podlodka"], "ru") == ["подлодка"]
    assert index.native(["zyuganovshchina"], "ru") == ["зюгановщина"]
    assert index.native(["xqzzk"], "fa") == ["xqzzk"]


def test_an_index_without_words_reads_nothing() -> None:
    index = RomanisedIndex.of({})
    assert index.native(["safar", "khane"], "ar") == ["safar", "khane"]
    assert index.native(["ni", "hao"], "zh") == ["ni", "hao"]
    assert index.native([], "zh") == []


def test_arrays_hold_the_whole_index(index: RomanisedIndex, tmp_path: Path) -> None:
    for name, array in index.arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {path.stem: np.load(path, mmap_mode="r") for path in tmp_path.iterdir()}
    again = RomanisedIndex.from_arrays(mapped)
    for row in MESSAGES:
        words = words_of(row["latin"], row["language"])
        assert again.native(words, row["language"]) == index.native(words, row["language"])


@pytest.mark.parametrize(
    ("language", "text", "style", "latin"),
    [
        ("ru", "Что мне делать, если вещи украли?", 0, "chto mne delat, esli veshchi ukrali?".replace("shch", "sch")),
        ("uk", "Що таке сім'я?", 0, "shcho take simya?"),
        ("fa", "سلام من میخوام", 0, "salam man mikham"),
        ("ar", "عندي كيف", 0, "3endi kif"),
        ("zh", "我要申请居留许可。", 1, "wo yao shen qing ju liu xu ke ."),
        ("zh", "怎么申请Kela补助", 2, "zenmeshenqing kela buzhu"),
    ],
)
def test_forward(language: str, text: str, style: int, latin: str) -> None:
    assert forward(text, language, style) == latin
    assert forward(text, language, style) == forward(text, language, style)


def test_styles_differ() -> None:
    text = "хочу получить разрешение, жена ещё в школе, что дальше"
    assert len({forward(text, "ru", style) for style in STYLES}) >= len(STYLES) // 2


def test_forward_refuses_a_language_without_a_table() -> None:
    with pytest.raises(ValueError, match="'fi'"):
        forward("hei", "fi")


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("shenqing", {("shen", "qing")}),
        ("fangan", {("fang", "an"), ("fan", "gan")}),
        ("xian", {("xian",)}),
        ("lv", {("lu",)}),
        ("kotikunta", set()),
        ("", set()),
    ],
)
def test_pinyin_falls_into_syllables(word: str, ways: set[tuple[str, ...]]) -> None:
    assert set(split(word)) == ways


@given(st.sampled_from(["ru", "uk", "ar", "fa"]), st.text(max_size=30))
def test_skeletons_have_a_place_for_vowels_round_each_consonant(language: str, word: str) -> None:
    for skeleton in (native_skeleton(fold(word), language), *latin_skeletons(fold(word), language)):
        assert len(skeleton.vowels) == len(skeleton.key) + 1


@given(st.sampled_from(LANGUAGES), st.text())
def test_any_message_can_be_read(index: RomanisedIndex, language: str, text: str) -> None:
    read = index.native(words_of(text, language), language)
    assert all(read)
    assert isinstance(forward(text, language, 3), str)
