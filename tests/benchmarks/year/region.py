"""A year of four cities as rows of the tables: as it would look if nothing had been forgotten before day 365.

What has an hour or a day to live is there as the running bot leaves it: a week of the inbox, two days of the outbox.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

DAY = 86_400.0
CITIES = ("helsinki", "espoo", "vantaa", "kauniainen")
LANGUAGES = ("fi", "en", "ru", "so", "ar", "uk", "et", "fa", "es", "tr", "sv", "zh", "fr")
GROUP = -1_001_000_000_000
FIRST_CHAT, STEP_CHAT = 100_000_000, 37_003
UPDATES = 1.5
"""Updates for each question: commands and buttons are updates too. Calls to Telegram are as many."""
ENTRIES = 8
OPEN = 300
"""Tickets that are open at the end, half of them taken; in a smaller region in proportion, 40 at least."""
CHUNK = 20_000
Row = tuple[Any, ...]


def chat(resident: int) -> int:
    """The chat of the resident who came as the n-th; ids say nothing about when somebody came."""
    return FIRST_CHAT + (resident * 7_919 % 1_000_003) * STEP_CHAT


class Region:
    """Rows, always the same for the same size; `now` is the end of the year, in Unix seconds."""

    def __init__(self, questions: int, tickets: int, texts: Sequence[str], intents: Sequence[str], now: float) -> None:
        self.questions, self.tickets = questions, tickets
        self.now, self.begin = now, now - 365 * DAY
        self._texts, self._intents = texts, intents
        self.residents = max(100, questions * 3 // 40)
        self._last = array("d", [0.0]) * self.residents
        self._asked = array("l", [0]) * self.residents
        self._random = random.Random(365)
        self._weights = list(itertools.accumulate(self._random.lognormvariate(0, 1.3) for _ in range(self.residents)))

    def heaviest(self, count: int) -> list[int]:
        """Chats of those who asked most, the first the most."""
        order = sorted(range(self.residents), key=lambda one: -self._asked[one])
        return [chat(one) for one in order[:count]]

    def exchanges(self) -> Iterator[Row]:
        """All questions in the order of their times."""
        pick, texts, intents = self._random.random, self._texts, self._intents
        days = max(1, self.questions // 365)
        for start in range(0, self.questions, days):
            size = min(days, self.questions - start)
            who = self._writing(start / self.questions, size)
            for number, resident in enumerate(who, start):
                at = self.begin + 365 * DAY * number / self.questions
                self._last[resident] = at
                self._asked[resident] += 1
                dice = pick()
                kind = "answer" if dice < 0.72 else "choice" if dice < 0.88 else "dialogue" if dice < 0.995 else "wish"
                kind = "feedback" if dice > 0.999 else kind
                intent = intents[int(dice * 1e7) % len(intents)]
                yield (
                    chat(resident), at, kind, LANGUAGES[resident % 13], CITIES[resident % 4], intent,
                    round(dice, 6), texts[int(pick() * len(texts))], None if dice < 0.95 else dice < 0.985,
                )  # fmt: skip

    def _writing(self, share: float, size: int) -> list[int]:
        """Who writes at that part of the year: half of the time who came lately, else anybody, some far more."""
        known = max(50, int(self.residents * (share * 0.9 + 0.1)))
        lately, half = max(10, known * 15 // 100), size // 2
        total = self._weights[known - 1]
        old = [bisect.bisect(self._weights, self._random.random() * total, 0, known - 1) for _ in range(half)]
        who = old + [known - 1 - int(self._random.random() * lately) for _ in range(size - half)]
        self._random.shuffle(who)
        return who

    def people(self) -> Iterator[Row]:
        """The residents' rows, after `exchanges` were read to their end."""
        for resident in range(self.residents):
            if not self._asked[resident]:
                continue
            yield (
                chat(resident), LANGUAGES[resident % 13], CITIES[resident % 4], "bot", "none", 0,
                self._intents[resident % len(self._intents)], self._texts[resident % len(self._texts)], None, True,
                self._last[resident] - DAY, self._last[resident],
            )  # fmt: skip

    @property
    def open(self) -> int:
        """How many of the last tickets are open."""
        return min(OPEN, max(40, self.tickets // 200))

    def requests(self) -> Iterator[dict[str, list[Row]]]:
        """Chunks of tickets with all that belongs to them, by table."""
        heavy = self.heaviest(max(1, self.residents // 50))
        for start in range(0, self.tickets, CHUNK // 10):
            rows: dict[str, list[Row]] = {name: [] for name in ("tickets", "topics", "entries", "pairs", "audit")}
            for number in range(start, min(self.tickets, start + CHUNK // 10)):
                self._request(number, heavy, rows)
            yield rows

    def _request(self, number: int, heavy: Sequence[int], rows: dict[str, list[Row]]) -> None:
        ticket, city = number + 1, number % 4
        waits = number >= self.tickets - self.open
        state = "closed" if not waits else "waiting" if number // 4 % 2 else "taken"
        at = self.begin + 364.8 * DAY * number / self.tickets
        # A tenth comes from those who ask most; nobody has two open ones.
        who = heavy[int(self._random.random() ** 1.4 * len(heavy))] if number % 10 == 0 and not waits else 0
        who = who or chat(int(number * self.residents / self.tickets))
        taker = None if state == "waiting" else 5_000 + city * 10 + number % 10
        closed = at + DAY * self._random.random() if state == "closed" else None
        taken = at + 900 if taker else None
        stars, comment = (
            (None, None) if number % 3 or waits else (number % 5 + 1, self._text() if number % 9 == 0 else None)
        )
        rows["tickets"].append(
            (
                ticket, who, CITIES[city], CITIES[city], "question" if number % 12 else "lodging", state,
                self._intents[number % len(self._intents)], LANGUAGES[number % 13], LANGUAGES[number % 13],
                at, at, taker, taken, closed, "advisor" if closed else None, 0, stars, comment,
            )
        )  # fmt: skip
        group = GROUP - city
        rows["topics"].append((ticket, CITIES[city], group, 10 + number * 9, True, 11 + number * 9))
        if number % 10 == 7:
            rows["topics"].append((ticket, CITIES[city - 1], GROUP - city + 1, 12 + number * 9, False, 13 + number * 9))
        talk = ("resident", "opened", "taken", "advisor", "resident", "advisor", "note", "closed by advisor")
        for turn, author in enumerate(talk[: ENTRIES if closed else 3 if taker else 2]):
            when, said = at + 600 * turn, turn * 2 + number * 16
            if author in {"opened", "taken", "closed by advisor"}:
                actor = taker if author != "opened" else None
                rows["entries"].append((ticket, when, "event", author, actor, None, None, None))
                rows["audit"].append((when, actor, author, ticket, ""))
                continue
            origin, copy = (who, group) if author == "resident" else (group, who)
            rows["entries"].append(
                (ticket, when, author, self._text(), taker if origin < 0 else None, None, origin, str(said))
            )
            if author != "note":
                rows["pairs"].append((ticket, origin, said, copy, said + 1, False))
        if number % 4 == 0:
            rows["audit"].append((at + 5000, taker, "read", ticket, ""))

    def _text(self) -> str:
        return self._texts[int(self._random.random() * len(self._texts))]

    def updates(self) -> Iterator[Row]:
        """A week of handled updates."""
        yield from (
            (number, chat(number * 31 % self.residents), "", "done", 0, at, None)
            for number, at in enumerate(self._times(7), 1)
        )

    def calls(self) -> Iterator[Row]:
        """Two days of calls that were made."""
        for number, at in enumerate(self._times(2), 1):
            who = chat(number * 31 % self.residents)
            yield (who, "sendMessage", "", "sent", 1, number, None, at, at + 0.2, None, None, number)

    def waiting(self, count: int) -> list[Row]:
        """Calls that are to be made."""
        rows = []
        for number in range(count):
            words = json.dumps({"chat_id": chat(number), "text": self._text() * 4, "parse_mode": "HTML"})
            rows.append((chat(number), "sendMessage", words, "pending", 0, None, None, self.now, None, None, None, 1))
        return rows

    def _times(self, days: int) -> Iterator[float]:
        count = int(self.questions * UPDATES * days / 365)
        return (self.now - days * DAY * (1 - number / count) for number in range(count))

    def desks(self) -> Iterator[Row]:
        """The desks."""
        yield from ((city, GROUP - number, "fi", False, 30, None) for number, city in enumerate(CITIES))

    def advisors(self) -> Iterator[Row]:
        """Ten at each desk."""
        for number, city in enumerate(CITIES):
            yield from ((5_000 + number * 10 + one, city, "Advisor", LANGUAGES[one]) for one in range(10))

    def bans(self) -> Iterator[Row]:
        """A few, some of them over."""
        yield from (
            (chat(one * 501 % self.residents), "threats", self.now + (one - 10) * DAY, 5_000) for one in range(20)
        )


COLUMNS = {
    "exchanges": "chat at kind language city intents score text helpful",
    "residents": "chat language city state step misses last_intent last_question draft reachable created_at updated_at",
    "tickets": "id chat city desk kind state intent language languages opened_at waiting_since taker taken_at closed_at"
    " closed_by nudges stars comment",
    "topics": "ticket city chat thread owner card",
    "entries": "ticket at author text actor media from_chat from_messages",
    "pairs": "ticket from_chat from_message to_chat to_message media",
    "audit": "at actor act ticket detail",
    "inbox": "update_id chat body state attempts received_at keeper",
    "outbox": "chat method payload state attempts message_id error created_at settled_at topic context origin",
    "desks": "city chat language names goal_minutes hours",
    "advisors": "user city first_name skills",
    "bans": "chat reason until actor",
}
"""Table -> the columns of its rows here."""
