"""YAML with line numbers, read strictly: plain data only, and every surprise of YAML 1.1 told instead of swallowed."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

import yaml

from bot.catalogue.problem import Report, shown
from bot.catalogue.syntax import Loader, explained

LARGEST = 1_000_000
"""Bytes of a YAML file that are accepted."""

DEEPEST = 20
"""Levels of nesting that are accepted; the formats use six."""

LONGEST = 20_000
"""Characters of a line that are accepted; the longest lists of words have some 2,000."""

KeyPath = tuple[Hashable, ...]
"""Keys and list positions from the top of a file to a value."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    **dict.fromkeys(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{0,18}\Z")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d")
# What YAML 1.1 reads as octal, hexadecimal, base 60 or with the underscores dropped; nothing here is meant so.
_ODD_NUMBER = re.compile(
    r"[-+]?(?:0[0-9_]+|0[xb][0-9a-fA-F_]+|[0-9]+_[0-9_]*|\d{1,3}(?::[0-5]?\d)+(?:\.\d*)?|\.\d+)\Z", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's plain data with the line of every value, and the written form of what is not text."""

    path: str
    data: Any
    lines: dict[KeyPath, int] = field(repr=False)
    written: dict[KeyPath, str] = field(repr=False)
    source: str = field(repr=False)

    def line(self, *keys: Hashable) -> int:
        """Line of the value at `keys`, or of the nearest thing above it that the file has."""
        while keys:
            if keys in self.lines:
                return self.lines[keys]
            keys = keys[:-1]
        return 1

    def line_of(self, phrase: str, *keys: Hashable) -> int:
        """Line on which `phrase` stands inside the value at `keys`; the value's own line when it is wrapped."""
        start = self.line(*keys)
        for number, line in enumerate(self.source.split("\n")[start - 1 : start + 60], start=start):
            if phrase in line:
                return number
        return start


def read_text(raw: bytes, path: str, report: Report, largest: int = LARGEST) -> str | None:
    """`raw` decoded as UTF-8 without its byte-order mark; None after a problem."""
    if len(raw) > largest:
        report.error(path, 1, f"the file has {len(raw)} bytes", f"split it: at most {largest} are read")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report.error(path, line, f"byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        return None


def read_yaml(raw: bytes, path: str, report: Report) -> Document | None:
    """The one document in `raw`; None when it cannot be understood, with the reason in `report`."""
    source = read_text(raw, path, report)
    if source is None:
        return None
    if not source.strip():
        report.error(path, 1, "the file is empty", "fill it in or delete it")
        return None
    try:
        document = _Reader(path, source, report).read()
        return document if document and _lines_fit(path, source, report) else None
    except yaml.MarkedYAMLError as error:
        report.error(path, *explained(error, source))
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
        report.error(path, line, f"the character U+{code:04X} is not allowed in YAML", "delete it")
    return None


def _lines_fit(path: str, source: str, report: Report) -> bool:
    """False for a file with a line so long that looking for slips in it would take minutes."""
    for number, line in enumerate(source.split("\n"), start=1):
        if len(line) > LONGEST:
            report.error(path, number, f"the line has {len(line)} characters", f"break it: at most {LONGEST} are read")
            return False
    return True


def _line(event: Any) -> int:
    """The line an event begins on, counted from 1."""
    line: int = event.start_mark.line
    return line + 1


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read; `key` is the one whose value comes next."""

    value: dict[str, Any] | list[Any]
    path: KeyPath
    key: str | None = None
    key_line: int = 1


class _RefusedError(Exception):
    """The file holds something that makes the rest meaningless; it is already reported."""


class _Reader:
    """Builds plain data from parser events without recursion, so that no depth of nesting can exhaust the stack."""

    def __init__(self, path: str, source: str, report: Report) -> None:
        self.path = path
        self.source = source
        self.report = report
        self.lines: dict[KeyPath, int] = {}
        self.written: dict[KeyPath, str] = {}
        self.root: Any = None
        self.stack: list[_Open] = []

    def read(self) -> Document | None:
        """The document; raises yaml.YAMLError on bad syntax."""
        started = False
        try:
            event: Any
            for event in yaml.parse(self.source, Loader=Loader):
                if isinstance(event, yaml.NodeEvent):
                    self._node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self.stack.pop()
                elif isinstance(event, yaml.DocumentStartEvent):
                    if started:
                        self._refuse(event, "a second document begins here", "take out the line `---`")
                    started = True
        except _RefusedError:
            return None
        if self.root is None:
            self.report.error(self.path, 1, "the file holds no data", "fill it in or delete it")
            return None
        return Document(self.path, self.root, self.lines, self.written, self.source)

    def _refuse(self, event: Any, what: str, mend: str) -> NoReturn:
        """Reports what makes the rest of the file meaningless and stops reading it."""
        self.report.error(self.path, _line(event), what, mend)
        raise _RefusedError

    def _node(self, event: Any) -> None:
        """Takes one scalar, list or mapping in."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias (`*{event.anchor}`) is used", "write the value out, or quote the text")
        if event.anchor is not None:
            self._refuse(event, f"an anchor (`&{event.anchor}`) is used", "take it out, or quote the text")
        if event.tag is not None:
            self._refuse(event, f"a tag ({shown(event.tag)}) is used", "take it out, or quote the text")
        here = self.stack[-1] if self.stack else None
        if here is not None and isinstance(here.value, dict) and here.key is None:
            # A key is always text: `no:` is the language code, not False.
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "a list or mapping is used as a key", 'put the text in quotes: "..."')
            here.key, here.key_line = event.value, _line(event)
            return
        path, line = self._place(event, here)
        self.lines[path] = line
        if isinstance(event, yaml.ScalarEvent):
            self._put(here, self._scalar(event, path, line))
            return
        if len(self.stack) >= DEEPEST:
            self._refuse(event, f"nested deeper than {DEEPEST} levels", "see the format of this file")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(here, value)
        self.stack.append(_Open(value, path))

    def _place(self, event: Any, here: _Open | None) -> tuple[KeyPath, int]:
        """Where a value goes, and its line: the key's line for a mapping's value."""
        if here is None:
            return (), 1
        if isinstance(here.value, list):
            return (*here.path, len(here.value)), _line(event)
        path: KeyPath = (*here.path, here.key)
        if here.key in here.value:
            what = f"the key {shown(here.key)} stands here and on line {self.lines[path]}"
            self.report.error(self.path, here.key_line, what, "keep one of the two")
            path = (*path, "given again")
        return path, here.key_line

    def _put(self, here: _Open | None, value: Any) -> None:
        """Stores a value under its parent; of two equal keys the first is kept."""
        if here is None:
            self.root = value
        elif isinstance(here.value, list):
            here.value.append(value)
        else:
            here.value.setdefault(str(here.key), value)
            here.key = None

    def _scalar(self, event: Any, path: KeyPath, line: int) -> Any:
        """The value of a scalar: what is quoted is text, what is not may be a number, a day, a yes or a no."""
        text: str = event.value
        if not event.implicit[0]:
            return text
        value = self._plain(text, line, after_comma=self._after_comma(event))
        if not isinstance(value, str):
            self.written[path] = text
        return value

    def _after_comma(self, event: Any) -> bool:
        """True right after `digit,`: the second half of a number with a decimal comma."""
        start: int = event.start_mark.index
        before = self.source[max(start - 2, 0) : start]
        return before[-1:] == "," and before[:-1].isdigit()

    def _plain(self, text: str, line: int, *, after_comma: bool) -> Any:
        """An unquoted scalar's value; odd numbers are reported and kept as text."""
        if text in _NULLS:
            return None
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if text[0] not in "+-.0123456789":
            return text
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        if _ODD_NUMBER.match(text) and not (after_comma and text.isdigit()):
            what = f"the unquoted {shown(text)} can be read as another number"
            self.report.error(self.path, line, what, f'put it in quotes: "{text[:60]}"')
        elif _DAY.match(text):
            return _day(text)
        elif _MOMENT.match(text):
            self.report.error(self.path, line, f"{shown(text)} is a time of day", f"write the day only: {text[:10]}")
        return text


def _day(text: str) -> date | str:
    """A day of the calendar; the text itself when there is no such day: the formats know where a day is wanted."""
    year, month, day = (int(part) for part in text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return text
