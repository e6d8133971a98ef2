"""The way to a person, and feedback: one message of the resident's, kept for people to read."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import notices
from bot.conversation.answering import Answering
from bot.conversation.heard import Moment
from bot.conversation.reply import Record, Reply
from bot.domain.resident import Step
from bot.rendering import actions
from bot.rendering.screen import Button


class Wishing:
    """Asks what it is about, and takes the answer."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def ask(self, moment: Moment) -> Reply:
        """What is it about? The last question is offered."""
        tr, resident = self._answering.tr(moment), moment.resident
        buttons = [Button(tr("Cancel"), actions.act(actions.CANCEL))]
        if resident.last_question:
            buttons.insert(0, Button(tr("Send my last question"), actions.act(actions.WISH)))
        words = tr(
            "Advisors do not answer in this chat yet. Write in one message what you need help with, in any language: I "
            "keep it, and I tell you whom to call or visit. Do not write your personal identity code."
        )
        return Reply(replace(resident, step=Step.HUMAN_WISH, misses=0), (notices.text(words, *buttons),))

    def wish(self, text: str, moment: Moment) -> Reply:
        """Keeps the wish and says honestly who can be reached today; an urgent matter is answered at once."""
        tr, resident = self._answering.tr(moment), replace(moment.resident, step=Step.NONE)
        words = tr(
            "Thank you. I stored your request. The advisors' desk is not connected to this bot yet, so nobody answers "
            "here. Please call or visit an advice point:"
        )
        moment = replace(moment, resident=resident)
        urgent = self._answering.urgent(text, moment)
        record = Record("wish", tr.language, resident.city, text=text)
        return Reply(resident, (*urgent, notices.text(words), self._answering.desks(moment)), record)

    def feedback(self, text: str, moment: Moment) -> Reply:
        """Keeps feedback on the bot or a service; an urgent matter in it is answered all the same."""
        tr, resident = self._answering.tr(moment), replace(moment.resident, step=Step.NONE)
        thanks = notices.text(tr("Thank you. Your feedback is stored without your name."))
        urgent = self._answering.urgent(text, replace(moment, resident=resident))
        return Reply(resident, (*urgent, thanks), Record("feedback", tr.language, resident.city, text=text))
