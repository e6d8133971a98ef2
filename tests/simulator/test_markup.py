import pytest

from bot.simulator.entities import detect, tidy, to_html
from bot.simulator.errors import ApiError
from bot.simulator.links import checked_link
from bot.simulator.markdown import parse_markdown
from bot.simulator.markup import parse_html


def shown(text, entities):
    return text, [tuple(value for key, value in sorted(entity.items())) for entity in entities]


def test_tags_become_entities_with_utf16_offsets():
    text, entities = parse_html(
        '<b>bold <i>both</i></b> &lt;x&gt; 😀<a href="https://e.com/a?b=1&amp;c=2">link</a> <code>c</code>'
    )
    assert text == "bold both <x> 😀link c"
    assert entities == [
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "italic", "offset": 5, "length": 4},
        {"type": "text_link", "offset": 16, "length": 4, "url": "https://e.com/a?b=1&c=2"},
        {"type": "code", "offset": 21, "length": 1},
    ]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<STRONG>x</STRONG>", "bold"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
    ],
)
def test_every_allowed_tag(source, kind):
    assert parse_html(source) == ("x", [{"type": kind, "offset": 0, "length": 1}])


def test_code_in_pre_gives_the_language():
    _, entities = parse_html('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_a_user_link_is_a_mention_and_an_emoji_has_its_number():
    _, entities = parse_html('<a href="tg://user?id=42">u</a><tg-emoji emoji-id="5368">👍</tg-emoji>')
    assert [entity["type"] for entity in entities] == ["text_mention", "custom_emoji"]
    assert entities[0]["user"]["id"] == 42
    assert entities[1]["length"] == 2


@pytest.mark.parametrize("link", ["tel:+358931010023", "mailto:a@hel.fi", "nowhere", "http://localhost/x", "/start"])
def test_a_link_telegram_does_not_take_becomes_plain_text(link):
    assert parse_html(f'<a href="{link}">call</a>') == ("call", [])


def test_unknown_named_references_stay_as_written():
    assert parse_html("a&nbsp;b &#8364; &#x20AC; &copy; & &amp;lt;")[0] == "a&nbsp;b € € &copy; & &lt;"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ä<x>y</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("1 < 2 > 1", 'Unsupported start tag "" at byte offset 2'),
        ("<3", "Unclosed start tag at byte offset 0"),
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>t</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<span>y</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="a">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_malformed_html_is_refused_with_telegrams_words(source, reason):
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_markdown_v2():
    text, entities = parse_markdown("*bold _it_* __u__ ~s~ ||sp|| [l](https://e.com/a\\)b) `c\\`d` 1\\.5")
    assert text == "bold it u s sp l c`d 1.5"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 0, 7),
        ("italic", 5, 2),
        ("underline", 8, 1),
        ("strikethrough", 10, 1),
        ("spoiler", 12, 2),
        ("text_link", 15, 1),
        ("code", 17, 3),
    ]
    assert entities[5]["url"] == "https://e.com/a)b"


def test_markdown_v2_pre_and_quote():
    text, entities = parse_markdown("```py\nprint(1)\n```\n>quoted\n>more\nafter")
    assert text == "print(1)\n\nquoted\nmore\nafter"
    assert entities == [
        {"type": "pre", "offset": 0, "length": 9, "language": "py"},
        {"type": "blockquote", "offset": 10, "length": 11},
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("v1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("ä*open", "Can't find end of Bold entity at byte offset 2"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
    ],
)
def test_malformed_markdown_is_refused(source, reason):
    with pytest.raises(ApiError, match="can't parse entities") as refusal:
        parse_markdown(source)
    assert refusal.value.description.endswith(reason)


def test_text_is_trimmed_and_entities_move_along():
    text, entities = parse_html("\n  <b>hi</b> there <i> </i>\n")
    assert tidy(text, entities) == ("hi there", [{"type": "bold", "offset": 0, "length": 2}])
    assert tidy("\ta\nb\t ", []) == ("a\nb", [])
    assert tidy("  hi  ", [{"type": "bold", "offset": 0, "length": 6}]) == (
        "  hi",
        [{"type": "bold", "offset": 0, "length": 4}],
    )


def test_telegram_finds_links_commands_and_phone_numbers_by_itself():
    text = "😀 /start@neuvoja_bot #apua https://hel.fi/a. hel.fi, a.b@hel.fi +358 9 310 10023 @kela_fi"
    assert [
        (e["type"], text.encode("utf-16-le")[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in detect(text, [])
    ] == [
        ("bot_command", "/start@neuvoja_bot"),
        ("hashtag", "#apua"),
        ("url", "https://hel.fi/a"),
        ("url", "hel.fi"),
        ("email", "a.b@hel.fi"),
        ("phone_number", "+358 9 310 10023"),
        ("mention", "@kela_fi"),
    ]
    code = [{"type": "code", "offset": 0, "length": len(text) + 1}]
    assert detect(text, code) == code


@pytest.mark.parametrize(
    "source",
    [
        "a &lt;b&gt; &amp; <b>bold <i>both</i></b> 😀 <u>u</u>",
        '<a href="https://e.com/?a=1&amp;b=2">l</a> <code>c</code>',
        '<blockquote expandable>q <b>b</b></blockquote><pre><code class="language-py">x</code></pre>',
    ],
)
def test_text_and_entities_turn_back_into_the_same_html(source):
    assert to_html(*parse_html(source)) == source


@pytest.mark.parametrize(
    ("link", "stored"),
    [
        ("https://HEL.fi", "https://hel.fi/"),
        ("hel.fi/a?b#c", "http://hel.fi/a?b#c"),
        ("https://hel.fi:8443?x", "https://hel.fi:8443/?x"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("https://194.100.1.1/x", "https://194.100.1.1/x"),
    ],
)
def test_links_as_telegram_stores_them(link, stored):
    assert checked_link(link) == stored


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("", "URL host is empty"),
        ("ftp://hel.fi", "Unsupported URL protocol"),
        ("not-a-url", "Wrong HTTP URL"),
        ("https://hel fi.fi/", "Wrong HTTP URL"),
        ("https://hel.fi:99999999/", "Wrong port number specified in the URL"),
    ],
)
def test_links_that_are_refused(link, reason):
    with pytest.raises(ValueError, match=reason):
        checked_link(link)
