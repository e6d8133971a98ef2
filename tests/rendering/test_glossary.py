"""A term explained: in the reader's language, with both official words, its page and ways on."""

from dataclasses import replace

from bot.domain.answer import Explained, Guidance
from bot.domain.glossary import Term
from bot.rendering.glossary import explained_screen
from bot.rendering.guidance import guidance_screens
from bot.rendering.plain import plain_text

TERM = Term(
    "kotikunta",
    "kotikunta",
    "hemkommun",
    (),
    {"fi": "Kunta, jossa asut & olet.", "sv": "Kommunen där du bor.", "en": "Where you <live>."},
    "service-point",
    ("https://dvv.fi/kotikunta", "https://dvv.fi/other"),
)
PART = Explained(TERM, "en", "service-point", ("service-point", "emergency"))


def test_the_explanation_with_both_words_the_page_and_ways_on(catalogue, english, at):
    screen = explained_screen(PART, catalogue, english, at)
    assert screen.html == (
        "<b>kotikunta</b>\n\nWhere you &lt;live&gt;.\n\nIn Finnish: kotikunta\nIn Swedish: hemkommun\n\n"
        "<i>Not yet compared with the official pages. Check the details at "
        '<a href="https://dvv.fi/kotikunta">dvv.fi/kotikunta</a>.</i>'
    )
    assert [(button.text, button.action) for button in screen.buttons[:2]] == [
        ("Advice point", "a|service-point"),
        ("🚨 Emergency", "a|emergency"),
    ]
    assert screen.buttons[2].action == "h|service-point"
    assert len(screen.keyboard) == 3


def test_an_urgent_matter_is_said_first(catalogue, english, at):
    part = replace(PART, intent="emergency", options=("emergency",), urgent=True)
    assert plain_text(explained_screen(part, catalogue, english, at).html).startswith("🚨 Urgent.")


def test_without_a_page_or_a_way_on_a_person_is_left(catalogue, english, at):
    part = Explained(replace(TERM, sources=()), "en", None)
    screen = explained_screen(part, catalogue, english, at)
    assert "Ask before you act." in screen.html
    assert [button.action for button in screen.buttons] == ["h"]


def test_a_missing_language_is_told(catalogue, english, at):
    part = replace(PART, term=replace(TERM, explanation={"fi": "Kunta."}))
    assert "Language of this text: Finnish." in explained_screen(part, catalogue, english, at).html


def test_it_stands_among_the_parts_of_guidance(catalogue, english, at):
    guidance = Guidance((PART,), (), "en", None, None)
    assert guidance_screens(guidance, catalogue, english, at) == [explained_screen(PART, catalogue, english, at)]
