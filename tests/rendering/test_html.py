from bot.rendering.html import bold, escape, isolate, link, ltr, mark, right, safe, without_bidi


def test_everything_is_escaped():
    assert escape('<b> & "x"') == "&lt;b&gt; &amp; &quot;x&quot;"
    assert bold("<b>") == "<b>&lt;b&gt;</b>"
    assert link('https://x.example/?a=1&b="2"', "<x>") == (
        '<a href="https://x.example/?a=1&amp;b=&quot;2&quot;">&lt;x&gt;</a>'
    )


def test_interface_texts_are_escaped_around_marked_values(finnish):
    text = finnish("Talk <to> {name}", name=mark(bold("A & B")))
    assert safe(text) == "Puhu &amp; &lt;kuule&gt; <b>A &amp; B</b>"
    assert safe(finnish("{a} {b}", a="<", b=mark("<i>x</i>"))) == "&lt; <i>x</i>"


def test_isolates_only_in_right_to_left_languages():
    assert ltr("09 816 21", rtl=False) == "09 816 21"
    assert ltr("09 816 21", rtl=True) == "\u206609 816 21\u2069"
    assert isolate("Kela", rtl=True) == "\u2068Kela\u2069"
    assert ltr("", rtl=True) == ""
    assert right("x", rtl=True) == "\u200fx"
    assert without_bidi("\u200f\u2066x\u2069 \u2068y\u2069") == "x y"
