"""Official terms that residents meet in letters, explained in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.dated import Texts

_ADDED = re.compile(r"\s*\(([^()]+)\)\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """A Finnish and Swedish official term; `forms` are further spellings under which people meet or write it."""

    id: str
    fi: str
    sv: str
    forms: tuple[str, ...]
    explanation: Texts
    intent: str | None
    """The intent that goes on from the explanation."""
    sources: tuple[str, ...]
    """Official pages, the most telling first."""

    @property
    def names(self) -> tuple[str, ...]:
        """The term as it is called: of `Kansaneläkelaitos (Kela)` the whole, what is in the brackets and the rest."""
        found: dict[str, None] = {}
        for name in (self.fi, self.sv):
            found |= dict.fromkeys((name, _ADDED.sub(" ", name).strip(), *_ADDED.findall(name)))
        return tuple(name for name in found if name)
