"""Tab-separated tables with a header line, read with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.matching.errors import TableError


def read(path: Path, required: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """(line number, column -> value) of every row that is not empty; `TableError` names file, line and the mend."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TableError(f"{path}:1: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{path}:1: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    # Not str.splitlines: a message may hold U+2028 and its like.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = [name.strip() for name in lines[0].split("\t")]
    missing = [name for name in required if name not in header]
    if missing:
        raise TableError(f"{path}:1: column {', '.join(missing)} is missing; the first line names the columns")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            raise TableError(f"{path}:{number}: {len(cells)} columns, the header names {len(header)}; take out a tab")
        # Trailing empty cells are often lost by editors.
        cells += [""] * (len(header) - len(cells))
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        rows.append((number, row))
    return rows


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table; tabs and line ends inside values become spaces."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in (header, *rows):
            file.write("\t".join(" ".join(value.split()) for value in row) + "\n")


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for a terminal: first column left, others right."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    lines = []
    for row in (header, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells))
    return "\n".join(line.rstrip() for line in lines)


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal, '-' when there is none."""
    return "-" if value is None else f"{100 * value:.1f}"
