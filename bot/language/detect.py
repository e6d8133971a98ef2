"""The language of a text where no catalogue is at hand: an identifier that only knows this package's sentences."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from bot.language.detected import Detected
from bot.language.identifier import Identifier


@cache
def plain() -> Identifier:
    """The identifier without a catalogue's examples, trained when it is first asked for (below a second)."""
    from bot.language.training import train

    return train(())


def detect(text: str, among: Collection[str], prior: str | None = None) -> Detected:
    """The language of `text`, one of `among`; None when it is too short, unsure or in another language.

    For long texts; messages are told apart better by the identifier of the catalogue's examples.
    """
    return plain().detect(text, among, prior)
