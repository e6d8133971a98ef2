"""Starting a matter: what is done where, what to prepare, a few questions, and a ticket with that checklist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation import notices
from bot.conversation.answering import Answering
from bot.conversation.heard import Moment
from bot.conversation.reply import Reply
from bot.conversation.wishing import Wishing
from bot.domain.dated import in_language
from bot.domain.intent import Intent
from bot.domain.lodging import Lodging
from bot.domain.resident import Step
from bot.domain.ticket import Draft, TicketKind
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.html import bold, escape
from bot.rendering.screen import Button, Screen


class LodgingTalk:
    """Asks at most four questions with fixed options: nothing that identifies anybody is asked or taken."""

    def __init__(self, answering: Answering, wishing: Wishing) -> None:
        self._answering = answering
        self._wishing = wishing
        self._catalogue = answering.guide.catalogue

    def begin(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """What is done online and in person, what to prepare, and the first question; None for an unknown matter."""
        lodging = self._catalogue.lodging.get(args[0])
        if lodging is None:
            return None
        if moment.desk.ticket:
            return self._wishing.status(moment)
        tr = self._answering.tr(moment)
        if not moment.desk.staffed:
            words = tr("Advisors do not answer in this chat yet. An advice point helps you to start this:")
            told = (self._overview(lodging, tr, moment), notices.text(words), self._answering.desks(moment))
            return Reply(moment.resident, told)
        draft = Draft(about="", intent=lodging.intent, kind=TicketKind.LODGING)
        resident = replace(moment.resident, draft=draft, step=Step.NONE)
        asked = self._next(lodging, replace(moment, resident=resident))
        return asked.before(self._overview(lodging, tr, moment))

    def answer(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """The option chosen for question number `args[0]`; None when that question is not open."""
        draft = moment.resident.draft
        lodging = self._catalogue.lodging.get(draft.intent or "") if draft else None
        if draft is None or draft.kind is not TicketKind.LODGING or lodging is None:
            return None
        if args[0] != str(len(draft.answers)):
            return None
        if len(draft.answers) >= len(lodging.questions):
            return None
        question = self._catalogue.lodging_questions[lodging.questions[len(draft.answers)]]
        if args[1] not in question.options:
            return None
        resident = replace(moment.resident, draft=replace(draft, answers=(*draft.answers, args[1])))
        return self._next(lodging, replace(moment, resident=resident))

    def _next(self, lodging: Lodging, moment: Moment) -> Reply:
        draft, tr = moment.resident.draft, self._answering.tr(moment)
        assert draft is not None
        number = len(draft.answers)
        if number == len(lodging.questions):
            title = self._catalogue.intents[lodging.intent].title(tr.language)
            return self._wishing.prepare(replace(draft, about=title), moment)
        question = self._catalogue.lodging_questions[lodging.questions[number]]
        buttons = tuple(
            (Button(in_language(texts, tr.language, "en"), actions.act(actions.REPLY, str(number), option)),)
            for option, texts in question.options.items()
        )
        cancel = (Button(tr("Cancel"), actions.act(actions.CANCEL)),)
        return Reply(
            moment.resident, (Screen(escape(in_language(question.text, tr.language, "en")), (*buttons, cancel)),)
        )

    def _overview(self, lodging: Lodging, tr: Translator, moment: Moment) -> Screen:
        intent = self._catalogue.intents[lodging.intent]
        bring = to_prepare(intent, tr.language, moment.at.date())
        online, in_person = bold(tr("Online")), bold(tr("In person"))
        parts = [
            bold(intent.title(tr.language)),
            f"{online}\n{escape(in_language(lodging.online, tr.language, 'en'))}",
            f"{in_person}\n{escape(in_language(lodging.in_person, tr.language, 'en'))}",
        ]
        if bring:
            parts.append("\n".join([bold(tr("Have ready")), *(escape(f"• {item}") for item in bring)]))
        if moment.desk.staffed:
            words = tr(
                "An advisor can start this with you. I ask a few questions first. Do not write your name or identity "
                "code."
            )
            parts.append(escape(words))
        return Screen("\n\n".join(parts))


def to_prepare(intent: Intent, language: str, day: date) -> tuple[str, ...]:
    """What to have ready for a matter on `day`, in `language` where the list is written in it."""
    texts = [intent.texts[code] for code in (language, "en", "fi") if code in intent.texts]
    return next((bring for text in texts if (bring := text.on(day).bring)), ())
