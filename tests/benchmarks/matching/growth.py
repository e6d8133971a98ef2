"""What a catalogue costs as it grows, built as the bot builds it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from bot.matching.builder import main, order
from bot.matching.settings import Example
from tests.benchmarks.matching.apart import call
from tests.benchmarks.matching.markdown import number, table
from tests.benchmarks.matching.material import Material, cells, told

PER_CELL = (3, 6, 13, None)
"""Examples an intent and language; None = all: about 6,000, 12,000, 25,000 and 46,000."""

QUESTIONS = 500


def measure(material: Material) -> list[dict[str, Any]]:
    """Figures of each size, smallest first."""
    languages = [[one.text for one in material.asked() if one.language == code] for code in material.languages]
    questions = [text for texts in zip_longest(*languages) for text in texts if text][:QUESTIONS]
    rows = []
    for count in PER_CELL:
        examples = _some(material, count)
        told(f"{len(examples)} examples")
        with tempfile.TemporaryDirectory() as temporary:
            source, folder = Path(temporary, "order.json"), Path(temporary, "artefact")
            wanted = order(examples, material.urgent, material.settings, material.outside, material.lexicon)
            source.write_text(json.dumps(wanted), encoding="utf-8")
            built = call(f"{__name__}:build", source=str(source), folder=str(folder))
            size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
            warm = call("tests.benchmarks.matching.serve:serve", folder=str(folder), questions=questions[:1])
            served = call("tests.benchmarks.matching.serve:serve", folder=str(folder), questions=questions)
        rows.append(
            {"examples": len(examples), "build_cpu": built.cpu_seconds, "build_mb": built.peak_mb, "artefact_mb": size}
            | served.value
            | {"load": min(warm.value["load"], served.value["load"])}
        )
    return rows


def _some(material: Material, count: int | None) -> Sequence[Example]:
    """So many examples of every intent and language."""
    if count is None:
        return material.examples
    draw = np.random.default_rng(material.settings.seed)
    kept = [draw.permutation(places)[:count] for places in cells(material.examples).values()]
    return [material.examples[place] for place in sorted(np.concatenate(kept).tolist())]


def build(source: str, folder: str) -> int:
    """The builder, in the process that called."""
    status = main([source, folder])
    if status:
        raise SystemExit("the builder failed")
    return status


def render(rows: list[dict[str, Any]]) -> str:
    """A row a size, and ratios to the first."""
    first = rows[0]
    keys = ("examples", "build_cpu", "build_mb", "artefact_mb")
    lines = [
        (
            str(row["examples"]),
            number(row["build_cpu"], 1),
            number(row["build_mb"]),
            number(row["artefact_mb"], 1),
            number(row["load"], 2),
            number(row["first_us"] / 1000),
            number(row["mean_us"]),
            number(row["p99_us"]),
            number(row["memory_mb"]),
            number(row["mapped_mb"]),
        )
        for row in rows
    ]
    lines.append(("goal at 46k", "<= 60", "-", "-", "<= 0.50", "-", "<= 1000", "<= 3000", "<= 300", "-"))
    header = (
        "examples",
        "build, CPU s",
        "builder's peak MB",
        "artefact MB",
        "load s",
        "first query ms",
        "other queries, mean µs",
        "p99 µs",
        "memory MB",
        "of it mapped files MB",
    )
    ratios = [tuple(f"x {number(row[key] / first[key], 2)}" for key in keys) for row in rows]
    grown = table(("examples", "build CPU", "builder's peak", "artefact"), ratios)
    return f"{_TEXT}\n\n{table(header, lines)}\n\nBeside the smallest:\n\n{grown}"


_TEXT = f"""\
Subsets with the same number of examples of every intent and language, and all. The builder is the bot's own
(`bot.matching.builder`) in a process of its own, calibration included. Then a fresh process loads the artefact (files
in the page cache) and answers {QUESTIONS} development questions of all languages in turn; memory is resident at its
end, Python and numpy included."""
