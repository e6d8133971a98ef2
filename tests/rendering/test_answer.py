from dataclasses import replace

from bot.domain.answer import Freshness
from bot.domain.dated import Source
from bot.domain.place import Place
from bot.rendering.answer import answer_screens, related_screen
from bot.rendering.plain import plain_text


def lines(screens):
    return [line for screen in screens for line in plain_text(screen.html).splitlines()]


def labels(screens):
    return [button.text for button in screens[-1].buttons]


def test_the_whole_answer_in_english(answer, catalogue, english, at):
    (screen,) = answer_screens(answer, catalogue, english, at)
    assert (
        screen.html
        == """<b>Applying for day care</b>

Day care is &lt;early&gt; education &amp; care.

The city decides.

<b>What to do</b>
1. Apply four months before.
2. Read the decision.

<b>Have ready</b>
• The child's identity code

Handled by: <b>Espoo</b>
Part of this may have to be done in person.
In Finnish: varhaiskasvatus, esiopetus
In Swedish: småbarnspedagogik

<b>Espoo</b>
In Espoo you apply online.

📍 <b>Espoo Info</b> (Espoon palvelupiste)
Suomenlahdentie 1, 02230 Espoo
2.3 km from you
🕘 Open now, until 16:00
☎️ 09 816 21 (switchboard)
Web page: <a href="https://www.espoo.fi/en/">espoo.fi/en</a>

<i>Not yet compared with the official pages. Check the details at \
<a href="https://www.espoo.fi/en/daycare">espoo.fi/en/daycare</a>.</i>

<b>More official pages</b>
• <a href="https://www.infofinland.fi/en/family">infofinland.fi/en/family</a>"""
    )
    assert [(button.text, button.action) for button in screen.buttons] == [
        ("🗺 Show on the map", "m|espoo-info"),
        ("Other service points", "o|daycare-application|espoo"),
        ("Enrolling in school", "a|school-enrolment"),
        ("👍 Helpful", "y|daycare-application"),
        ("👎 Not helpful", "n|daycare-application"),
        ("💬 Talk to a person", "h|daycare-application"),
    ]
    assert len(screen.keyboard[-2]) == 2


def test_finnish_words_numbers_and_names(answer, catalogue, finnish, at):
    shown = lines(answer_screens(replace(answer, language="fi", text_language="fi"), catalogue, finnish, at))
    assert "Tee näin" in shown
    assert "Hoitaa: Espoo" in shown
    assert "📍 Espoon palvelupiste" in shown
    assert "2,3 km päässä" in shown
    assert "🕘 Auki nyt, kello 16.00 asti" in shown
    assert "☎️ 09 816 21 (vaihde)" in shown


def test_urgent_comes_first(answer, catalogue, english, at):
    shown = lines(answer_screens(replace(answer, urgent=True), catalogue, english, at))
    assert shown[0] == "🚨 Urgent. If life or health is in danger, call 112 now."
    assert shown[2] == "Applying for day care"


def test_freshness_lines(answer, catalogue, english, at):
    def last(**changes):
        return [
            line for line in lines(answer_screens(replace(answer, **changes), catalogue, english, at)) if "heck" in line
        ]

    source = "espoo.fi/en/daycare (https://www.espoo.fi/en/daycare)"
    assert last(freshness=Freshness.CHECKED) == ["Checked on 1 February 2026."]
    assert last(freshness=Freshness.STALE) == [
        f"Last checked on 1 February 2026, a long time ago. Check the details at {source}."
    ]
    assert last(freshness=Freshness.STALE, sources=()) == [
        "Last checked on 1 February 2026, a long time ago. Ask before you act."
    ]
    unsourced = lines(answer_screens(replace(answer, sources=()), catalogue, english, at))
    assert unsourced[-1] == "Not yet compared with the official pages. Ask before you act."


def test_a_translation_that_nobody_read_says_so(answer, catalogue, english, at):
    def last(**changes):
        shown = lines(answer_screens(replace(answer, unreviewed=True, **changes), catalogue, english, at))
        return next(line for line in shown if "Translation" in line)

    source = "espoo.fi/en/daycare (https://www.espoo.fi/en/daycare)"
    assert last() == f"Translation and facts not yet checked by a person. Check the details at {source}."
    assert last(freshness=Freshness.CHECKED) == (
        f"Checked on 1 February 2026. Translation not yet checked by a person. Official page: {source}"
    )
    assert last(sources=()) == (
        "Not yet compared with the official pages. Ask before you act. Translation not yet checked by a person."
    )


def test_a_checked_answer_lists_all_its_pages(answer, catalogue, english, at):
    shown = lines(answer_screens(replace(answer, freshness=Freshness.CHECKED), catalogue, english, at))
    assert shown[-3:] == [
        "Official pages",
        "• espoo.fi/en/daycare (https://www.espoo.fi/en/daycare)",
        "• infofinland.fi/en/family (https://www.infofinland.fi/en/family)",
    ]


def test_a_missing_translation_is_admitted(answer, catalogue, english, at):
    shown = lines(answer_screens(replace(answer, text_language="fi"), catalogue, english, at))
    assert shown[-1] == "Not translated into your language yet. Language of this text: Finnish."
    somali = replace(answer, language="so", text_language="so")
    shown = lines(answer_screens(somali, catalogue, english, at))
    assert shown[-1] == "The city's own part is not translated into your language yet."


def test_in_person(answer, catalogue, english, at):
    def visit(in_person):
        return lines(answer_screens(replace(answer, in_person=in_person), catalogue, english, at))

    assert "This must be done in person." in visit("always")
    assert "You do not have to go anywhere for this." in visit("no")


def test_nobody_handles_what_needs_no_authority(answer, catalogue, english, at):
    nobody = replace(answer, authority=replace(answer.authority, id="none-needed"))
    assert "Handled by: The city" not in lines(answer_screens(nobody, catalogue, english, at))


def test_the_place_of_the_message(answer, catalogue, english, at):
    def first(place, city="espoo", **changes):
        return lines(answer_screens(replace(answer, place=place, city=city, **changes), catalogue, english, at))[0]

    assert first(Place("espoo", "Leppävaara")) == "This answer is for Espoo (Leppävaara)."
    assert first(Place("espoo", "Esbo")) == "This answer is for Espoo."
    tampere = Place(None, "Tampere", outside=True, url="https://www.tampere.fi")
    town = first(tampere, None, other_town=True)
    assert town.startswith("Tampere is outside Helsinki, Espoo")
    assert town.endswith("answers: tampere.fi (https://www.tampere.fi)")
    assert first(replace(tampere, url=None), None, other_town=True).endswith("county answers.")
    # A state authority answers alike in all of Finland.
    assert first(tampere, None) == "Applying for day care"
    assert first(Place(None, "Kallio", ambiguous=("helsinki", "vantaa"))) == "Applying for day care"


def test_without_a_city_it_is_asked_where_it_matters(answer, catalogue, english, at):
    assert "🏙 Choose your city" in labels(answer_screens(replace(answer, city=None), catalogue, english, at))
    advice = replace(answer, intent="service-point", city=None)
    assert "🏙 Choose your city" not in labels(answer_screens(advice, catalogue, english, at))


def test_no_buttons_for_what_is_not_there(answer, catalogue, english, at):
    bare = replace(answer, points=(), other_points=(), related=())
    assert labels(answer_screens(bare, catalogue, english, at)) == [
        "👍 Helpful",
        "👎 Not helpful",
        "💬 Talk to a person",
    ]


def test_three_related_questions_then_more(answer, catalogue, english, at):
    four = replace(answer, related=("school-enrolment", "service-point", "emergency", "daycare-application"))
    shown = labels(answer_screens(four, catalogue, english, at))
    assert shown[2:6] == ["Enrolling in school", "Advice point", "Emergency", "More related questions"]
    intent = replace(catalogue.intents["service-point"], related=("emergency", "gone"))
    grown = replace(catalogue, intents={**catalogue.intents, "service-point": intent})
    more = related_screen("service-point", grown, english, at)
    assert [button.action for button in more.buttons] == ["a|emergency", "h|service-point"]


def test_a_draft_offers_a_person(answer, catalogue, english, at):
    (screen,) = answer_screens(replace(answer, text="", steps=(), bring=()), catalogue, english, at)
    assert lines([screen])[:5] == [
        "Applying for day care",
        "",
        "We do not have a text about this yet. A person can advise you.",
        "",
        "Handled by: Espoo",
    ]
    assert "• espoo.fi/en/daycare (https://www.espoo.fi/en/daycare)" in lines([screen])
    assert [button.action for button in screen.buttons] == ["h|daycare-application"]


def test_a_long_answer_is_cut_and_the_last_part_has_the_buttons(answer, catalogue, english, at):
    long = replace(answer, text="\n\n".join(["Sana " * 150] * 8))
    first, *_, last = answer_screens(long, catalogue, english, at)
    assert first.keyboard == ()
    assert last.keyboard
    assert first.html.startswith("<b>Applying for day care</b>")


def test_arabic_isolates_what_is_written_left_to_right(answer, catalogue, arabic, at):
    (screen,) = answer_screens(replace(answer, language="ar"), catalogue, arabic, at)
    assert "☎️ \u206609 816 21\u2069 (switchboard)" in screen.html
    assert "\u2066Suomenlahdentie 1, 02230 Espoo\u2069" in screen.html
    assert "In Finnish: \u2068varhaiskasvatus\u2069, \u2068esiopetus\u2069" in screen.html
    assert "\u200f📍 <b>\u2068Espoo Info\u2069</b> (\u2068Espoon palvelupiste\u2069)" in screen.html
    assert '<a href="https://www.espoo.fi/en/">\u2066espoo.fi/en\u2069</a>' in screen.html
    assert "Service also in your language" in screen.html


def test_only_three_pages_are_listed(answer, catalogue, english, at):
    many = tuple(Source(f"https://www.kela.fi/{n}") for n in range(9))
    html = answer_screens(replace(answer, sources=many), catalogue, english, at)[-1].html
    assert [n for n in range(9) if f"kela.fi/{n}</a>" in html] == [0, 1, 2]
