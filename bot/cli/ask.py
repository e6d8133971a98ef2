"""`neuvoja ask`: one question, answered as a resident sees it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.cli.common import AsJson, Intents, Knowledge, city_id, conversation, fail, language_code, moment, settings
from bot.cli.explain import as_values, as_words
from bot.conversation.conversation import Conversation
from bot.conversation.heard import Moment, Said
from bot.conversation.reply import Reply
from bot.domain.answer import Answer
from bot.domain.resident import Resident
from bot.matching.explain import Explanation, explain
from bot.matching.matcher import Matcher
from bot.privacy.masking import mask
from bot.rendering.plain import as_text


def command(
    text: Annotated[str, typer.Argument(help="The question, in any language of the catalogue.")],
    *,
    lang: Annotated[str | None, typer.Option(help="The resident's language; else the message's.")] = None,
    city: Annotated[str | None, typer.Option(help="The resident's city.")] = None,
    at: Annotated[str | None, typer.Option(help="ISO time, such as 2027-01-01T12:00; else now.")] = None,
    why: Annotated[bool, typer.Option("--explain", help="Also say why: what was read, and what decided.")] = False,
    as_json: AsJson = False,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Answer one question."""
    when, where = moment(at), city_id(city)
    if not text.strip():
        fail("the question is empty")
    talk = conversation(settings(intents, knowledge))
    language = language_code(lang, talk) or talk.language_of(text)
    masked = mask(text)
    resident = Resident(0, language=language, city=where)
    reply = talk.respond(Said(masked.text, tuple(masked.kinds)), Moment(resident, when))
    words = "\n\n".join(as_text(screen) for screen in reply.screens)
    found = _explained(talk, masked.text.strip()) if why else None
    if as_json:
        values = _as_json(reply, language, words)
        told = {"explain": as_values(found, reply.guidance)} if found else {}
        print(json.dumps(values | told, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join([words, as_words(found, reply.guidance)] if found else [words]))


def _explained(talk: Conversation, text: str) -> Explanation:
    """Why the conversation's matcher decided as it did about a masked message."""
    assert isinstance(talk.guide.matcher, Matcher), "a conversation of the data on disk has no other"
    return explain(talk.guide.matcher, text, talk.catalogue.examples(), talk.catalogue.lexicon)


def _as_json(reply: Reply, language: str, words: str) -> dict[str, object]:
    guidance = reply.guidance
    if guidance is None:  # nothing but a place was written: the city is set
        return {
            "kind": "dialogue",
            "intents": [{"id": "change-city", "score": 1.0}],
            "language": language,
            "city": reply.resident.city,
            "text": words,
            "points": [],
        }
    answers = [part for part in guidance.parts if isinstance(part, Answer)]
    return {
        "kind": guidance.kind,
        "intents": [{"id": one.intent, "score": round(one.score, 4)} for one in guidance.candidates],
        "language": guidance.language,
        "city": guidance.city,
        "text": words,
        "points": [view.point.id for answer in answers for view in answer.points],
    }
