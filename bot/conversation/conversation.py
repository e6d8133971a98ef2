"""One resident's conversation: dispatches what was heard to the part that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.conversation import notices
from bot.conversation.acting import Acting
from bot.conversation.answering import Answering
from bot.conversation.heard import Commanded, Heard, Located, Moment, Pressed, Said, Sent
from bot.conversation.human_only import HumanOnly
from bot.conversation.lodging import LodgingTalk
from bot.conversation.notices import Practice
from bot.conversation.pressing import Pressing
from bot.conversation.reply import Duty, Reply
from bot.conversation.settling import Settling
from bot.conversation.tongue import Detect, Tongue
from bot.conversation.wishing import Wishing
from bot.domain.catalogue import Catalogue
from bot.domain.resident import Step
from bot.guidance.guide import Guide
from bot.places.gazetteer import Gazetteer
from bot.rendering import actions, menus
from bot.rendering.screen import Button, Screen

MISSES = 2
"""Messages in a row that the bot could not place before it asks for a person."""


class Conversation:
    """Answers residents from one catalogue; made anew, and swapped, when the catalogue changes."""

    def __init__(self, guide: Guide, gazetteer: Gazetteer, practice: Practice, detect: Detect) -> None:
        self.guide = guide
        self.catalogue = guide.catalogue
        self._practice = practice
        self.detect = detect
        self._tongue = Tongue(guide.catalogue, detect)
        self._answering = Answering(guide, self._tongue, practice)
        self._gazetteer = gazetteer
        self._human_only = HumanOnly(self._answering, self._tongue)
        self._wishing = Wishing(self._answering)
        self._settling = Settling(gazetteer, self._tongue, self._answering, self._wishing)
        self._acting = Acting(self._answering, self._settling, self._wishing)
        lodging = LodgingTalk(self._answering, self._wishing)
        self._pressing = Pressing(self._answering, self._settling, self._wishing, self._acting, lodging)
        self._commands: Mapping[str, Callable[[Moment], Reply]] = {
            "start": self._settling.start,
            "language": self._settling.ask_language,
            "city": self._settling.ask_city,
            "topics": self._topics,
            "human": self._wishing.ask,
            "status": self._status,
            "privacy": self._privacy,
            "mydata": lambda moment: Reply(moment.resident, duty=Duty.EXPORT),
            "delete": self._confirm_delete,
            "cancel": self._cancel,
        }

    def warm(self, at: datetime) -> None:
        """Loads what is slow at its first use (the language model, the calendar), so that no question waits for it."""
        self.written_in("Where can I ask for advice?")
        self.guide.answer(next(iter(self.catalogue.intents)), language="fi", city=None, at=at)

    def language_of(self, text: str) -> str:
        """The catalogue's language that a stranger's message is in, else English."""
        found = self._tongue.stranger(text)
        return found if found and found in self.catalogue.languages else "en"

    def written_in(self, text: str) -> str | None:
        """The language that a stranger's message is in, of all that are told apart; None when unsure."""
        return self._tongue.stranger(text)

    def respond(self, heard: Heard, moment: Moment) -> Reply:
        """What follows from one thing that a resident did."""
        if moment.human_only and self._human_only.covers(heard, moment.resident.step):
            return self._human_only.instead(heard, moment)
        match heard:
            case Said(text, masked):
                reply = self._text(text.strip(), moment)
                settled = replace(moment, resident=reply.resident)
                return reply.before(notices.masked(self._answering.tr(settled))) if masked else reply
            case Pressed(action):
                return self._pressing.press(action, moment)
            case Located(coordinates):
                return self._settling.located(coordinates, moment)
            case Commanded(name):
                closed = replace(moment, resident=replace(moment.resident, step=Step.NONE))
                return self._commands.get(name, self._help)(closed)
            case Sent() if moment.resident.step is Step.HUMAN_WISH:
                return self._wishing.sent(heard, moment)
            case _:
                return Reply(moment.resident, (notices.unreadable(self._answering.tr(moment)),))

    def awaited(self, heard: Heard, moment: Moment) -> bool:
        """True when it answers what the bot has just asked: it is for the bot, also while somebody has a ticket."""
        match heard, moment.resident.step:
            case Said(), Step.FEEDBACK | Step.COMMENT:
                return True
            case Said(text), Step.LANGUAGE:
                return self._tongue.named(text.strip()) is not None
            case Said(text), Step.CITY:
                return self._settling.place(text.strip(), moment) is not None
            case Located(), Step.CITY:
                return True
            case _:
                return False

    def _text(self, text: str, moment: Moment) -> Reply:
        resident = moment.resident
        if not text:
            return Reply(resident, (self._answering.ready(moment),))
        if resident.step is Step.LANGUAGE and (code := self._tongue.named(text)):
            return self._settling.language(code, moment)
        if resident.step is Step.HUMAN_WISH:
            return self._wishing.wish(text, moment)
        if resident.step is Step.COMMENT:
            return self._wishing.comment(text, moment)
        if resident.step is Step.FEEDBACK:
            return self._wishing.feedback(text, moment)
        if settled := self._settling.place(text, moment):
            return settled
        return self._question(text, replace(moment, resident=replace(resident, step=Step.NONE)))

    def _question(self, text: str, moment: Moment) -> Reply:
        if moment.human_only:
            return self._human_only.question(text, moment)
        reply = self._acting.follow(self._answering.question(text, moment), text, moment)
        if reply.resident.misses < MISSES:
            return reply
        asked = self._wishing.ask(replace(moment, resident=reply.resident))
        return replace(reply, resident=asked.resident, screens=asked.screens)

    def _topics(self, moment: Moment) -> Reply:
        return Reply(moment.resident, (menus.topics_screen(self.catalogue, self._answering.tr(moment)),))

    def over(self, catalogue: Catalogue) -> Conversation:
        """The same conversation over another state of the data with the same intents (notices)."""
        guide = Guide(catalogue, self.guide.matcher, self._gazetteer)
        return Conversation(guide, self._gazetteer, self._practice, self.detect)

    def told_masked(self, moment: Moment) -> Screen:
        """That an identifier was taken out of what the resident wrote."""
        return notices.masked(self._answering.tr(moment))

    def danger(self, moment: Moment) -> Screen:
        """The emergency number, for what no answer is looked up for."""
        return notices.danger(self._answering.tr(moment))

    def language(self, moment: Moment) -> str:
        """The language that is spoken with the resident."""
        return self._answering.tr(moment).language

    def answer(self, intent: str, moment: Moment) -> Reply:
        """The curated answer to an intent for the resident of `moment`."""
        return self._answering.intent(intent, moment)

    def _cancel(self, moment: Moment) -> Reply:
        return Reply(replace(moment.resident, draft=None), (self._answering.ready(moment),))

    def _status(self, moment: Moment) -> Reply:
        if moment.desk.ticket:
            return self._wishing.status(moment)
        tr = self._answering.tr(moment)
        screen = notices.status(self.catalogue, moment.resident, tr, human_only=moment.human_only)
        return Reply(moment.resident, (screen,))

    def _privacy(self, moment: Moment) -> Reply:
        return Reply(moment.resident, (self._answering.privacy(moment),))

    def _help(self, moment: Moment) -> Reply:
        return Reply(moment.resident, (notices.help_page(self._answering.tr(moment)),))

    def _confirm_delete(self, moment: Moment) -> Reply:
        tr = self._answering.tr(moment)
        words = tr("Shall I delete your settings and all your messages from this service? This cannot be undone.")
        yes = Button(tr("Yes, delete everything"), actions.act(actions.DELETE))
        no = Button(tr("Cancel"), actions.act(actions.CANCEL))
        return Reply(moment.resident, (notices.text(words, yes, no),))
