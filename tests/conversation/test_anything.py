"""Whatever residents do, in whatever order: a sendable reply, and settings that make sense."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.conversation import Conversation
from bot.conversation.heard import Commanded, Heard, Located, Pressed, Said, Sent
from bot.domain.place import CITIES
from bot.domain.resident import NOT_IN_FINLAND, Step
from bot.rendering.actions import ARGUMENTS, Action, decode

from .conftest import Room

SENTENCES = (
    "hello", "Espoo", "keskusta", "02600", "svenska", "xqzv wkrt", "miten saan verokortin", "my husband beats me",
    "I want to talk to a person", "change my language", "I live in Vantaa", "как продлить вид на жительство",
    "مرحبا كيف حالك", "<b>&amp;</b>", "/start", "[***id***]", "I want to give feedback", "Tampere",
)  # fmt: skip
IDS = ("tax-card", "greeting", "service-point", "espoo", "none", "fi", "xx", "arrival", "hello-espoo-info", "no-such")
TEXTS = st.one_of(st.text(max_size=120), st.sampled_from(SENTENCES), st.text("<>&\"'\n\u202e\u0000🚨ا", max_size=30))
ACTIONS = st.sampled_from(sorted(ARGUMENTS)).flatmap(
    lambda kind: st.sampled_from(list(ARGUMENTS[kind])).flatmap(
        lambda count: st.tuples(*[st.sampled_from(IDS)] * count).map(lambda args: Action(kind, args))
    )
)
HEARD = st.one_of(
    st.builds(Said, TEXTS, st.sampled_from([(), ("iban",)])),
    st.builds(Pressed, st.one_of(st.none(), ACTIONS, st.text(max_size=70).map(decode))),
    st.builds(Located, st.one_of(st.none(), st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
                                 st.tuples(st.floats(60.1, 60.4), st.floats(24.5, 25.3)))),
    st.builds(Sent, st.sampled_from(["voice", "other", ""])),
    st.builds(Commanded, st.sampled_from(["start", "language", "city", "human", "cancel", "delete", "mydata", "x"])),
)  # fmt: skip
SETTINGS = st.fixed_dictionaries(
    {
        "language": st.sampled_from([None, "fi", "sv", "en"]),
        "city": st.sampled_from([None, NOT_IN_FINLAND, *CITIES]),
        "step": st.sampled_from(Step),
        "misses": st.integers(0, 3),
        "last_intent": st.sampled_from([None, "tax-card", "gone", "greeting"]),
        "last_question": st.sampled_from([None, "x", "how do I get a tax card"]),
    }
)


@settings(max_examples=150, deadline=None)
@given(settings=SETTINGS, hint=st.one_of(st.none(), st.text(max_size=8)), heard=st.lists(HEARD, min_size=1, max_size=5))
def test_anything_in_any_order(three: Conversation, settings: dict, hint: str | None, heard: list[Heard]) -> None:
    visit = Room(three, hint, **settings)
    for one in heard:
        visit.hear(one)
        resident = visit.resident
        assert resident.chat == 1
        assert resident.language in {None, "fi", "sv", "en"}
        assert resident.city in {None, NOT_IN_FINLAND, *CITIES}
        assert 0 <= resident.misses <= 4


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, step=st.sampled_from(Step))
def test_any_text_at_any_step_is_answered(three: Conversation, text: str, step: Step) -> None:
    visit = Room(three, language="en", city="espoo", step=step)
    reply = visit.say(text)
    assert reply.screens, "a text is never answered by silence"


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=2000, max_size=4096))
def test_a_very_long_text_is_answered(three: Conversation, text: str) -> None:
    assert Room(three, language="fi").say(text).screens
