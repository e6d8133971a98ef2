import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.telegram  # noqa: F401 - aiogram is to be imported the bot's way
from bot.telegram.scrub import TEXT_LIMIT, scrub

from aiogram.types import Update  # isort: skip

PERSON = {"id", "is_bot", "first_name", "language_code"}
CHAT = {"id", "type"}
PLACE = {"thread", "album", "quoted"}
KEPT: dict[str, set[str]] = {
    "": {"update_id", "message", "edited_message", "callback_query", "my_chat_member"},
    "message": {"message_id", "date", "chat", "from", "text", "masked", "media", "shared", "caption", *PLACE},
    "edited_message": {"message_id", "date", "chat", "from", "text", "masked", "media", "shared", "caption", *PLACE},
    "callback_query": {"id", "from", "chat_instance", "data", "message"},
    "callback_query.message": {"message_id", "date", "chat", "thread"},
    "my_chat_member": {"chat", "from", "date", "old_chat_member", "new_chat_member"},
    "my_chat_member.old_chat_member": {"status", "until_date", "user"},
    "my_chat_member.new_chat_member": {"status", "until_date", "user"},
}
"""What may be stored, by the path in the update; people and chats everywhere alike."""

SECRET = "SECRET"  # in every field that tells who somebody is
WHO = {"id": 5, "is_bot": False, "first_name": SECRET, "last_name": SECRET, "username": SECRET, "language_code": "fi",
       "is_premium": True}  # fmt: skip
WHERE = {"id": 5, "type": "private", "first_name": SECRET, "last_name": SECRET, "username": SECRET, "bio": SECRET}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 9, "date": 1_770_000_000, "chat": WHERE, "from": WHO, **content}


def update(kind: str = "message", content: Any = None, number: Any = 7) -> dict[str, Any]:
    return {"update_id": number, kind: content}


def stored(given: dict[str, Any]) -> dict[str, Any]:
    """The body of an update that is kept, which aiogram must be able to read."""
    kept = scrub(given)
    assert kept is not None
    Update.model_validate_json(kept.received.body)
    return json.loads(kept.received.body)


def unknown(body: Any, path: str = "") -> list[str]:
    """Paths of the fields that are not on the list."""
    found = []
    for key, value in body.items():
        here = f"{path}.{key}" if path else key
        allowed = (
            PERSON if path.endswith(("from", "user")) else CHAT if path.endswith("chat") else KEPT.get(path, set())
        )
        found += [here] if key not in allowed else []
        found += unknown(value, here) if isinstance(value, dict) else []
    return found


FILE = {"file_id": SECRET, "file_unique_id": SECRET, "file_name": SECRET, "mime_type": SECRET}
MEDIA = [
    ("voice", {"voice": FILE | {"duration": 3}}),
    ("photo", {"photo": [FILE], "caption_entities": [{"type": SECRET}]}),
    ("document", {"document": FILE}),
    ("sticker", {"sticker": FILE | {"emoji": SECRET}}),
    ("video", {"video": FILE}),
    ("video_note", {"video_note": FILE}),
    ("audio", {"audio": FILE | {"performer": SECRET}}),
    ("contact", {"contact": {"phone_number": SECRET, "first_name": SECRET, "vcard": SECRET}}),
    ("poll", {"poll": {"question": SECRET}}),
    ("venue", {"venue": {"title": SECRET, "location": {"latitude": 60.123456}}, "location": {"latitude": 60.123456}}),
    ("other", {"passport_data": {"data": [SECRET]}}),
    ("other", {"new_chat_title": SECRET}),
    ("other", {}),
    ("other", {"text": None}),
    ("other", {"text": {"not": SECRET}}),
]


@pytest.mark.parametrize(("kind", "content"), MEDIA)
def test_of_a_file_only_its_kind_is_kept(kind: str, content: dict[str, Any]) -> None:
    body = stored(update(content=message(**content)))
    assert body["message"]["media"] == kind
    assert SECRET not in json.dumps(body)
    assert "60.12" not in json.dumps(body)
    assert unknown(body) == []


def test_of_a_text_only_the_masked_words_are_kept() -> None:
    more = {
        "entities": [{"type": "text_mention", "user": WHO}],
        "reply_to_message": message(text=SECRET),
        "forward_origin": {"sender_user": WHO},
        "external_reply": {"x": SECRET},
        "quote": {"text": SECRET},
        "via_bot": WHO,
        "author_signature": SECRET,
        "link_preview_options": {"url": SECRET},
    }
    body = stored(update(content=message(text="koodi 131052-308T ja a@b.fi", **more)))
    assert body["message"]["text"] == "koodi [***id***] ja [***@***]"
    assert body["message"]["masked"] == ["e-mail", "identity code"]
    assert body["message"]["from"] == {"id": 5, "is_bot": False, "first_name": "-", "language_code": "fi"}
    assert body["message"]["chat"] == {"id": 5, "type": "private"}
    assert SECRET not in json.dumps(body)


def test_a_location_is_handed_over_beside_what_is_stored() -> None:
    kept = scrub(update(content=message(location={"latitude": 60.123456, "longitude": 24.654321})))
    assert kept.coordinates == (60.123456, 24.654321)
    assert "60.12" not in repr(kept.received)
    assert "24.65" not in repr(kept.received)
    assert json.loads(kept.received.body)["message"]["shared"] == "location"


@pytest.mark.parametrize(
    "location",
    [
        {"latitude": math.nan, "longitude": 24.9},
        {"latitude": 60.1, "longitude": math.inf},
        {"latitude": 1e9, "longitude": 24.9},
        {"latitude": 60.1},
        {"latitude": "north", "longitude": 24.9},
        None,
        [60.1, 24.9],
    ],
)
def test_a_location_that_is_none_gives_no_coordinates(location: Any) -> None:
    kept = scrub(update(content=message(location=location)))
    assert kept is None or kept.coordinates is None


def test_a_press_keeps_its_data_and_not_the_message() -> None:
    pressed = {"id": "4", "from": WHO, "chat_instance": SECRET, "data": "a|tax-card", "message": message(text=SECRET)}
    body = stored(update("callback_query", pressed))
    assert body["callback_query"]["data"] == "a|tax-card"
    assert SECRET not in json.dumps(body)
    assert unknown(body) == []


def test_a_press_on_a_message_that_telegram_no_longer_shows() -> None:
    pressed = {"id": "4", "from": WHO, "data": "T", "message": {"chat": WHERE, "message_id": 3, "date": 0}}
    assert stored(update("callback_query", pressed))["callback_query"]["message"]["date"] == 0


@pytest.mark.parametrize(("status", "kept"), [("kicked", "kicked"), ("member", "member"), ("left", "member")])
def test_blocking_and_coming_back(status: str, kept: str) -> None:
    change = {
        "chat": WHERE,
        "from": WHO,
        "date": 1_770_000_000,
        "old_chat_member": {"status": "member", "user": WHO},
        "new_chat_member": {"status": status, "user": WHO, "until_date": 99, "custom_title": SECRET},
    }
    body = stored(update("my_chat_member", change))
    assert body["my_chat_member"]["new_chat_member"]["status"] == kept
    assert SECRET not in json.dumps(body)
    assert unknown(body) == []


def test_a_caption_is_kept_masked() -> None:
    body = stored(update(content=message(photo=[FILE], caption="my code is 131052-308T", media_group_id="77")))
    assert body["message"]["caption"] == "my code is [***id***]"
    assert body["message"]["masked"] == ["identity code"]
    assert body["message"]["album"] == "77"
    assert unknown(body) == []


def test_of_a_group_staff_first_names_and_the_topic_are_kept() -> None:
    group = {"id": -100, "type": "supergroup", "title": SECRET, "username": SECRET, "is_forum": True}
    staff = WHO | {"first_name": "Maria"}
    sent = message(text="hei", is_topic_message=True, message_thread_id=12, reply_to_message={"message_id": 12})
    body = stored(update(content=sent | {"chat": group, "from": staff}))["message"]
    assert SECRET not in json.dumps(body)
    assert (body["from"]["first_name"], body["thread"], body["chat"]["is_forum"]) == ("Maria", 12, True)
    assert "quoted" not in body, "a topic's first message is no quotation"
    joined = message(new_chat_members=[WHO]) | {"chat": group, "from": staff}
    assert scrub(update(content=joined)) is None
    assert scrub(update(content=sent | {"chat": group, "from": staff | {"is_bot": True}})) is None


def test_an_edited_text_is_kept_and_other_edits_are_not() -> None:
    assert "text" in stored(update("edited_message", message(text="uusi")))["edited_message"]
    for content in ({"location": {"latitude": 60.1, "longitude": 24.9}}, {"photo": [FILE]}):
        assert scrub(update("edited_message", message(**content))) is None


@pytest.mark.parametrize("kind", ["channel", "", None, 5])
def test_only_private_chats_and_groups_are_kept(kind: Any) -> None:
    content = message(text="hei") | {"chat": WHERE | {"type": kind}}
    assert scrub(update(content=content)) is None
    assert scrub(update("callback_query", {"id": "4", "from": WHO, "data": "T", "message": content})) is None


@pytest.mark.parametrize(
    "kind", ["inline_query", "poll_answer", "channel_post", "message_reaction", "business_message"]
)
def test_kinds_that_the_bot_has_no_use_for(kind: str) -> None:
    assert scrub(update(kind, message(text="hei"))) is None


def test_a_text_has_telegrams_length_at_most() -> None:
    assert len(stored(update(content=message(text="a" * 10**6)))["message"]["text"]) == TEXT_LIMIT


@pytest.mark.parametrize(
    "strange",
    [
        update(number=math.inf, content=message(text="a")),
        update(number=math.nan, content=message(text="a")),
        update(content=message(text="a") | {"date": math.inf}),
        update(content=message(text="a") | {"message_id": math.inf}),
    ],
)
def test_numbers_that_are_none_are_not_kept(strange: dict[str, Any]) -> None:
    """JSON may say 1e999, which Python reads as infinity."""
    assert scrub(strange) is None


@pytest.mark.parametrize("date", [10**15, -(10**15)])
def test_a_date_that_no_calendar_has_is_not_kept(date: int) -> None:
    strange = scrub(update(content=message(text="a") | {"date": date}))
    assert strange is None or Update.model_validate_json(strange.received.body)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_database_takes_is_not_kept(number: int) -> None:
    assert scrub(update(number=number, content=message(text="a"))) is None
    assert scrub(update(content=message(text="a") | {"chat": WHERE | {"id": number}})) is None


@pytest.mark.parametrize("lone", ["\ud800", "a\udfff b"])
def test_half_a_surrogate_pair_can_be_stored(lone: str) -> None:
    """JSON may hold one; no database and no reader takes it as it is."""
    for strange in (
        update(content=message(text=lone)),
        update(content=message(text="a") | {"from": WHO | {"language_code": lone}}),
        update("callback_query", {"id": lone, "from": WHO, "data": lone, "message": message()}),
    ):
        kept = scrub(strange)
        assert kept is None or kept.received.body.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


MISSING = object()


def paths(whole: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The path of every part of an update."""
    inner = whole.items() if isinstance(whole, dict) else ()
    return [path, *(found for key, value in inner for found in paths(value, (*path, key)))]


def changed(whole: Any, path: tuple[str, ...], value: Any) -> Any:
    """The update with one part replaced, or left out; a path that is gone already changes nothing."""
    if not path:
        return whole if value is MISSING else value
    if not isinstance(whole, dict):
        return whole
    first, *rest = path
    if not rest and value is MISSING:
        return {key: kept for key, kept in whole.items() if key != first}
    return whole | {first: changed(whole.get(first), tuple(rest), value)}


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """An update of Telegram's form in which some parts are missing, something else, or too many."""
    strange = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(paths(strange)))
        extra = draw(st.sampled_from([(), (), (), ("caption",), ("location",), ("username",), ("user",)]))
        strange = changed(strange, (*path, *extra), draw(st.one_of(st.just(MISSING), NUMBERS, JSON)))
    return strange


NUMBERS = st.sampled_from([math.inf, -math.inf, math.nan, 2**63, -(2**70), 1e300, "7", "\ud800", True, -1])
WHOLE = [
    update(content=message(text="hei")),
    update(content=message(location={"latitude": 60.1, "longitude": 24.9})),
    update("edited_message", message(text="hei")),
    update("callback_query", {"id": "4", "from": WHO, "data": "T", "message": message()}),
    update("my_chat_member", {"chat": WHERE, "from": WHO, "date": 1, "old_chat_member": {"status": "left", "user": WHO},
                              "new_chat_member": {"status": "kicked", "user": WHO}}),
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(strange=st.one_of(JSON, broken(), broken(), broken()))
def test_anything_at_all_is_kept_well_or_not_at_all(strange: Any) -> None:
    kept = scrub(strange)
    if kept is None:
        return
    body = json.loads(kept.received.body)
    assert unknown(body) == []
    assert SECRET not in kept.received.body
    Update.model_validate_json(kept.received.body.encode())
    assert abs(kept.received.update_id) < 2**63
    assert abs(kept.received.chat) < 2**63
    if kept.coordinates:
        assert abs(kept.coordinates[0]) <= 90
        assert abs(kept.coordinates[1]) <= 180


@pytest.mark.parametrize("depth", [500, 100_000])
def test_a_deep_update_is_no_harm(depth: int) -> None:
    deep: Any = "x"
    for _ in range(depth):
        deep = {"reply_to_message": deep}
    assert SECRET not in json.dumps(stored(update(content=message(text="hei", reply_to_message=deep))))
