import re
from html import unescape
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.split import split

TAG = re.compile(r"</?[a-z]+[^<>]*>")
TEXT = st.text(st.sampled_from('ab 😀ä\n<&"é‎'), max_size=30)


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


HTML = st.recursive(
    TEXT.map(_escaped),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["b", "i", "u"]), inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
        inner.map(lambda text: f'<a href="https://x.example/?a=1&amp;b=2">{text}</a>'),
        st.lists(inner, max_size=5).map("".join),
    ),
    max_leaves=12,
)


def visible(html):
    return unescape(TAG.sub("", html))


def units(text):
    return len(text.encode("utf-16-le")) // 2


def balanced(html):
    stack = []
    for tag in TAG.findall(html):
        name = re.search(r"[a-z]+", tag)[0]
        if not tag.startswith("</"):
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def shown(text):
    """What a reader sees of it."""
    return "".join(one for one in text if not one.isspace() and category(one) not in {"Cf", "Cc"})


@given(HTML, st.integers(6, 60))
def test_parts_are_well_formed_short_and_lose_nothing(html, limit):
    parts = split(html, limit)
    assert all(balanced(part) for part in parts)
    assert all(units(visible(part)) <= limit for part in parts)
    assert all(shown(visible(part)) for part in parts)
    assert shown("".join(map(visible, parts))) == shown(visible(html))


@given(st.lists(TEXT.filter(str.strip).map(lambda text: _escaped("x" + text + "x")), min_size=1))
def test_joined_parts_are_the_whole_text(words):
    html = "<b>" + " ".join(words) + "</b>"
    assert "".join(map(visible, split(html, 40))) == visible(html)


def test_short_text_stays_whole():
    assert split("<b>Title</b>\n\ntext") == ["<b>Title</b>\n\ntext"]
    assert split("") == []


def test_paragraphs_before_lines_before_words():
    assert split("aa bb\n\ncc dd\nee", 12) == ["aa bb\n\n", "cc dd\nee"]
    assert split("aa bb\ncc dd ee", 12) == ["aa bb\n", "cc dd ee"]
    assert split("aa bb cc", 6) == ["aa bb ", "cc"]
    assert split("aaaabbbb", 4) == ["aaaa", "bbbb"]
    assert split("aaa \nbb cc", 4) == ["aaa ", "\nbb ", "cc"]


def test_open_tags_are_closed_and_opened_again():
    html = '<b>one <a href="https://x.example">two three</a></b> four'
    assert split(html, 8) == [
        '<b>one <a href="https://x.example">two </a></b>',
        '<b><a href="https://x.example">three</a></b> ',
        "four",
    ]


def test_a_cut_beside_a_tag_leaves_no_empty_element():
    assert split("<b>aaaa</b><i>bbbb</i>", 4) == ["<b>aaaa</b>", "<i>bbbb</i>"]
    assert split("aa<b></b>bb", 2) == ["aa", "bb"]


def test_utf16_units_and_entities_count():
    assert split("😀😀😀", 4) == ["😀😀", "😀"]
    assert split("a&amp;&amp;", 6) == ["a&amp;", "&amp;"]


@pytest.mark.parametrize("length", [4096, 4097, 20_000])
def test_telegrams_limit(length):
    parts = split("<b>" + "sana " * (length // 5) + "</b>")
    assert len(parts) == -(-(length // 5 * 5) // 4095)
    assert all(units(visible(part)) <= 4096 for part in parts)
