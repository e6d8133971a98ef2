"""What decides how a matcher is built; part of the artefact's cache key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

ENGINE = 5
"""Raised whenever the same examples would give another artefact."""


class Example(NamedTuple):
    """A message that is to match `intent`; the order is that of `Catalogue.examples()`."""

    language: str
    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Targets and sizes of the matcher; the defaults are those measured in the design."""

    precision: float = 0.97
    """Wanted share of right ones among held-out examples answered directly.

    Examples are written to be unlike one another, so residents' questions are answered more precisely than this.
    """
    in_scope_loss: float = 0.015
    """Share of held-out in-scope messages that may be handed over for the sake of out-of-scope ones."""
    choices: int = 3
    likeness_gain: float = 0.0
    """Share of held-out messages that the comparison with examples must set right to be made: it takes time."""
    top: int = 8
    """Classes that are reranked against their examples."""
    holdouts: int = 5
    """Rounds of cross-validation; fewer are run when the examples are many (see `held_out_limit`)."""
    held_out_limit: int = 3000
    """Held-out messages that are enough for calibration; rounds stop there."""
    cost: float = 1.0
    """C of the support vector machines."""
    min_count: int = 2
    """Examples that must share a character n-gram or a word pair for it to be kept."""
    seed: int = 20261121
