"""What a YAML parser's complaint means for the one who wrote the file: the line to mend, plain words, and the mend."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.catalogue.problem import shown

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

__all__ = ["BREAK", "Loader", "explained"]

Told = tuple[int, str, str]
"""Line counted from 1, what is wrong, how to mend it."""

QUOTE_TEXT = 'put the text in quotes: "..."'

_GLUED = re.compile(r"(\s*(?:- +)?)([A-Za-z][\w-]*):(?!//)(\S.*)")
_HYPHEN = re.compile(r"(\s*)-([^\s-].*)")
_KEY = re.compile(r"\s*(?:- +)?[A-Za-z][\w-]*:(?:\s|$)")
BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line."""
_COMMENT = re.compile(r"\s+#.*$")


@dataclass(slots=True)
class _Before:
    """What the parser had read when it stopped: the last quoted text, and the brackets still open."""

    quoted: Any = None
    open: list[Any] = field(default_factory=list)


def explained(error: yaml.MarkedYAMLError, source: str) -> Told:
    """Line, words and mend for a parser's error on `source`."""
    lines = BREAK.split(source)
    mark = error.problem_mark or error.context_mark
    line = min(mark.line + 1 if mark else 1, len(BREAK.split(source.rstrip())))
    # The end of the file may be a line further than the last one.
    lines.append("")
    here = lines[line - 1]
    said = " ".join(part for part in (error.problem, error.context) if part)
    if "\t" in here[: len(here) - len(here.lstrip())] or "tab character" in said or "'\\t'" in said:
        return line, "a tab is used to indent", "indent with two spaces a level"
    if "another document" in said:
        return line, "a second document begins here", "take out the line `---`"
    if "unexpected end of stream" in said and error.context_mark:
        return _unclosed(lines, error.context_mark)
    if "mapping values are not allowed" in said:
        return _second_colon(lines, line, mark.column if mark else 0)
    if "could not find expected ':'" in said and error.context_mark:
        return _keyless(lines, error.context_mark.line + 1)
    if "cannot start any token" in said:
        return line, "an unquoted text begins with @, `, % or a tab", QUOTE_TEXT
    if "alias" in said:
        return line, "an alias (`*name`) is used", f"write the value out, or {QUOTE_TEXT}"
    if "escape" in said:
        return line, "a `\\` stands inside double quotes", "put the text in single quotes: '...'"
    return _misfit(lines, line, mark.column if mark else 0, _before(source))


def _before(source: str) -> _Before:
    """Reads as far as the parser comes."""
    before = _Before()
    try:
        event: Any
        for event in yaml.parse(source, Loader=Loader):
            if isinstance(event, yaml.ScalarEvent):
                before.quoted = event if event.style in {'"', "'"} else before.quoted
            elif isinstance(event, yaml.CollectionStartEvent):
                before.open.append(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                before.open.pop()
    except yaml.YAMLError:
        pass
    return before


def _unclosed(lines: list[str], opening: Any) -> Told:
    """A quote that nothing closes, told where it opens."""
    quote = lines[opening.line][opening.column : opening.column + 1] or '"'
    return opening.line + 1, f"a text in quotes begins here and is never closed by a second {quote}", f"add the {quote}"


def _second_colon(lines: list[str], line: int, column: int) -> Told:
    """A `: ` where none can be: after a key without its space, on a line too deep, or inside a text."""
    above = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    glued = _GLUED.fullmatch(lines[above - 1]) if above else None
    begins_here = _KEY.match(lines[line - 1][: column + 1]) is not None
    if glued and begins_here and not _KEY.match(lines[above - 1]):
        return _glued(above, glued)
    if above and begins_here and _indent(lines[line - 1]) > _indent(lines[above - 1]):
        what = "this line is indented deeper than the line above, which already has its value"
        return line, what, "indent both alike, or put the text of both in quotes"
    return line, "a `:` stands inside an unquoted text", QUOTE_TEXT


def _keyless(lines: list[str], line: int) -> Told:
    """A line that is neither `key: value` nor an entry."""
    here = lines[line - 1]
    hyphen, glued = _HYPHEN.fullmatch(here), _GLUED.fullmatch(here)
    if hyphen:
        return line, "a space is missing after the hyphen", f"write {shown('- ' + hyphen.group(2).strip())}"
    if glued:
        return _glued(line, glued)
    what = f"the line {shown(here.strip(), 40)} belongs to nothing"
    return (
        line,
        what,
        "if it goes on with the text above, indent it like that text (two spaces), or write `key: value`",
    )


def _glued(line: int, match: re.Match[str]) -> Told:
    """`key:value`."""
    _, key, value = match.groups()
    return line, f"a space is missing after the `:` of {shown(key)}", f"write {shown(f'{key}: {value.strip()}')}"


def _misfit(lines: list[str], line: int, column: int, before: _Before) -> Told:
    """Something that cannot follow what stands before it."""
    here, quoted = lines[line - 1], before.quoted
    if quoted is not None and quoted.end_mark.line + 1 == line and not here[quoted.end_mark.column : column].strip():
        started = quoted.start_mark.line + 1
        if any(_KEY.match(later) for later in lines[started:line]):
            return _unclosed(lines, quoted.start_mark)
        return _inner_quotes(lines, line, quoted, in_brackets=_bracket(before) is not None)
    if here[column : column + 1] in {"]", "}"}:
        return line, f"a `{here[column]}` closes what nothing opened, or the wrong bracket", "make the brackets pairs"
    bracket = _bracket(before)
    if bracket is not None:
        opened = bracket.start_mark.line + 1
        closing = "]" if isinstance(bracket, yaml.SequenceStartEvent) else "}"
        if opened == line and closing in here[column:]:
            what = "inside the brackets a comma is missing, or a text with a `:` or a comma has no quotes"
            return line, what, f"part the values with commas, and {QUOTE_TEXT}"
        return opened, "a bracket opens here and is not closed where it should be", f"add the {shown(closing)}"
    if not here[:column].strip():
        what = "the indentation of this line fits none of the lines above"
        return line, what, "begin it in the same column as the lines it belongs to"
    return line, "this line is not valid YAML", "look at it and the line above: indentation, quotes, brackets"


def _inner_quotes(lines: list[str], line: int, quoted: Any, *, in_brackets: bool) -> Told:
    """A quote inside a text in quotes, which ends the text too early; the mended line when it is one value."""
    quote = quoted.style
    other = "'" if quote == '"' else '"'
    what = f"a {quote} inside the text ends it too early"
    value = _COMMENT.sub("", lines[line - 1][quoted.start_mark.column :]).strip()
    after = lines[line - 1][quoted.end_mark.column : quoted.end_mark.column + 1]
    opens = not quoted.value.strip() or quoted.value[-1].isspace() or not after.isspace()
    inner = value[1:-1] if opens and len(value) > 2 and value.endswith(quote) else value
    if in_brackets or quoted.start_mark.line + 1 != line or other in inner:
        return line, what, f"begin and end the whole text with {other} instead"
    return line, what, f"begin and end the whole text with {other} instead: {shown(f'{other}{inner}{other}', 100)}"


def _bracket(before: _Before) -> Any:
    """The innermost bracket still open; None outside brackets."""
    return before.open[-1] if before.open and before.open[-1].flow_style else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
