"""Writes a source hash into a translation, one line of it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.catalogue.problem import Report
from bot.catalogue.syntax import BREAK
from bot.catalogue.yaml_file import read_yaml

KEY = "source_hash"

_VALUE = re.compile(
    r"(?P<key>\s*source_hash[ \t]*:)(?P<space>[ \t]*)(?:\"[^\"]*\"|'[^']*'|[^\s#]*)(?P<rest>.*)", re.DOTALL
)
_TITLE = re.compile(r"(?P<mark>\ufeff?)(?P<indent> *)title\s*:")


class StampError(ValueError):
    """The file has a form in which no line can be changed or added."""


def stamped(source: str, digest: str) -> str:
    """The file's text with `source_hash: "digest"` after the title; every other character stays. StampError if not."""
    before = _data(source)
    if not isinstance(before, dict) or "title" not in before:
        raise StampError("the file has no title")
    if before.get(KEY) == digest:
        return source
    for changed in _tries(_lines(source), digest):
        if _data(changed) == {**before, KEY: digest}:
            return changed
    raise StampError("its keys do not stand on lines of their own")


def _tries(lines: list[str], digest: str) -> Iterator[str]:
    """The text with the hash where one stands already, else after the title's line, else before it."""
    for number, line in enumerate(lines):
        old = _VALUE.fullmatch(line)
        if old:
            yield "".join(
                [*lines[:number], f'{old["key"]}{old["space"] or " "}"{digest}"{old["rest"]}', *lines[number + 1 :]]
            )
    for number, line in enumerate(lines):
        title = _TITLE.match(line)
        end = BREAK.search(line)
        if title and end:
            new = f'{title["indent"]}{KEY}: "{digest}"{end.group()}'
            yield "".join([*lines[: number + 1], new, *lines[number + 1 :]])
            bare = line.removeprefix(title["mark"])
            yield "".join([*lines[:number], title["mark"] + new, bare, *lines[number + 1 :]])
        elif title:  # the last line of the file, and no break ends it
            yield f'{"".join(lines)}\n{title["indent"]}{KEY}: "{digest}"\n'


def _lines(source: str) -> list[str]:
    """The lines with their ends, as YAML parts them."""
    ends = [match.end() for match in BREAK.finditer(source)]
    found = [source[start:end] for start, end in zip([0, *ends], [*ends, len(source)], strict=True)]
    return [line for line in found if line]


def _data(source: str) -> Any:
    """What the text says; None when it cannot be read."""
    report = Report()
    document = read_yaml(source.encode(), "", report)
    return None if document is None or report.has_errors else document.data
