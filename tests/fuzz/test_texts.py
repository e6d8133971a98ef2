"""Texts that people send: of every script, and of no script at all. Each is answered, soon, in what Telegram takes."""

import json
import time
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.conversation import Conversation
from bot.conversation.heard import DeskView, Moment, Said
from bot.conversation.reply import Reply
from bot.domain.resident import Resident, Step
from bot.domain.ticket import Draft
from bot.privacy.masking import mask
from bot.rendering.split import split
from bot.simulator.entities import is_blank
from bot.simulator.markup import parse_html
from bot.simulator.server import TelegramServer
from bot.telegram import pacing
from bot.telegram.scrub import scrub
from tests.telegram.conftest import Running
from tests.telegram.desk.conftest import Room

from .conftest import examples
from .screens import NOON, sendable
from .strange import RESIDENT, message

LONGEST = 4096
PATIENCE = 2.0
"""Seconds that the worst text may take to be masked and answered."""

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u115f\u3164\u2800"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARKS = "".join(map(chr, (*range(0x300, 0x370), *range(0x20D0, 0x20F1), *range(0x610, 0x61B), *range(0x64B, 0x660))))
CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFF9, 0xFFFE, 0xFFFF, 0xE0001)))
SURROGATES = "\ud800\udbff\udc00\udfff"
MARKUP = "<>&\"'\n\t`*_~|[](){}#+-=.!\\/@;:"
EMOJI = "😀👍🏽👨‍👩‍👧‍👦🏳️‍🌈🇫🇮🏴󠁧󠁢󠁥󠁮󠁧󠁿1️⃣❤️"

HARD = {
    "emoji": "😀" * LONGEST,
    "families": (EMOJI * LONGEST)[:LONGEST],
    "digits": "1" * LONGEST,
    "arabic digits": "٣" * LONGEST,
    "digits apart": "1 " * (LONGEST // 2),
    "digits and letters": "1a" * (LONGEST // 2),
    "identity codes": ("131052-308T " * LONGEST)[:LONGEST],
    "ibans": ("FI21 1234 5600 0007 85 " * LONGEST)[:LONGEST],
    "one long iban": ("FI21" + "A1" * LONGEST)[:LONGEST],
    "cards": ("4111 1111 1111 1111 " * LONGEST)[:LONGEST],
    "phones": ("+358 40 123 4567, " * LONGEST)[:LONGEST],
    "mails": ("a.b@c.fi " * LONGEST)[:LONGEST],
    "half a mail": ("a.a@" * LONGEST)[:LONGEST],
    "pluses": "+" * LONGEST,
    "one letter": "a" * LONGEST,
    "one letter of two": "ä" * LONGEST,
    "one arabic letter": "ا" * LONGEST,
    "one character": "税" * LONGEST,
    "words": ("a " * LONGEST)[:LONGEST],
    "known words": ("verokortti " * LONGEST)[:LONGEST],
    "misspelt words": ("verokorrttii kelaa migrii " * LONGEST)[:LONGEST],
    "romanised": ("kak poluchit nalogovuyu kartu " * LONGEST)[:LONGEST],
    "places": ("Leppävaara Tikkurila Kallio " * LONGEST)[:LONGEST],
    "countries": ("in Germany, in Estonia, Somalia " * LONGEST)[:LONGEST],
    "questions": ("how do I get a tax card? where is the library? " * LONGEST)[:LONGEST],
    "compound": ("maahanmuuttovirastopalvelupistekäyntiaika" * LONGEST)[:LONGEST],
    "invisible": (INVISIBLE * LONGEST)[:LONGEST],
    "bidi": (BIDI * LONGEST)[:LONGEST],
    "tower": "a" + (MARKS * LONGEST)[: LONGEST - 1],
    "towers": "".join("e" + MARKS[:15] for _ in range(LONGEST // 16)),
    "controls": (CONTROLS * LONGEST)[:LONGEST],
    "nul": "\0" * LONGEST,
    "nul in words": ("how\0 do I\0 " * LONGEST)[:LONGEST],
    "halves": (SURROGATES * LONGEST)[:LONGEST],
    "markup": (MARKUP * LONGEST)[:LONGEST],
    "tags": ("<b><a href='x'>&lt;" * LONGEST)[:LONGEST],
    "amps": "&" * LONGEST,
    "lines": "\n" * LONGEST,
    "spaces": " " * LONGEST,
    "wide spaces": "\u3000\u00a0\u2003" * (LONGEST // 3),
    "ligature": "\ufdfa" * LONGEST,
    "sharp s": "ß" * LONGEST,
    "dotted i": "İ" * LONGEST,
    "hangul parts": "\u1100\u1161\u11a8" * (LONGEST // 3),
    "punctuation": "?!.,;" * (LONGEST // 5),
}
"""The longest texts of their kind."""


def heard(text: str) -> Said:
    """The text as it comes to the conversation, through what stores it."""
    kept = scrub({"update_id": 7, "message": message(text=text)})
    assert kept is not None
    body = json.loads(kept.received.body)["message"]
    assert "\0" not in body["text"]
    body["text"].encode()
    return Said(body["text"], tuple(body.get("masked", ())))


def answered(talk: Conversation, text: str, desk: DeskView | None = None, **settings: Any) -> Reply:
    """The reply to a text, as sound as every reply must be."""
    reply = talk.respond(heard(text), Moment(Resident(RESIDENT, **settings), NOON, "en", desk or DeskView()))
    sendable(reply)
    assert reply.screens, "a text is never answered by silence"
    stored = [reply.resident.last_question, reply.record.text if reply.record else None]
    assert not any("\0" in text for text in stored if text)
    return reply


def blocks() -> Iterator[tuple[int, str]]:
    """The first character's number and a text with characters from all over each stretch of 128 that has any."""
    for first in range(0, 0x110000, 0x80):
        there = [
            chr(code) for code in range(first, first + 0x80) if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
        ]
        private = there and unicodedata.category(there[0]) == "Co"
        if there and not (private and first & 0xFFF):
            step = max(1, len(there) // 9)
            yield first, "".join(there[::step]) + " " + " ".join(there[1::step])


def test_every_script_is_answered(talk: Conversation) -> None:
    for first, text in blocks():
        try:
            answered(talk, text)
        except Exception as error:
            raise AssertionError(f"characters from U+{first:04X} on: {text!r}") from error


@pytest.mark.parametrize("name", HARD)
def test_the_longest_text_is_answered_soon(talk: Conversation, name: str) -> None:
    begun = time.perf_counter()
    answered(talk, HARD[name])
    assert time.perf_counter() - begun < PATIENCE


@pytest.mark.parametrize("name", HARD)
def test_the_longest_wish_can_be_summed_up(talk: Conversation, name: str) -> None:
    reply = answered(talk, HARD[name], DeskView(staffed=True), step=Step.HUMAN_WISH, city="espoo", language="fi")
    assert reply.resident.draft or not HARD[name].strip("\0\n \u3000\u00a0\u2003\t")


CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from(INVISIBLE + BIDI + MARKS + CONTROLS + SURROGATES + MARKUP + EMOJI),
    st.sampled_from("abcäöåšžабвіїєابتپچگ漢字ßİıŋ0123456789٣۴"),
)
PIECES = st.one_of(
    st.text(CHARACTERS, max_size=30),
    st.sampled_from(
        [
            "how do I get a tax card",
            "Espoo",
            "02600",
            "131052-308T",
            "/",
            "[***id***]",
            "كيف",
            "verokortti",
            "kak",
            "<b>",
        ]
    ),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).flatmap(
    lambda pieces: st.sampled_from(["", " ", "\n", "\u200b", "\u202e", "? "]).map(lambda joint: joint.join(pieces))
)


@examples(250)
@given(
    text=TEXTS,
    step=st.sampled_from(Step),
    language=st.sampled_from([None, "fi", "ar", "zh"]),
    staffed=st.booleans(),
    draft=st.sampled_from([None, Draft(about="x"), Draft(rated=3)]),
)
def test_any_text_at_any_step_is_answered(
    talk: Conversation, text: str, step: Step, *, language: str | None, staffed: bool, draft: Draft | None
) -> None:
    answered(talk, text, DeskView(staffed=staffed), step=step, language=language, draft=draft)


@examples(300)
@given(text=st.text(st.sampled_from("0123456789٣۴১१ -+./()ABFIfi@,x\u200b\u2011#*") | st.characters(), max_size=200))
def test_any_text_is_masked_once(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text
    assert once.kinds or once.text == text


SENT = ("families", "bidi", "tower", "controls", "nul", "nul in words", "tags")


async def test_the_longest_texts_reach_the_desk_and_come_back(
    server: TelegramServer, bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "PRIVATE_BURST", 10_000.0)
    room = Room(server, bot)
    advisor = server.person(11, "Maria", "fi")
    desk = await room.desk("espoo", advisor)
    resident = await room.resident(RESIDENT)
    ticket = await room.ask(resident, HARD["markup"])
    for name in SENT:
        server.send_text(resident, HARD[name])
    await room.drained()
    topic = await room.take(advisor, desk, ticket)
    for name in SENT:
        server.send_text(resident, HARD[name])
        server.send_text(advisor, HARD[name], desk, topic.id)
        server.send_text(advisor, "// " + HARD[name], desk, topic.id)
    for command in ("/history", "/who", f"/close {HARD['tags']}", "/help"):
        server.send_text(advisor, command, desk, topic.id)
    await room.drained()
    for command in ("/mydata", "/status"):
        server.send_text(resident, command)
    await room.drained()
    assert bot.sql("select * from inbox where state != 'done'") == []
    assert bot.sql("select method, error from outbox where state != 'sent'") == []
    assert "\\u0000" not in bot.dump()
    assert "\0" not in bot.dump()


async def test_the_invisible_end_of_a_long_message_is_left_out(
    server: TelegramServer, bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "PRIVATE_BURST", 10_000.0)
    room = Room(server, bot)
    await room.desk("espoo", server.person(11, "Maria", "fi"))
    resident = await room.resident(RESIDENT)
    await room.ask(resident)
    server.send_text(resident, "a" * (LONGEST - 20) + "\u2060" * 20)
    await room.drained()
    assert bot.sql("select error from outbox where state != 'sent'") == []


@pytest.mark.parametrize("character", ["\u2060", "\u200b", "\ufeff"])
def test_no_part_of_a_long_text_is_without_visible_characters(character: str) -> None:
    assert not [part for part in split("a" + character * 10_000) if is_blank(parse_html(part)[0])]
