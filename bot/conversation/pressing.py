"""Buttons: what each kind of action leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import notices
from bot.conversation.acting import Acting
from bot.conversation.answering import Answering
from bot.conversation.heard import Moment
from bot.conversation.lodging import LodgingTalk
from bot.conversation.reply import Duty, Rating, Reply
from bot.conversation.settling import Settling
from bot.conversation.wishing import Wishing
from bot.domain.resident import Resident, Step
from bot.rendering import actions, menus
from bot.rendering.actions import Action
from bot.rendering.answer import related_screen
from bot.rendering.points import person_button, venue_screen

Handler = Callable[[Moment, tuple[str, ...]], Reply | None]
"""Leads from a press and the action's arguments to a reply; None when the catalogue lacks what they name."""


class Pressing:
    """One method an action kind; an action of an older catalogue or a forged one changes nothing."""

    def __init__(
        self, answering: Answering, settling: Settling, wishing: Wishing, acting: Acting, lodging: LodgingTalk
    ) -> None:
        self._answering = answering
        self._wishing = wishing
        self._acting = acting
        self._catalogue = answering.guide.catalogue
        self._handlers: Mapping[str, Handler] = {
            actions.ANSWER: self._answer,
            actions.MAP: self._map,
            actions.OTHERS: self._others,
            actions.RELATED: self._related,
            actions.HELPFUL: self._helpful,
            actions.UNHELPFUL: self._unhelpful,
            actions.HUMAN: self._human,
            actions.SPEAK: wishing.speak,
            actions.SEND: wishing.send,
            actions.CLOSE: wishing.close,
            actions.MOVE: wishing.move,
            actions.REOPEN: wishing.reopen,
            actions.RATE: wishing.rate,
            actions.LODGE: lodging.begin,
            actions.REPLY: lodging.answer,
            actions.WISH: self._wish,
            actions.TOPICS: self._topics,
            actions.TOPIC: self._topic,
            actions.CITY: settling.press_city,
            actions.LANGUAGE: settling.press_language,
            actions.SWITCH: settling.press_language,
            actions.DELETE: lambda moment, _: Reply(Resident(moment.resident.chat), duty=Duty.DELETE),
            actions.CANCEL: self._cancel,
        }

    def press(self, action: Action | None, moment: Moment) -> Reply:
        """What a press leads to; the question that was open before is closed, unless the press answers it."""
        answers = moment.resident.step is Step.HUMAN_CITY and action is not None and action.kind == actions.CITY
        step = Step.HUMAN_CITY if answers else Step.NONE
        moment = replace(moment, resident=replace(moment.resident, step=step))
        # What only desks' buttons say means nothing in a private chat.
        handler = self._handlers.get(action.kind) if action else None
        reply = handler(moment, action.args) if handler and action else None
        tr = self._answering.tr(moment)
        return reply or Reply(moment.resident, toast=tr("This button is old. Write your question, or /topics."))

    def _human(self, moment: Moment, args: tuple[str, ...]) -> Reply:
        return self._wishing.ask(moment, args[0] if args and args[0] in self._catalogue.intents else None)

    def _cancel(self, moment: Moment, _: tuple[str, ...]) -> Reply:
        return Reply(replace(moment.resident, draft=None), (self._answering.ready(moment),))

    def _answer(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        intent, *city = args
        if intent not in self._catalogue.intents:
            return None
        reply = self._answering.intent(intent, moment, city[0] if city else None)
        return self._acting.follow(reply, "", moment)

    def _others(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        intent, *city = args
        if intent not in self._catalogue.intents:
            return None
        reply = self._answering.others(intent, moment, city[0] if city else None)
        return reply if reply.screens else None

    def _map(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        point = self._catalogue.points.get(args[0])
        venue = venue_screen(point, self._answering.tr(moment).language) if point else None
        return Reply(moment.resident, (venue,)) if venue else None

    def _related(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        if args[0] not in self._catalogue.intents:
            return None
        screen = related_screen(args[0], self._catalogue, self._answering.tr(moment), moment.at)
        return Reply(moment.resident, (screen,))

    def _helpful(self, moment: Moment, args: tuple[str, ...]) -> Reply:
        tr = self._answering.tr(moment)
        return Reply(moment.resident, rating=Rating(args[0], helpful=True), toast=tr("Thank you!"))

    def _unhelpful(self, moment: Moment, args: tuple[str, ...]) -> Reply:
        tr = self._answering.tr(moment)
        words = tr("I am sorry. A person can help, or choose a topic.")
        screen = notices.text(words, menus.topics_button(tr), person_button(tr))
        return Reply(moment.resident, (screen,), rating=Rating(args[0], helpful=False), toast=tr("Thank you!"))

    def _wish(self, moment: Moment, _: tuple[str, ...]) -> Reply | None:
        asked = moment.resident.last_question
        return self._wishing.wish(asked, moment) if asked else None

    def _topics(self, moment: Moment, _: tuple[str, ...]) -> Reply:
        return Reply(moment.resident, (menus.topics_screen(self._catalogue, self._answering.tr(moment)),))

    def _topic(self, moment: Moment, args: tuple[str, ...]) -> Reply:
        return Reply(moment.resident, (menus.topic_screen(args[0], self._catalogue, self._answering.tr(moment)),))
