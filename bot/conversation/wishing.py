"""The way to a person: what it is about, where, in which languages, and the consent to pass it on; and feedback."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import notices
from bot.conversation.answering import Answering
from bot.conversation.heard import Moment, Sent
from bot.conversation.reply import Duty, Record, Reply
from bot.conversation.tongue import KNOWN
from bot.domain.resident import Step
from bot.domain.ticket import Draft, TicketState
from bot.rendering import actions, menus
from bot.rendering.handover import SPOKEN, status_screen, summary_screen
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Screen

LONGEST = 3500
"""Characters of a draft's text; Telegram's longest message would not fit a card with it."""


class Wishing:
    """Prepares a hand-over; while no desk is linked to the bot it keeps the wish and says whom to call."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._catalogue = answering.guide.catalogue

    def ask(self, moment: Moment, intent: str | None = None) -> Reply:
        """What is it about? The last question is offered; with an open ticket, how it stands instead."""
        tr, resident = self._answering.tr(moment), moment.resident
        if moment.desk.ticket:
            return self.status(moment)
        buttons = [Button(tr("Cancel"), actions.act(actions.CANCEL))]
        if resident.last_question:
            buttons.insert(0, Button(tr("Send my last question"), actions.act(actions.WISH)))
        words = (
            tr(
                "Write in one message what you need help with, in any language. You can also send a photo or a voice "
                "message. Do not write your personal identity code."
            )
            if moment.desk.staffed
            else tr(
                "Advisors do not answer in this chat yet. Write in one message what you need help with, in any "
                "language: I keep it, and I tell you whom to call or visit. Do not write your personal identity code."
            )
        )
        changed = replace(resident, step=Step.HUMAN_WISH, misses=0, draft=Draft(intent=intent) if intent else None)
        return Reply(changed, (notices.text(words, *buttons),))

    def status(self, moment: Moment) -> Reply:
        """The open ticket: who has it, its place in the queue, the desk's hours."""
        ticket = moment.desk.ticket
        assert ticket is not None
        reader = Reader(self._catalogue, self._answering.tr(moment), moment.at)
        return Reply(moment.resident, (status_screen(ticket, moment.desk.ahead, moment.desk.opening, reader),))

    def wish(self, text: str, moment: Moment) -> Reply:
        """What it is about, in words; an urgent matter is answered at once as well."""
        begun = moment.resident.draft
        intent = begun.intent if begun and begun.intent else self._answering.meant(text, moment)
        if not moment.desk.staffed:
            return self._unstaffed(text, moment)
        urgent = self._answering.urgent(text, replace(moment, resident=replace(moment.resident, step=Step.NONE)))
        return self.prepare(Draft(about=text[:LONGEST], intent=intent), moment).before(*urgent)

    def sent(self, sent: Sent, moment: Moment) -> Reply:
        """What it is about, as a photo, a voice message or a file."""
        if not moment.desk.staffed or sent.media == "contact":  # a name and a number
            return Reply(moment.resident, (notices.unreadable(self._answering.tr(moment)),))
        begun = moment.resident.draft or Draft()
        return self.prepare(
            replace(begun, about=sent.caption[:LONGEST], messages=sent.messages, media=sent.media), moment
        )

    def prepare(self, draft: Draft, moment: Moment) -> Reply:
        """The next thing that is missing: the city, else the consent."""
        language = self._answering.tr(moment).language
        written = self._answering.written(draft.about, moment) if draft.about else None
        languages = draft.languages or tuple(dict.fromkeys(code for code in (language, written) if code))
        draft = replace(draft, languages=languages)
        resident = replace(moment.resident, draft=draft, step=Step.NONE, misses=0)
        if resident.city is None:
            tr = self._answering.tr(moment)
            screens = menus.city_screens(self._catalogue, tr)
            return Reply(replace(resident, step=Step.HUMAN_CITY), tuple(screens))
        return Reply(resident, (self._summary(draft, replace(moment, resident=resident)),))

    def go_on(self, moment: Moment) -> Reply | None:
        """The hand-over after the city was told; None when none is being prepared."""
        draft = moment.resident.draft
        return self.prepare(draft, moment) if draft and draft.ready else None

    def speak(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """A language on or off; `more` shows all. None when no hand-over is being prepared."""
        draft, code = moment.resident.draft, args[0]
        if draft is None or not draft.ready or (code != "more" and code not in {*SPOKEN, *KNOWN}):
            return None
        if code != "more":
            chosen = draft.languages
            languages = tuple(one for one in chosen if one != code) if code in chosen else (*chosen, code)
            draft = replace(draft, languages=languages)
        resident = replace(moment.resident, draft=draft)
        every = code == "more" or any(one not in {"fi", "sv", "en", resident.language} for one in draft.languages)
        screen = self._summary(draft, replace(moment, resident=resident), every=every)
        return Reply(resident, (screen,), replaces=True)

    def send(self, moment: Moment, _: tuple[str, ...]) -> Reply | None:
        """The consent: the ticket is made. None when nothing is being prepared (any more)."""
        draft = moment.resident.draft
        if draft is None or not draft.ready or moment.desk.ticket:
            return None
        if not moment.desk.staffed:
            return self._unstaffed(draft.about, moment)
        record = Record("wish", self._answering.tr(moment).language, moment.resident.city, text=draft.about)
        return Reply(moment.resident, (), record, duty=Duty.OPEN)

    def close(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """The resident ends the own ticket; None when it is not the open one."""
        ticket = moment.desk.ticket
        return Reply(moment.resident, duty=Duty.CLOSE) if ticket and str(ticket.id) == args[0] else None

    def move(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """The resident chooses a desk that is open now; None once somebody has the ticket."""
        ticket = moment.desk.ticket
        fits = ticket and str(ticket.id) == args[0] and ticket.state is TicketState.WAITING and ticket.desk != args[1]
        return Reply(moment.resident, duty=Duty.MOVE, about=args) if fits else None

    def reopen(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """The resident opens a closed ticket again; whether it is theirs is looked up with it."""
        fits = args[0].isdecimal() and moment.desk.ticket is None
        return Reply(moment.resident, duty=Duty.REOPEN, about=args) if fits else None

    def rate(self, moment: Moment, args: tuple[str, ...]) -> Reply | None:
        """1 to 5 for a closed ticket; a comment is asked for, which need not come."""
        if not (args[0].isdecimal() and args[1] in {"1", "2", "3", "4", "5"}):
            return None
        draft = Draft(rated=int(args[0]))
        return Reply(replace(moment.resident, step=Step.COMMENT, draft=draft), duty=Duty.RATE, about=args)

    def comment(self, text: str, moment: Moment) -> Reply:
        """Keeps what was good or bad; an urgent matter in it is answered all the same."""
        tr, draft = self._answering.tr(moment), moment.resident.draft
        resident = replace(moment.resident, step=Step.NONE, draft=None)
        thanks = notices.text(tr("Thank you. Your feedback is stored without your name."))
        urgent = self._answering.urgent(text, replace(moment, resident=resident))
        number = str(draft.rated) if draft and draft.rated else ""
        return Reply(resident, (*urgent, thanks), duty=Duty.COMMENT, about=(number, text))

    def feedback(self, text: str, moment: Moment) -> Reply:
        """Keeps feedback on the bot or a service; an urgent matter in it is answered all the same."""
        tr, resident = self._answering.tr(moment), replace(moment.resident, step=Step.NONE)
        thanks = notices.text(tr("Thank you. Your feedback is stored without your name."))
        urgent = self._answering.urgent(text, replace(moment, resident=resident))
        return Reply(resident, (*urgent, thanks), Record("feedback", tr.language, resident.city, text=text))

    def _summary(self, draft: Draft, moment: Moment, *, every: bool = False) -> Screen:
        tr = self._answering.tr(moment)
        return summary_screen(draft, moment.resident, self._catalogue, tr, moment.at, every=every)

    def _unstaffed(self, text: str, moment: Moment) -> Reply:
        """Keeps the wish and says honestly who can be reached today."""
        tr, resident = self._answering.tr(moment), replace(moment.resident, step=Step.NONE, draft=None)
        words = tr(
            "Thank you. I stored your request. The advisors' desk is not connected to this bot yet, so nobody answers "
            "here. Please call or visit an advice point:"
        )
        moment = replace(moment, resident=resident)
        urgent = self._answering.urgent(text, moment)
        record = Record("wish", tr.language, resident.city, text=text)
        return Reply(resident, (*urgent, notices.text(words), self._answering.desks(moment)), record)
