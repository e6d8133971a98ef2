"""Questions and the buttons under answers: guidance, turned into screens and remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bot.conversation import notices
from bot.conversation.heard import Moment
from bot.conversation.notices import Practice
from bot.conversation.reply import Record, Reply
from bot.conversation.tongue import Tongue
from bot.domain.answer import Answer, Choice, Guidance
from bot.domain.question import Question
from bot.guidance.guide import Guide
from bot.guidance.points import view
from bot.locales import Translator, translator
from bot.rendering import actions
from bot.rendering.answer import answer_screens
from bot.rendering.guidance import guidance_screens
from bot.rendering.html import escape
from bot.rendering.points import desks_screen, others_screens
from bot.rendering.screen import Button, Screen


class Answering:
    """Answers from the guide."""

    def __init__(self, guide: Guide, tongue: Tongue, practice: Practice) -> None:
        self.guide = guide
        self._practice = practice
        self._catalogue = guide.catalogue
        self._tongue = tongue
        self._rendered = lru_cache(maxsize=512)(answer_screens)

    def tr(self, moment: Moment) -> Translator:
        """The interface in the resident's language."""
        return translator(self._tongue.of(moment.resident, moment.hint))

    def welcome(self, moment: Moment) -> Screen:
        """The first words."""
        return notices.welcome(self._practice, self._catalogue, self.tr(moment))

    def privacy(self, moment: Moment) -> Screen:
        """The privacy notice, with the controller of the resident's city."""
        return notices.privacy(self._practice, self._catalogue, moment.resident.city, self.tr(moment))

    def question(self, text: str, moment: Moment) -> Reply:
        """The reply to a question, in the language that it is written in."""
        resident = moment.resident
        written = self._tongue.written(text, resident.language)
        spoken = written if written in self._catalogue.languages else None
        language = spoken or self._tongue.of(resident, moment.hint)
        tr = translator(language)
        guidance = self.guide.ask(Question(text, language, resident.city, moment.at))
        reply = self._reply(guidance, moment, tr)
        reply = replace(
            reply,
            resident=replace(
                reply.resident,
                language=resident.language or language,
                last_question=resident.last_question if guidance.kind == "dialogue" else text,
            ),
            record=Record(
                guidance.kind,
                language,
                guidance.city,
                guidance.intents,
                guidance.candidates[0].score if guidance.candidates else None,
                text,
            ),
            guidance=guidance,
        )
        if written and written not in self._catalogue.languages:
            # Not stored: the next message may be in a language that the bot speaks.
            return replace(reply.before(_not_spoken(tr)), resident=replace(reply.resident, language=resident.language))
        if resident.language is None:
            return reply.after(self.first_words(tr))
        if spoken and spoken != resident.language:
            return reply.after(self._offer_switch(spoken, tr))
        return reply

    def intent(
        self, intent: str, moment: Moment, city: str | None = None, coordinates: tuple[float, float] | None = None
    ) -> Reply:
        """The answer behind a button; `city` for that city instead of the resident's."""
        tr = self.tr(moment)
        guidance = self._guidance(intent, moment, city, coordinates)
        record = Record(guidance.kind, tr.language, guidance.city, guidance.intents)
        return replace(self._reply(guidance, moment, tr), record=record)

    def others(self, intent: str, moment: Moment, city: str | None = None) -> Reply:
        """The other service points of an intent."""
        tr = self.tr(moment)
        part = self._guidance(intent, moment, city).parts[0]
        screens = others_screens(part, self._catalogue, tr, moment.at) if isinstance(part, Answer) else []
        return Reply(moment.resident, tuple(screens))

    def desks(
        self, moment: Moment, coordinates: tuple[float, float] | None = None, tr: Translator | None = None
    ) -> Screen:
        """Every city's advice point: they all serve the resident. Own city's first, or the nearest."""
        cities = sorted(self._catalogue.cities.values(), key=lambda city: city.id != moment.resident.city)
        points = [self._catalogue.points.get(city.desk.point or "") for city in cities]
        views = [view(point, moment.at, coordinates) for point in points if point]
        if coordinates:
            views.sort(key=lambda seen: (seen.distance_m is None, seen.distance_m))
        return desks_screen(views, self._catalogue, tr or self.tr(moment), moment.at)

    def again(self, moment: Moment, coordinates: tuple[float, float] | None = None) -> Reply | None:
        """The last answer, for what has been settled since; None without one, and while answers are off."""
        last = moment.resident.last_intent
        if moment.human_only or last not in self._catalogue.intents:
            return None
        return self.intent(str(last), moment, coordinates=coordinates)

    def ready(self, moment: Moment) -> Screen:
        """The invitation to ask; while answers are off, that they are."""
        tr = self.tr(moment)
        return notices.human_only(tr) if moment.human_only else notices.ready(tr)

    def urgent(self, text: str, moment: Moment) -> tuple[Screen, ...]:
        """The answer to `text`, or the choice, when it may be an urgent matter, else nothing.

        While answers are off nothing tells what is urgent: the emergency number, whatever it is about.
        """
        if moment.human_only:
            return (notices.danger(self.tr(moment)),)
        language = self._tongue.of(moment.resident, moment.hint)
        guidance = self.guide.ask(Question(text, language, moment.resident.city, moment.at))
        parts = tuple(part for part in guidance.parts if isinstance(part, (Answer, Choice)) and part.urgent)
        return self._reply(replace(guidance, parts=parts), moment, translator(language)).screens if parts else ()

    def meant(self, text: str, moment: Moment) -> str | None:
        """The intent that `text` is answered with, None when it is not answered directly."""
        language = self._tongue.of(moment.resident, moment.hint)
        guidance = self.guide.ask(Question(text, language, moment.resident.city, moment.at))
        return next((part.intent for part in guidance.parts if isinstance(part, Answer)), None)

    def written(self, text: str, moment: Moment) -> str | None:
        """The language that `text` is surely in, where that is not the one spoken with the resident."""
        return self._tongue.written(text, self._tongue.of(moment.resident, moment.hint))

    def _guidance(
        self, intent: str, moment: Moment, city: str | None, coordinates: tuple[float, float] | None = None
    ) -> Guidance:
        return self.guide.answer(
            intent,
            language=self._tongue.of(moment.resident, moment.hint),
            city=city or moment.resident.city,
            at=moment.at,
            coordinates=coordinates,
        )

    def _reply(self, guidance: Guidance, moment: Moment, tr: Translator) -> Reply:
        resident = moment.resident
        answered = [part.intent for part in guidance.parts if isinstance(part, Answer)]
        changed = replace(
            resident,
            misses=resident.misses + 1 if guidance.kind == "handoff" else 0,
            last_intent=answered[-1] if answered else resident.last_intent,
        )
        minute = moment.at.replace(second=0, microsecond=0)
        return Reply(changed, tuple(guidance_screens(guidance, self._catalogue, tr, minute, self._rendered)))

    def _offer_switch(self, language: str, tr: Translator) -> Screen:
        name = self._catalogue.languages[language].name
        button = Button(tr("Always {language}", language=name), actions.act(actions.SWITCH, language))
        return Screen(escape(tr("Shall I always answer in this language?")), ((button,),))

    def first_words(self, tr: Translator) -> Screen:
        """Who answers and what is stored, for somebody who asks without having been welcomed."""
        words = tr(
            "I am Neuvoja, a bot: I answer with texts that people wrote. Your city: /city. Another language: "
            "/language. A person: /human. How your messages are used: /privacy"
        )
        return notices.text(f"{words}\n\n{notices.short_privacy(self._practice, self._catalogue, tr)}")


def _not_spoken(tr: Translator) -> Screen:
    words = tr(
        "I cannot write your language yet. My languages: /language. Advice points can get an interpreter: /human"
    )
    return notices.text(words)
