"""*Human only*: while it is on, residents get a notice and the way to a person in place of the bot's answers."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import notices
from bot.conversation.answering import Answering
from bot.conversation.heard import Commanded, Heard, Moment, Pressed, Sent
from bot.conversation.reply import Record, Reply
from bot.conversation.tongue import KNOWN, Tongue
from bot.domain.resident import Step
from bot.locales import translator
from bot.rendering import actions, menus
from bot.rendering.handover import MAIN
from bot.rendering.screen import Screen

ASKING = frozenset(
    {actions.ANSWER, actions.OTHERS, actions.RELATED, actions.TOPICS, actions.TOPIC, actions.LODGE},
)
"""Buttons that show an answer or lead to one."""


class HumanOnly:
    """The notice; nothing is matched, so an urgent matter is not told apart and the emergency number always shown."""

    def __init__(self, answering: Answering, tongue: Tongue) -> None:
        self._answering = answering
        self._tongue = tongue
        self._catalogue = answering.guide.catalogue

    def covers(self, heard: Heard, step: Step) -> bool:
        """True for what the bot would answer otherwise; whether a text is a question shows only when it is read."""
        match heard:
            case Pressed(action):
                return action is not None and action.kind in ASKING
            case Commanded(name):
                return name == "topics"
            case Sent():
                return step is not Step.HUMAN_WISH
            case _:
                return False

    def instead(self, heard: Heard, moment: Moment) -> Reply:
        """The notice for what is covered; under an answer's button the way to a person knows the matter."""
        action = heard.action if isinstance(heard, Pressed) else None
        named = action.args[0] if action and action.args else None
        intent = named if named in self._catalogue.intents else None
        language = self._language(moment)
        asked = action is not None and action.kind == actions.ANSWER
        return Reply(
            moment.resident if isinstance(heard, Sent) else replace(moment.resident, step=Step.NONE),
            self._screens(moment, language, unsure=moment.resident.language is None, intent=intent),
            Record("handoff", language, moment.resident.city) if asked else None,
        )

    def question(self, text: str, moment: Moment) -> Reply:
        """The notice in the language that the question is written in; the question is kept for the hand-over."""
        resident = moment.resident
        written = self._tongue.written(text, resident.language)
        language = written or self._language(moment)
        spoken = language if language in self._catalogue.languages else None  # only such a one is stored
        reply = Reply(
            replace(resident, language=resident.language or spoken, last_question=text),
            self._screens(moment, language, unsure=resident.language is None and written is None),
            Record("handoff", language, resident.city, text=text),
        )
        known = resident.language or resident.last_question
        return reply if known else reply.after(self._answering.first_words(translator(language)))

    def _language(self, moment: Moment) -> str:
        """The resident's, else the phone's, also where the catalogue has no answers in it; else English."""
        hinted = (moment.hint or "").split("-")[0].lower()
        return next((code for code in (moment.resident.language, hinted) if code in KNOWN), "en")

    def _screens(
        self, moment: Moment, language: str, *, unsure: bool, intent: str | None = None
    ) -> tuple[Screen, Screen]:
        """The notice and the advice points; `unsure` of the language: also in the main ones, with the choice of all."""
        tr = translator(language)
        notice = notices.human_only(tr, intent)
        if unsure:
            others = [notices.human_only(translator(code)).html for code in MAIN if code != language]
            choice = menus.language_rows(self._catalogue, self._tongue.hinted(moment.hint))
            notice = Screen("\n\n".join([notice.html, *others]), (*notice.keyboard, *choice))
        return notice, self._answering.desks(moment, tr=tr)
