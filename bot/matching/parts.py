"""Where a message with two questions may be cut: after a question mark and at the conjunctions of every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

CUTS = 4
"""Places that are tried in one message."""

SHORTEST = 5
"""Letters that a part has at least; a Chinese character counts as two."""

_CONJUNCTIONS = (
    "ja|sekä|ja sitten|ja myös|entä|"  # Finnish
    "och|samt|och även|å|o|"  # Swedish
    "and|also|and also|plus|then|"  # English
    "ning|ja ka|"  # Estonian
    "и|а|а также|а ещё|а еще|"  # Russian
    "і|й|та|а|а також|а ще|а потім|"  # Ukrainian
    "iyo|sidoo kale|"  # Somali
    "ve|ayrıca|bir de|bi de|"  # Turkish
    "y|también|además|"  # Spanish
    "et|aussi|et aussi"  # French
    "|و|وكمان|وأيضا|همچنین|"  # Arabic, Persian
    "&|\\+"
)
_BOUNDARY = re.compile(
    # A statement before a question is its circumstances, so a full stop or a comma alone cuts nothing.
    r"[?؟？;；]+(?=\s|$|[\u3400-\u9fff])"
    r"|[.!,،，、]?\s+(?:" + _CONJUNCTIONS + r")\s+"
    r"|另外|还有|還有|以及|并且|而且|顺便|和|再|，也|，又|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"
    r"|\s+و(?=[\u0621-\u064a]{3,})",
    re.IGNORECASE,
)


def _weight(part: str) -> int:
    """Letters of a part, a Han character counting as two."""
    return sum(2 if "\u3400" <= character <= "\u9fff" else 1 for character in part if character.isalpha())


def cuts(text: str) -> Iterator[tuple[str, str]]:
    """(left, right) for each place where `text` may fall into two questions, at most `CUTS`."""
    given = 0
    for boundary in _BOUNDARY.finditer(text[:600]):
        left, right = text[: boundary.start()], text[boundary.end() :]
        if _weight(left) >= SHORTEST and _weight(right) >= SHORTEST:
            yield left, right
            given += 1
            if given == CUTS:
                return
