import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.features import BLOCK_SHIFT, BLOCKS, CHARS, PAIRS, WORDS, features, word_hashes, words_of


def block(text: str, number: int) -> set[int]:
    hashes = features(words_of(text)).hashes
    return set(hashes[hashes >> BLOCK_SHIFT == number].tolist())


def test_words_do_not_depend_on_their_place() -> None:
    assert (
        block("school place", WORDS) == block("place school", WORDS) == set(word_hashes(["school", "place"]).tolist())
    )
    assert block("school", WORDS) != block("schools", WORDS)


def test_pairs_have_no_order_and_bigrams_do() -> None:
    assert block("school place", PAIRS) == block("place school", PAIRS)
    assert block("school place", 1) != block("place school", 1)
    assert len(block("a b c d", PAIRS)) == 6


def test_character_grams_stay_inside_words() -> None:
    # " ab " gives " a" "ab" "b ", " ab" "ab ", " ab ".
    assert len(block("ab", CHARS)) == 6
    assert block("ab cd", CHARS) == block("ab", CHARS) | block("cd", CHARS)


def test_repeated_features_are_counted() -> None:
    message = features(["kela", "kela", "kela"])
    row = int(np.searchsorted(message.hashes, word_hashes(["kela"])[0]))
    assert message.counts[row] == 3


def test_nothing_has_no_features() -> None:
    assert len(features([]).hashes) == 0
    assert len(word_hashes([])) == 0


@given(st.text(max_size=3000))
def test_hashes_are_sorted_and_different(text: str) -> None:
    message = features(words_of(text))
    assert (message.hashes[1:] > message.hashes[:-1]).all()
    assert (message.hashes >> BLOCK_SHIFT < BLOCKS).all()
    assert (message.counts >= 1).all()
