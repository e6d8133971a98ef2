"""Tables and bars of a Markdown page."""

from __future__ import annotations

from collections.abc import Sequence


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, padded to be read as plain text too: the first column left, others right."""
    widths = [max(3, *(len(row[i]) for row in (header, *rows))) for i in range(len(header))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = []
    for row in (header, rule, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def percent(share: float | None) -> str:
    """With one decimal; '-' for None."""
    return "-" if share is None else f"{100 * share:.1f}"


def points(change: float | None) -> str:
    """A signed difference of two shares in percentage points; '-' for None."""
    return "-" if change is None else f"{100 * change:+.1f}".replace("-0.0", "0.0").replace("+0.0", "0.0")


def number(value: float | None, decimals: int = 0) -> str:
    """'-' for None."""
    return "-" if value is None else f"{value:.{decimals}f}"


def bar(share: float, width: int = 40) -> str:
    """As many number signs as the share of the width, then dots."""
    filled = round(share * width)
    return "#" * filled + "." * (width - filled)


def mean(values: Sequence[float]) -> float:
    """Arithmetic mean; 0 of none."""
    return sum(values) / len(values) if values else 0.0
