"""Characters that look right and are not: letters of another script, invisible and control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from bot.catalogue.draft import Draft
from bot.catalogue.problem import Report
from bot.catalogue.yaml_file import Document

TWINS = {
    "Cyrillic": ("Latin", "аАВеЕЗіІјЈкКмМНоОрРсСтТуУхХѕЅһԁԛԝүҮӏӀ"),
    "Greek": ("Latin", "αΑΒΕΖΗιΙκΚΜΝνοΟρΡΤυΥΧχ"),
    "Latin": ("Cyrillic", "aABcCeEHiIjJkKmMoOpPsStTxXyY"),
}
"""Script -> the script its letters are mistaken for, and those letters."""

_RANGES = {
    "Latin": "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff",
}
_ALL = "".join(_RANGES.values())
_SCRIPTS = {name: re.compile(f"[{letters}]") for name, letters in _RANGES.items()}
_LATIN, _OTHER = _RANGES["Latin"], _RANGES["Cyrillic"] + _RANGES["Greek"]
_MIXED = re.compile(f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]")
_WORD = re.compile(f"[{_ALL}]+")
_NOT_LATIN = re.compile(f"[{_OTHER}]")
# In every other language a word of Cyrillic or Greek letters is a slip when a Latin word looks the same.
_CYRILLIC_OR_GREEK = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "el"})
# Controls but tab and line ends, soft hyphen, zero-width, bidi embeddings, overrides and isolates, BOM, private use.
# The joiners and marks U+200C to U+200F belong to Persian and Arabic spelling.
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ue000-\uf8ff\U000e0000-\U0010ffff]"
)


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family over the files as written, comments too."""
    latin = {code for code in draft.language_codes() or () if code not in _CYRILLIC_OR_GREEK}
    for document in draft.documents:
        source = document.source
        # A point may have a name of two or three letters too.
        latin_only = PurePath(document.path).stem in latin and "points" not in PurePath(document.path).parts
        mixed, stranger, bad = _suspicious(source)
        if mixed or (latin_only and stranger):
            _look_alikes(document, report, latin_only=latin_only)
        if bad:
            _invisible(document, report)
        if "\\" in source:
            _escaped(document, report)


@lru_cache(maxsize=10_000)
def _suspicious(source: str) -> tuple[bool, bool, bool]:
    """Whether a file mixes scripts in a word, has letters that are not Latin, and characters that nobody sees."""
    return bool(_MIXED.search(source)), bool(_NOT_LATIN.search(source)), bool(_BAD.search(source))


def _look_alikes(document: Document, report: Report, *, latin_only: bool) -> None:
    """Reports each letter of a word that belongs to another script than the rest."""
    for number, line in enumerate(document.source.split("\n"), start=1):
        for match in _WORD.finditer(line):
            stranger = _stranger(match.group(), latin_only=latin_only)
            if stranger is None:
                continue
            script, position = stranger
            letter = match.group()[position]
            what = (
                f"the {script} letter `{letter}` (U+{ord(letter):04X}) at column {match.start() + position + 1} "
                f"in `{match.group()[:40]}`"
            )
            report.error(document.path, number, what, f"type the {TWINS[script][0]} letter that looks the same")


def _stranger(word: str, *, latin_only: bool) -> tuple[str, int] | None:
    """The script that slipped into a word and the position of its first letter; None for a sound word."""
    letters = {script: pattern.findall(word) for script, pattern in _SCRIPTS.items()}
    present = [script for script, found in letters.items() if found]
    if len(present) == 1:
        alone = present[0]
        slipped = latin_only and alone != "Latin" and set(word) <= set(TWINS[alone][1])
        return (alone, 0) if slipped else None
    alike = [script for script in present if set(letters[script]) <= set(TWINS[script][1])]
    if not alike:
        return None
    # Of two scripts that could each be the slip, the rarer one is; Latin last, as it is the likelier one to be meant.
    script = min(alike, key=lambda name: (len(letters[name]), name == "Latin"))
    return script, word.index(letters[script][0])


def _invisible(document: Document, report: Report) -> None:
    """Reports characters that nobody can see in an editor."""
    for number, line in enumerate(document.source.split("\n"), start=1):
        for match in _BAD.finditer(line):
            what = f"the invisible character {_named(match.group())} at column {match.start() + 1}"
            report.error(document.path, number, what, "delete it")


def _escaped(document: Document, report: Report) -> None:
    """The same characters written as escapes, which the source does not show."""
    for path, text in _strings(document):
        match = _BAD.search(text)
        if match and match.group() not in document.source:
            what = f"the invisible character {_named(match.group())} as an escape"
            report.error(document.path, document.line(*path), what, "delete it")


def _strings(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text value with its key path; nesting is bounded by the reader."""
    todo: list[tuple[tuple[str | int, ...], object]] = [((), document.data)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            todo.extend(((*path, str(key)), inner) for key, inner in value.items())
        elif isinstance(value, list):
            todo.extend(((*path, number), inner) for number, inner in enumerate(value))


def _named(character: str) -> str:
    """Code point and name, such as U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control')}"
