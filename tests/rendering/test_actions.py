import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import actions
from bot.rendering.actions import Action, act, decode, encode

IDS = st.from_regex(r"\A[a-z][a-z0-9-]{0,19}\Z")


@given(st.data())
def test_every_action_survives_the_journey(data):
    kind = data.draw(st.sampled_from(sorted(actions.ARGUMENTS)))
    count = data.draw(st.sampled_from(list(actions.ARGUMENTS[kind])))
    action = Action(kind, tuple(data.draw(IDS) for _ in range(count)))
    written = encode(action)
    assert len(written.encode()) <= 64
    assert decode(written) == action


@given(st.text())
def test_whatever_is_decoded_would_be_written_the_same(data):
    action = decode(data)
    assert action is None or encode(action) == data


def test_the_written_form():
    assert act(actions.ANSWER, "daycare-application", "espoo") == "a|daycare-application|espoo"
    assert act(actions.ANSWER, "daycare-application", None) == "a|daycare-application"
    assert act(actions.TOPICS) == "T"


@pytest.mark.parametrize(
    "forged",
    [None, "", "|", "a", "a|", "a|x|y|z", "zz|x", "T|x", "a|../x", "a|x y", "a|ä", "a|x\n", "m|" + "x" * 63, "a||x"],
)
def test_forged_data_is_nothing(forged):
    assert decode(forged) is None


def test_too_long_an_id_is_refused_with_its_size():
    assert len(act(actions.MAP, "x" * 62)) == 64
    with pytest.raises(ValueError, match="has 65 bytes, Telegram takes 64"):
        act(actions.MAP, "x" * 63)


def test_unknown_kinds_and_bad_arguments_are_refused():
    for action in (Action("zz"), Action("a"), Action("a", ("ä",)), Action("T", ("x",)), Action("m", ("a|b",))):
        with pytest.raises(ValueError, match="unknown kind"):
            encode(action)


def test_the_table_in_the_module_names_every_kind():
    named = {line.split("`")[1] for line in actions.__doc__.splitlines() if line.startswith("| `")}
    assert named == set(actions.ARGUMENTS)
