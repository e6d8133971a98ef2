from bot.rendering.html import bold, escape, isolate, link, ltr, mark, prose, right, safe, without_bidi


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


def test_numbers_and_commands_keep_their_order_in_right_to_left_text():
    assert prose("اكتب /human أو اتصل بالرقم 116 117 & 09 310 11111.", rtl=True) == (
        "اكتب \u2066/human\u2069 أو اتصل بالرقم \u2066116 117\u2069 &amp; \u206609 310 11111\u2069."
    )
    assert prose("من 9–12 في 2027", rtl=True) == "من \u20669–12\u2069 في 2027"
    assert prose("Call 116 117 or /human", rtl=False) == "Call 116 117 or /human"
