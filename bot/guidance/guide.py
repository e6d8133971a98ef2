"""The guide: what a question leads to, from the matcher's decision and the place named in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Protocol

from bot.domain.answer import Answer, Choice, Dialogue, Explained, Guidance, Handoff, Part
from bot.domain.catalogue import Catalogue
from bot.domain.intent import Intent, Kind
from bot.domain.match import Candidate, Decision, Match
from bot.domain.place import Place
from bot.domain.question import Question
from bot.guidance.compose import compose_answer, compose_dialogue
from bot.guidance.elsewhere import Elsewhere
from bot.guidance.glossary import Asked, Glossary
from bot.guidance.points import Points, points_for
from bot.matching.decision import URGENT_SHOWN

COURTESIES = frozenset({"greeting", "thanks", "goodbye"})
"""Dialogue intents that say nothing when the same message also asks something."""

_CHOICES = 3
_WORTH_OFFERING = 0.05


class Matcher(Protocol):
    """Decides what a message asks."""

    def match(self, text: str) -> Match:
        """The decision for `text`."""


class Gazetteer(Protocol):
    """Recognises the place a message names."""

    def find(self, text: str) -> Place | None:
        """The place named in `text`, None when it names none."""


class Guide:
    """Guidance from one catalogue; build a new one when the catalogue changes."""

    def __init__(self, catalogue: Catalogue, matcher: Matcher, gazetteer: Gazetteer) -> None:
        self.catalogue = catalogue
        self.matcher = matcher
        self.gazetteer = gazetteer
        self._elsewhere = Elsewhere(catalogue)
        self._glossary = Glossary(catalogue.glossary.values())
        # An answer changes with the catalogue and the clock only: the questions of a minute share it.
        self._composed = lru_cache(maxsize=1024)(partial(compose_answer, catalogue))

    def ask(self, question: Question) -> Guidance:
        """What `question` leads to; a city named in it wins over the stored one, for this question only."""
        place = self.gazetteer.find(question.text)
        city = self._city(place, question.city)
        found = self.matcher.match(question.text)
        country = self._elsewhere.country(question.text, place, self._asked(found))
        if country and found.decision is Decision.ANSWER:
            found = replace(found, decision=Decision.CHOICE, intents=_offered(found))
        guidance = Guidance(
            parts=self._parts(found, question, city, place),
            candidates=_candidates(found),
            language=question.language,
            city=city,
            place=place,
            country=country,
        )
        asked = self._glossary.asked(question.text)
        if asked and (asked.surely or found.decision is not Decision.ANSWER):
            return self._explained(guidance, asked, found)
        return guidance

    def answer(
        self,
        intent: str,
        *,
        language: str,
        city: str | None,
        at: datetime,
        place: Place | None = None,
        coordinates: tuple[float, float] | None = None,
    ) -> Guidance:
        """The answer behind a button; a hand-over when the intent has left the catalogue since."""
        question = Question("", language, city, at, coordinates)
        city = self._city(place, city)
        known = self.catalogue.intents.get(intent)
        part = self._part(known, question, city, place) if known else Handoff()
        return Guidance((part,), (Candidate(intent, 1.0),) if known else (), language, city, place)

    def points(
        self,
        service: str | None,
        *,
        city: str | None,
        at: datetime,
        language: str = "fi",
        coordinates: tuple[float, float] | None = None,
    ) -> Points:
        """Points of a service id for a resident of `city`, own ones and the other cities'."""
        return points_for(self.catalogue, service, city=city, at=at, language=language, coordinates=coordinates)

    def _city(self, place: Place | None, stored: str | None) -> str | None:
        """The named city; none for a place outside the region; else the stored one. An unknown id counts as none."""
        if place and place.outside:
            return None
        city = place.city if place and place.city else stored
        return city if city in self.catalogue.cities else None

    def _parts(self, found: Match, question: Question, city: str | None, place: Place | None) -> tuple[Part, ...]:
        intents = self._known(candidate.intent for candidate in found.intents)
        if found.decision is Decision.HANDOFF or not intents:
            return (Handoff(),)
        if found.decision is Decision.CHOICE:
            scores = {candidate.intent: candidate.score for candidate in found.intents}
            shown = [intent.id for intent in intents if intent.urgent and scores[intent.id] >= URGENT_SHOWN]
            return (Choice(tuple(intent.id for intent in intents[:_CHOICES]), tuple(shown)),)
        # Urgent matters come first, otherwise the order of the message stays.
        intents.sort(key=lambda intent: not intent.urgent)
        asked = [intent for intent in intents if intent.id not in COURTESIES] or intents[:1]
        return tuple(self._part(intent, question, city, place) for intent in asked)

    def _explained(self, guidance: Guidance, asked: Asked, found: Match) -> Guidance:
        """The term's explanation with ways on; of what the message leads to otherwise, urgent matters stay above it."""
        urgent = tuple(part for part in guidance.parts if isinstance(part, (Answer, Choice)) and part.urgent)
        shown = set(replace(guidance, parts=urgent).intents) if urgent else set()
        likely = [] if found.decision is Decision.HANDOFF else [candidate.intent for candidate in found.intents]
        own = [asked.term.intent] if asked.term.intent else []
        if not own and found.decision is Decision.ANSWER:
            own = likely[:1]
        known = [each for each in self._known([*own, *likely]) if each.kind is Kind.ANSWER and each.id not in shown]
        first = known[0] if known and known[0].id in own else None
        part = Explained(
            asked.term,
            guidance.language,
            first.id if first else None,
            tuple(intent.id for intent in known[:_CHOICES]),
            urgent=first is not None and first.urgent,
        )
        candidates = guidance.candidates
        if first and not urgent:
            candidates = (Candidate(first.id, 1.0), *(one for one in candidates if one.intent != first.id))
        elif not known and not urgent:
            candidates = ()
        return replace(guidance, parts=(*urgent, part), candidates=candidates)

    def _asked(self, found: Match) -> list[Intent]:
        """What a message seems to ask: the decided intents without courtesies, else the likeliest."""
        intents = self._known(candidate.intent for candidate in found.intents)
        asked = [intent for intent in intents if intent.id not in COURTESIES] or intents
        return asked if found.decision is Decision.ANSWER else asked[:1]

    def _known(self, ids: Iterable[str]) -> list[Intent]:
        return [self.catalogue.intents[each] for each in dict.fromkeys(ids) if each in self.catalogue.intents]

    def _part(self, intent: Intent, question: Question, city: str | None, place: Place | None) -> Answer | Dialogue:
        if intent.kind is Kind.DIALOGUE:
            return compose_dialogue(intent, question.language, question.at)
        minute = question.at.replace(second=0, microsecond=0)
        if question.coordinates is None:
            return self._composed(intent, language=question.language, city=city, place=place, at=minute)
        return compose_answer(
            self.catalogue,
            intent,
            language=question.language,
            city=city,
            place=place,
            at=minute,
            coordinates=question.coordinates,
        )


def _offered(found: Match) -> tuple[Candidate, ...]:
    """What to choose from instead of an answer: what was decided, and runners-up that are more than noise."""
    decided = {candidate.intent for candidate in found.intents}
    offered = [one for one in _candidates(found) if one.intent in decided or one.score >= _WORTH_OFFERING]
    return tuple(offered[:_CHOICES])


def _candidates(found: Match) -> tuple[Candidate, ...]:
    """What was decided first, then the rest of the ranking, each intent once."""
    decided = {candidate.intent: candidate for candidate in (*found.ranked, *found.intents)}
    order = dict.fromkeys(candidate.intent for candidate in (*found.intents, *found.ranked))
    return tuple(decided[intent] for intent in order)
