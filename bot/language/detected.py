"""What is known of a message's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detected:
    """The language, None when unsure or unsupported; `confidence` 0 to 1 of the most likely supported language.

    `romanised`: its own script is another one than the Latin letters of the message.
    """

    language: str | None
    confidence: float
    romanised: bool = False


NOTHING = Detected(None, 0.0)
