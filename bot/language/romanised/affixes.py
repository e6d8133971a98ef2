"""Prefixes and suffixes that are written with a word in one script and apart in another."""

from __future__ import annotations

from collections.abc import Mapping

_ARTICLES = "al el il l wal wel bal bel bil lal lel lil fal fel fil w we wa b"

BEFORE: Mapping[str, str] = {
    "ar": "al el il l|wal wel wil ul|bal bel bil|lal lel lil|fal fel fil|3al 3el|kal|w wa we u|b bi be|l li le|3a"
}
"""Latin prefixes that are taken off a word without a reading of its own, groups of the longest first."""

AFTER: Mapping[str, str] = {"fa": "hamun hashun haye hash eshun etun emun ha ro et at esh ash am ye em o e i"}
"""Latin suffixes that are taken off a word without a reading of its own."""

NATIVE_BEFORE: Mapping[str, tuple[str, ...]] = {"ar": ("وال", "بال", "فال", "ال", "لل", "و")}
"""Prefixes without which a native word is looked for too."""

JOINS_NEXT: Mapping[str, frozenset[str]] = {
    "ar": frozenset(_ARTICLES.split()),
    "fa": frozenset(("mi", "nemi")),
}
"""Words that are the beginning of the next one."""

JOINS_PREVIOUS: Mapping[str, frozenset[str]] = {"fa": frozenset(("ha", "haye", "hayi", "hash"))}
"""Words that are the end of the one before."""
