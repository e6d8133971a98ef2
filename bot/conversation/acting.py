"""The bot's own acts: what follows when a resident asks for a person, another city, the privacy notice ..."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.answering import Answering
from bot.conversation.heard import Moment
from bot.conversation.reply import Reply
from bot.conversation.settling import Settling
from bot.conversation.wishing import Wishing
from bot.domain.resident import Step


class Acting:
    """Completes the answer to a dialogue intent, whether it was asked in words or by a button."""

    def __init__(self, answering: Answering, settling: Settling, wishing: Wishing) -> None:
        self._answering = answering
        self._settling = settling
        self._wishing = wishing

    def follow(self, reply: Reply, text: str, moment: Moment) -> Reply:
        """`reply` with what its dialogue act opens or shows; other replies as they are."""
        if reply.record is None or reply.record.kind != "dialogue" or not reply.record.intents:
            return reply
        answered = replace(moment, resident=reply.resident)
        match reply.record.intents[0]:
            case "talk-to-human":
                asked = self._wishing.ask(answered)
                return replace(reply, resident=asked.resident, screens=asked.screens)
            case "change-language":
                return replace(reply, resident=replace(reply.resident, step=Step.LANGUAGE))
            case "change-city":
                settled = self._settling.change_city(text, answered)
                return replace(reply, resident=settled.resident, screens=settled.screens)
            case "privacy":
                notice = self._answering.privacy(answered)
                return replace(reply, screens=(notice, *reply.screens[1:]))
            case "feedback":
                return replace(reply, resident=replace(reply.resident, step=Step.FEEDBACK))
            case _:
                return reply
