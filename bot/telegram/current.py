"""What holds at this moment: the conversation over the newest clean data, with the notices that desks have set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.conversation.conversation import Conversation
from bot.domain.catalogue import Catalogue
from bot.domain.dated import Validity
from bot.domain.point import Notice
from bot.storage.staff import SetNotice
from bot.storage.switches import HUMAN_ONLY
from bot.storage.unit import Unit


class Current:
    """Replaced part by part between two units; what desks and admins set is looked up at the start of each."""

    def __init__(self, conversation: Conversation) -> None:
        self._base = conversation
        self._notices: tuple[SetNotice, ...] = ()
        self._shown = conversation
        self.staffed = False
        """True when a desk is linked."""
        self.human_only = False
        """True while the bot gives residents no answers of its own."""

    @property
    def conversation(self) -> Conversation:
        """The conversation with everything that desks have set."""
        return self._shown

    @conversation.setter
    def conversation(self, conversation: Conversation) -> None:
        self._base = conversation
        self._show()

    async def look(self, unit: Unit) -> None:
        """Takes over what desks and admins have set, in this process or another."""
        self.human_only = await unit.switches.on(HUMAN_ONLY) is not None
        self.staffed = bool(await unit.staff.desks())
        self.notify(await unit.staff.notices())

    def notify(self, notices: Iterable[SetNotice]) -> None:
        """Shows these notices, instead of those before, in every answer from now on."""
        new = tuple(notices)
        if new != self._notices:
            self._notices = new
            self._show()

    def _show(self) -> None:
        noticed = with_notices(self._base.catalogue, self._notices)
        self._shown = self._base.over(noticed) if noticed is not self._base.catalogue else self._base


def with_notices(catalogue: Catalogue, notices: Iterable[SetNotice]) -> Catalogue:
    """The catalogue with the notices at their points, before the points' own."""
    points = dict(catalogue.points)
    for one in notices:
        if one.point in points:
            until = date.fromisoformat(one.until) if one.until else None
            notice = Notice(texts_of(one.text), Validity(None, until))
            points[one.point] = replace(points[one.point], notices=(notice, *points[one.point].notices))
    changed = any(points[key] is not catalogue.points[key] for key in points)
    return replace(catalogue, points=points) if changed else catalogue


def texts_of(text: str) -> Mapping[str, str]:
    """`fi: ... | en: ...` as texts by language; anything else is Finnish and shown to everybody."""
    parts = [part.strip() for part in text.split("|")]
    pairs = [part.partition(":") for part in parts]
    if all(mark and len(code.strip()) in {2, 3} and code.strip().isalpha() for code, mark, _ in pairs):
        return {code.strip().lower(): words.strip() for code, _, words in pairs if words.strip()}
    return {"fi": text}
