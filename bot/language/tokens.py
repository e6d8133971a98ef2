"""Words of a folded text."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")


def tokens(folded: str) -> list[str]:
    """Runs of letters and digits of a folded text, in order; each Han character is a word."""
    return _WORD.findall(folded)
