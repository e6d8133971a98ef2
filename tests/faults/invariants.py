"""What must hold whatever happens, read from the database and from the Bot API server's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.simulator.calls import Call
from bot.simulator.server import TelegramServer
from tests.faults.crowd import FIRST, Crowd
from tests.faults.reading import Sql
from tests.faults.town import Town, actions


async def consistent(town: Town) -> None:
    """The database agrees with itself and with what was asked of it."""
    sql = town.sql
    assert await sql("select state, count(*) from inbox where state != 'done' group by state") == []
    assert await sql("select state, method, error from outbox where state not in ('sent', 'dropped')") == []
    assert dict(await sql("select chat, count(*) from tickets group by chat")) == dict(town.opened), "one a wish"
    assert await sql("select distinct state, closed_by from tickets") == [("closed", "advisor")]
    assert await sql("select distinct state from residents") == [("bot",)]
    tickets = {number for (number,) in await sql("select id from tickets")}
    for act in ("opened", "taken", "closed by advisor"):
        done = await sql("select ticket, count(*) from audit where act = ? group by ticket", act)
        assert dict(done) == dict.fromkeys(tickets, 1), act
    assert await sql("select count(*), count(distinct ticket) from topics") == [(len(tickets), len(tickets))]
    for author, said in (("resident", town.words), ("advisor", town.replies)):
        assert said.keys() == tickets
        for number in tickets:
            kept = await sql("select text from entries where ticket = ? and author = ? order by id", number, author)
            texts = [text for (text,) in kept if not text.startswith("about-")]
            assert texts == said[number], (author, number, texts, said[number])


async def delivered(town: Town) -> None:
    """Everybody has everything that was meant for them, in order, and nothing else."""
    server = town.server
    for number, chat, thread in await town.sql(
        "select tickets.id, tickets.chat, thread from tickets join topics on ticket = tickets.id"
    ):
        seen = [one.text for one in server.messages(chat) if one.from_bot]
        story = [f"#{number} has been received", f"has your request #{number} ", f"#{number} is closed"]
        firsts = [next(place for place, text in enumerate(seen) if words in text) for words in story]
        assert firsts == sorted(firsts), "received, taken, closed"
        assert list(dict.fromkeys(text for text in seen if f"reply-{number}-" in text)) == [
            f"💬 {reply}" for reply in town.replies[number]
        ]
        shown = [one.text for one in server.messages(town.desk, thread) if one.from_bot]
        relayed = dict.fromkeys(text for text in shown if text.startswith("👤 word-"))
        assert list(relayed) == [f"👤 {words}" for words in town.words[number]]
    known = {thread for (thread,) in await town.sql("select thread from topics")}
    cards = [one for one in server.messages(town.desk) if any(data.startswith("D|") for data in actions(one))]
    assert {card.thread for card in cards} == known, "no card stands in a topic that nobody listens to"
    for person in town.opened:
        own = {number for (number,) in await town.sql("select id from tickets where chat = ?", person)}
        replies = [one.text for one in server.messages(person) if one.from_bot and "reply-" in one.text]
        assert {int(text.split("-")[1]) for text in replies} <= own, "nobody gets another's words"


async def answered(crowd: Crowd, sql: Sql) -> None:
    """Every question of the crowd was handled once, and has its answer."""
    handled = await sql("select chat, count(*) from exchanges where chat >= ? group by chat", FIRST)
    assert dict(handled) == dict(crowd.asked)
    assert crowd.unanswered() == []


def doubled_only_by(moments: Sequence[tuple[float, float]], server: TelegramServer) -> int:
    """How much was said twice, each time because of a fault in between: `moments` have begin and end.

    What Telegram did without saying so (drop-after, or a hanging call that was given up) is a fault of its own.
    """
    sent: dict[tuple[Any, ...], Call] = {}
    doubled = 0
    for call in server.calls:
        words = str(call.params.get("text") or call.params.get("caption") or "")
        once = (call.chat_id or 0) >= FIRST or any(mark in words for mark in ONCE)
        if not call.ok or call.method not in {"sendMessage", "copyMessage"} or not once:
            continue
        key = (call.method, call.chat_id, call.params.get("message_thread_id"), words)
        before = sent.get(key)
        if before is not None:
            doubled += 1
            between = any(before.time <= end and begin <= call.time for begin, end in moments)
            assert between or before.fault in {"drop-after", "hang"}, f"{words[:60]} twice without a fault in between"
        sent[key] = call
    return doubled


ONCE = ("word-", "reply-", "about-", "has been received", "has your request", "is closed", "has taken #")
"""Words of what is to be said once to the town's people; to the crowd everything is."""


def quiet(logs: Iterable[Path], *, but: frozenset[str] = frozenset()) -> None:
    """No log tells of something that must not happen, whatever goes on outside."""
    for log in logs:
        text = log.read_text(encoding="utf-8")
        for words in {"parked", "failed", "nothing follows", "Traceback", "database out of reach"} - but:
            assert words not in text, (words, [line for line in text.splitlines() if words in line][-5:])
