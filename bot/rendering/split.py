"""Long HTML cut into messages that Telegram takes, each well-formed on its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.rendering.html import visible

LIMIT = 4096
"""Telegram's limit of a message's visible text, UTF-16 units."""

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|.", re.DOTALL
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAKS: tuple[Callable[[str], bool], ...] = (
    lambda tail: tail.endswith("\n\n"),
    lambda tail: tail.endswith("\n"),
    lambda tail: tail[-1].isspace(),
)
"""Whether one may cut after these last characters: a paragraph, a line, a word."""


@dataclass(slots=True)
class _Atom:
    """What is never cut: one character or entity, with the tags that open before and close after it."""

    raw: str
    opens: list[str]
    closes: int = 0

    @property
    def units(self) -> int:
        """UTF-16 units; an entity counts as it is written, which is never less than Telegram counts."""
        return len(self.raw.encode("utf-16-le")) // 2


def split(html: str, limit: int = LIMIT) -> list[str]:
    """`html` (balanced tags) in parts of at most `limit` UTF-16 units of text.

    Cut after a paragraph, else a line, else a word, else anywhere but inside a tag or entity; tags that are open
    at a cut are closed and opened again. Text is kept whole, except that a part in which nothing shows is left out.
    """
    if len(html.encode("utf-16-le", "surrogatepass")) // 2 <= limit:
        # Nearly every message; the walk below costs milliseconds.
        return [html] if visible(_TAG.sub("", html)) else []
    atoms = _atoms(html)
    parts: list[str] = []
    opened: list[str] = []
    while atoms:
        size = _fitting(atoms, limit)
        part, opened = _written(atoms[:size], opened)
        if any(visible(atom.raw) for atom in atoms[:size]):
            parts.append(part)
        atoms = atoms[size:]
    return parts


def _atoms(html: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    waiting: list[str] = []
    for token in _TOKEN.finditer(html):
        if token["name"] is None:
            atoms.append(_Atom(token[0], waiting))
            waiting = []
        elif not token["close"]:
            waiting.append(token[0])
        elif waiting:
            waiting.pop()  # an element without text: Telegram shows nothing for it
        elif atoms:
            atoms[-1].closes += 1
    return atoms


def _fitting(atoms: Sequence[_Atom], limit: int) -> int:
    """How many atoms the next part takes, at least one."""
    size = units = 0
    while size < len(atoms) and units + atoms[size].units <= limit:
        units += atoms[size].units
        size += 1
    if size == len(atoms):
        return size
    text = [atom.raw for atom in atoms[:size]]
    # Leading white space belongs to the part it is in: a cut right after it would leave a part without text.
    first = next((index for index, raw in enumerate(text) if not raw.isspace()), size)
    for breaks in _BREAKS:
        for end in range(size, first, -1):
            if breaks("".join(text[max(0, end - 2) : end])):
                return end
    return max(1, size)


def _written(atoms: Sequence[_Atom], opened: Sequence[str]) -> tuple[str, list[str]]:
    """The part's HTML and the tags that stay open after it."""
    stack = list(opened)
    pieces = list(opened)
    for atom in atoms:
        pieces += atom.opens
        stack += atom.opens
        pieces.append(atom.raw)
        pieces += [_closing(stack.pop()) for _ in range(min(atom.closes, len(stack)))]
    pieces += [_closing(tag) for tag in reversed(stack)]
    return "".join(pieces), stack


def _closing(tag: str) -> str:
    name = re.match(r"<([a-zA-Z0-9-]+)", tag)
    return f"</{name[1]}>" if name else ""
