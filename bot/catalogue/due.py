"""What somebody must compare with its sources again, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.catalogue.draft import Draft
from bot.catalogue.models.base import SourceModel
from bot.catalogue.models.point import PointFile
from bot.catalogue.owners import Owned, Thing, owned
from bot.catalogue.rules.dates import REVIEW_POINT_AFTER


@dataclass(frozen=True, slots=True)
class Due:
    """A text or point to check on `day` at the latest; never `checked` is due today."""

    day: date
    checked: date | None
    thing: Thing
    owner: str
    path: str


def due(draft: Draft) -> list[Due]:
    """Everything that residents read, by day; of a draft and of a closed point there is nothing to check."""
    found = [one for each in owned(draft) for one in _due(draft, each)]
    return sorted(found, key=lambda one: (one.day, one.checked or date.min, one.path))


def by_owner(found: Iterable[Due]) -> dict[str, list[Due]]:
    """Owner -> what is due, the owner with the earliest day and the most first."""
    groups: dict[str, list[Due]] = {}
    for one in found:
        groups.setdefault(one.owner, []).append(one)
    return dict(sorted(groups.items(), key=lambda item: (item[1][0].day, -len(item[1]), item[0])))


def last_check(checked: date | None, sources: Iterable[SourceModel]) -> date | None:
    """The newest of a file's own check and its sources', as an answer's freshness line counts it."""
    return max((day for day in (checked, *(source.checked for source in sources)) if day), default=None)


def _due(draft: Draft, each: Owned) -> Iterator[Due]:
    """When one thing is due, unless there is nothing to check."""
    model: Any
    if each.thing is Thing.INTENT:
        intent = draft.intents[each.key[0]]
        assert intent.facts, "only an intent with facts has an owner"
        model, checked, days = intent.facts.model, None, intent.facts.model.review_after
        if intent.is_dialogue or not any(text.model.answer for text in intent.texts.values()):
            return
    elif each.thing is Thing.PART:
        city, key = each.key
        model = draft.parts[city, key].model
        facts = draft.intents[key].facts if key in draft.intents else None
        checked, days = model.checked, facts.model.review_after if facts else REVIEW_POINT_AFTER
    elif each.thing is Thing.POINT:
        model = draft.points[each.key[0]].model
        checked, days = model.checked, REVIEW_POINT_AFTER
        if _is_closed(model, draft.today):
            return
    else:
        return
    last = last_check(checked, model.sources)
    day = last + timedelta(days=min(days, (date.max - last).days)) if last else draft.today
    yield Due(day, last, each.thing, each.owner, each.path)


def _is_closed(point: PointFile, today: date) -> bool:
    """True after a point's last day."""
    return point.valid_until is not None and point.valid_until < today
