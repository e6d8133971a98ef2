from bot.domain.answer import Choice, Dialogue, Guidance, Handoff
from bot.domain.place import Place
from bot.rendering.choice import choice_screen, dialogue_screen, handoff_screen, place_screen
from bot.rendering.guidance import guidance_screens
from bot.rendering.plain import plain_text


def actions(screen):
    return [button.action for button in screen.buttons]


def test_choice(catalogue, english, at):
    screen = choice_screen(Choice(("daycare-application", "gone", "school-enrolment")), catalogue, english, at)
    assert screen.html == "Which of these do you mean?\n\nIf life or health is in danger, call 112."
    assert [(button.text, button.action) for button in screen.buttons] == [
        ("Applying for day care", "a|daycare-application"),
        ("Enrolling in school", "a|school-enrolment"),
        ("📚 All topics", "T"),
        ("💬 Talk to a person", "h"),
    ]


def test_a_choice_does_not_hide_what_is_urgent(catalogue, english, at):
    screen = choice_screen(Choice(("emergency", "school-enrolment"), ("emergency",)), catalogue, english, at)
    assert screen.html == "<b>🚨 Emergency</b>\nSoita 112 &amp; odota.\n\nWhich of these do you mean?"
    assert screen.buttons[0].text == "🚨 Emergency"


def test_handoff_offers_a_person_and_the_topics_that_have_questions(catalogue, english):
    screen = handoff_screen(catalogue, english)
    assert "call 112" in screen.html
    assert actions(screen) == ["h", "t|education", "t|guidance"]


def test_ambiguous_place(catalogue, english, at):
    place = Place(None, "Kallio", ambiguous=("helsinki", "vantaa"))
    screen = place_screen(place, ["daycare-application"], catalogue, english, at)
    assert screen.html == "There is Kallio in several cities. Which one do you mean?"
    assert actions(screen) == ["a|daycare-application|helsinki", "a|daycare-application|vantaa"]
    assert actions(place_screen(place, [], catalogue, english, at)) == ["c|helsinki", "c|vantaa"]


def test_dialogues_have_their_own_buttons(catalogue, english):
    def acts(intent):
        return actions(dialogue_screen(Dialogue(intent, "en", "Hi <you>"), catalogue, english))

    assert acts("greeting") == ["T", "h"]
    assert acts("thanks") == []
    assert acts("talk-to-human") == ["h"]
    assert acts("change-city") == ["c|helsinki", "c|espoo", "c|vantaa", "c|kauniainen", "c|none"]
    assert acts("change-language") == ["l|fi", "l|sv", "l|en", "l|ar", "l|so"]
    assert dialogue_screen(Dialogue("greeting", "en", "Hi <you>"), catalogue, english).html == "Hi &lt;you&gt;"
    assert dialogue_screen(Dialogue("greeting", "en", ""), catalogue, english).html == "How can I help you?"


def test_guidance_of_every_kind(answer, catalogue, english, at):
    def screens(*parts, place=None):
        return guidance_screens(Guidance(parts, (), "en", "espoo", place), catalogue, english, at)

    several = screens(Dialogue("greeting", "en", "Hi"), answer, Choice(("emergency",), ("emergency",)), Handoff())
    assert [plain_text(screen.html).splitlines()[0] for screen in several] == [
        "Hi",
        "Applying for day care",
        "🚨 Emergency",
        "I am not sure what you need. Say it in other words, choose a topic, or talk to a person.",
    ]
    place = Place(None, "Kallio", ambiguous=("helsinki", "vantaa"))
    assert actions(screens(answer, place=place)[-1])[0] == "a|daycare-application|helsinki"
    assert len(screens(Handoff(), place=place)) == 1


def test_another_country_is_told_before_a_choice_and_a_handoff(catalogue, english, arabic, at):
    def first(part, tr, country="SE", place=None):
        guidance = Guidance((part,), (), tr.language, None, place, country)
        return guidance_screens(guidance, catalogue, tr, at)[0]

    screen = first(Choice(("daycare-application",)), english)
    told, address, *_ = plain_text(screen.html).split("Embassies in Finland: ")
    assert told.startswith("This is about another country: Sweden. I know the services in Finland only.")
    assert address.startswith("um.fi/ulkovaltojen-edustustot (https://um.fi/ulkovaltojen-edustustot)")
    assert plain_text(screen.html).index("Which of these") > plain_text(screen.html).index("embassy")
    assert actions(screen)[0] == "a|daycare-application"
    assert plain_text(first(Handoff(), english).html).startswith("This is about another country: Sweden")
    assert "السويد" in first(Handoff(), arabic).html
    assert "QX" in first(Handoff(), english, "QX").html
    assert plain_text(first(Handoff(), english, None).html).startswith("I am not sure")


def test_another_town_is_told_before_a_choice(catalogue, english, at):
    tampere = Place(None, "Tampere", outside=True, url="https://www.tampere.fi")
    choice = Guidance((Choice(("daycare-application",)),), (), "en", None, tampere)
    assert plain_text(guidance_screens(choice, catalogue, english, at)[0].html).startswith("Tampere is outside")
    handoff = Guidance((Handoff(),), (), "en", None, tampere)
    assert plain_text(guidance_screens(handoff, catalogue, english, at)[0].html).startswith("I am not sure")
