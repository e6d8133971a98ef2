"""Why the bot answers as it does, for an editor: language, city, candidates, and the file and line of the words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.conversation.conversation import Conversation
from bot.conversation.heard import Moment, Said
from bot.domain.answer import Guidance
from bot.domain.resident import Resident
from bot.guidance.compose import wording
from bot.guidance.hours import HELSINKI
from bot.matching.explain import Explanation, explain
from bot.matching.matcher import Matcher
from bot.privacy.masking import mask
from bot.telegram.current import Current

Words = Callable[[Explanation, Guidance | None], str]
"""An explanation in words."""


class Inspector:
    """Looks at questions through the eyes of the people in the room; `begun` is when the room was opened (Unix)."""

    def __init__(self, current: Current, intents: Path, begun: float, words: Words) -> None:
        self._current = current
        self._intents = intents
        self._begun = begun
        self._words = words

    async def look(self, resident: Resident, text: str) -> dict[str, Any]:
        """What a question of a resident leads to now; see `docs/practice-room.md` for the keys."""
        return await asyncio.to_thread(self._look, self._current.conversation, resident, mask(text).text.strip())

    def _look(self, talk: Conversation, resident: Resident, text: str) -> dict[str, Any]:
        at = datetime.now(UTC)
        reply = talk.respond(Said(text), Moment(resident, at))
        assert isinstance(talk.guide.matcher, Matcher), "a conversation of the data on disk has no other"
        why = explain(talk.guide.matcher, text, talk.catalogue.examples(), talk.catalogue.lexicon)
        guidance, read = reply.guidance, why.read.language
        language = guidance.language if guidance else resident.language or "en"
        shown = guidance.intents[:1] if guidance else ()
        return {
            "question": text,
            "language": {"code": read.language, "confidence": round(read.confidence, 2), "stored": resident.language},
            "city": _city(talk, guidance, resident, language),
            "kind": guidance.kind if guidance else "dialogue",
            "candidates": [
                {"intent": one.intent, "title": _title(talk, one.intent, language), "score": round(one.score, 3)}
                | {"file": self._file(talk, one.intent, language)}
                for one in why.match.ranked[:5]
            ],
            "source": self._source(talk, shown[0], language, at) if shown else None,
            "lines": self._words(why, guidance).split("\n"),
        }

    def _file(self, talk: Conversation, intent: str, language: str) -> str:
        known = talk.catalogue.intents.get(intent)
        return f"intents/{known.topic}/{intent}/{language}.yaml" if known else ""

    def _source(self, talk: Conversation, intent: str, language: str, at: datetime) -> dict[str, Any] | None:
        """Where the shown words stand, in the language they were found in, and when that file was changed."""
        known = talk.catalogue.intents.get(intent)
        if known is None:
            return None
        code, _ = wording(known, language, at.astimezone(HELSINKI).date())
        path = self._intents / known.topic / intent / f"{code}.yaml"
        try:
            lines, changed = path.read_text(encoding="utf-8").split("\n"), path.stat().st_mtime
        except (OSError, ValueError):
            return None
        line = next((number for number, line in enumerate(lines, 1) if line.startswith("answer:")), 1)
        clock = datetime.fromtimestamp(changed, HELSINKI).strftime("%H:%M:%S") if changed > self._begun else None
        return {"path": f"intents/{known.topic}/{intent}/{code}.yaml", "line": line, "changed": clock}


def _title(talk: Conversation, intent: str, language: str) -> str:
    known = talk.catalogue.intents.get(intent)
    return known.title(language) if known else intent


def _city(talk: Conversation, guidance: Guidance | None, resident: Resident, language: str) -> dict[str, str | None]:
    """The answer's city and why it is that one."""
    city = guidance.city if guidance else resident.city
    known = talk.catalogue.cities.get(city or "")
    name = known.names.get(language, known.names.get("fi", city)) if known else None
    if guidance and guidance.place:
        place = guidance.place
        why = f"named in the message: {place.name}" + (" (outside the four cities)" if place.outside else "")
    else:
        why = "the resident's choice" if city else "not chosen yet"
    return {"name": name, "why": why}
