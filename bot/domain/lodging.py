"""Starting a matter with an advisor: what is done online and in person, and questions that identify nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.dated import Texts


@dataclass(frozen=True, slots=True)
class LodgingQuestion:
    """A question with fixed options (id -> texts), in the order of their buttons."""

    id: str
    text: Texts
    options: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class Lodging:
    """How the matter of an intent is started; `questions` are ids, at most four."""

    intent: str
    online: Texts
    in_person: Texts
    questions: tuple[str, ...]
