"""Whether a translation is older than its Finnish source: a digest of the Finnish words, kept in the translation."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.catalogue.models.intent import TextFile, VersionModel

SOURCE = "fi"
"""The language that the others are translated from."""

DIGITS = 12
"""Hex digits of a hash: enough to tell a text from its earlier versions."""


def source_hash(source: TextFile) -> str:
    """12 hex digits over title, answer, steps, bring and dated versions; examples and line breaks change nothing."""
    words: dict[str, Any] = {"title": _plain(source.title), **_words(source)}
    # Without a dated version nothing is added, so that most texts keep their hash when the format grows.
    if source.dated:
        words["dated"] = [
            {"from": str(version.valid_from), "until": str(version.valid_until), **_words(version)}
            for version in source.dated
        ]
    written = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:DIGITS]


def is_outdated(translation: TextFile, source: TextFile | None) -> bool:
    """True when the translation holds the hash of another version of its source; without a hash nothing is known."""
    return bool(translation.source_hash and source and translation.source_hash != source_hash(source))


def _words(text: TextFile | VersionModel) -> dict[str, Any]:
    """What residents read."""
    return {
        "answer": _plain(text.answer),
        "steps": [_plain(step) for step in text.steps],
        "bring": [_plain(thing) for thing in text.bring],
    }


def _plain(text: str | None) -> str:
    """The words with one space between them."""
    return " ".join((text or "").split())
