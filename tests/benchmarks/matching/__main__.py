"""The tables of `tests/benchmarks/matching.md`, from the public sets and the development questions.

    PYTHONPATH=. python -m tests.benchmarks.matching BENCHMARKS_DIR QUESTIONS_DIR [--only public growth ...]

BENCHMARKS_DIR holds clinc150/ and banking77/ with train.tsv, train-10shot.tsv, test.tsv and, for clinc150, valid.tsv
(text and label); QUESTIONS_DIR holds LANG.tsv, LANG.oos.tsv, LANG.places.tsv and LANG.multi.tsv. Figures are kept
beside the models under var/, so that one section can be measured again; the page is rendered from what is kept.
With --languages or --intents a part of the data is tried; that is printed and never written to the page.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import datetime
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[3]
PAGE = Path(__file__).resolve().parent.parent / "matching.md"
SECTIONS = {
    "public": "Public sets",
    "questions": "The development questions through the catalogue",
    "robust": "Robust to typing",
    "unseen": "A language without examples",
    "ablation": "What each part buys",
    "reliability": "What a confidence is worth",
    "growth": "Cost and growth",
}
"""Module -> heading, in the page's order."""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        "tests.benchmarks.matching", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmarks", type=Path, metavar="BENCHMARKS_DIR")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS_DIR")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="sections to measure")
    parser.add_argument("--render", action="store_true", help="measure nothing, write the page from what is kept")
    parser.add_argument("--languages", nargs="+", help="try these languages only")
    parser.add_argument("--intents", type=int, help="try so many intents only, and so many classes of the public sets")
    parser.add_argument("--data", type=Path, default=ROOT, help="folder of intents/ and knowledge/")
    return parser.parse_args()


def main() -> None:
    """Measures, keeps and renders."""
    given = arguments()
    partial = bool(given.languages or given.intents)
    store = ROOT / "var" / ("matching-part.json" if partial else "matching.json")
    kept: dict[str, Any] = json.loads(store.read_text(encoding="utf-8")) if store.exists() and not partial else {}
    if not given.render:
        _measure(given, kept, store)
    page = rendered(kept)
    if partial:
        print(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


def _measure(given: argparse.Namespace, kept: dict[str, Any], store: Path) -> None:
    """Every wanted section, each kept as soon as it is there."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    from importlib import import_module

    from tests.benchmarks.matching.material import Material, engine

    material = Material(
        given.benchmarks,
        given.questions,
        given.data / "intents",
        given.data / "knowledge",
        ROOT / "var" / "benchmark",
        tuple(given.languages) if given.languages else None,
        given.intents,
    )
    for name in (name for name in SECTIONS if name in given.only):
        print(f"{SECTIONS[name]} ...", file=sys.stderr, flush=True)
        begun, before = time.perf_counter(), engine()
        figures = import_module(f"tests.benchmarks.matching.{name}").measure(material)
        kept[name] = {
            "figures": figures,
            "engine": before if before == engine() else f"{before}, changed while measuring",
            "catalogue": None if name == "public" else material.catalogue.hash[:8],
            "day": datetime.now(ZoneInfo("Europe/Helsinki")).date().isoformat(),
            "minutes": (time.perf_counter() - begun) / 60,
        }
        store.parent.mkdir(exist_ok=True)
        store.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def rendered(kept: dict[str, Any]) -> str:
    """The page of all sections that were measured."""
    from importlib import import_module

    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scikit-learn", "rapidfuzz"))
    parts = [_TOP.format(python=python_version(), versions=versions)]
    for name, heading in SECTIONS.items():
        parts.append(f"## {heading}")
        if name not in kept:
            parts.append("Not measured yet.")
            continue
        section = kept[name]
        parts.append(import_module(f"tests.benchmarks.matching.{name}").render(section["figures"]))
        catalogue = f", catalogue {section['catalogue']}" if section["catalogue"] else ""
        parts.append(
            f"<sub>`--only {name}`: {section['day']}, engine {section['engine']}{catalogue}, "
            f"{section['minutes']:.1f} minutes</sub>"
        )
    return "\n\n".join(parts) + "\n"


_TOP = """\
# The matcher beside others, and by its parts

Written by `PYTHONPATH=. python -m tests.benchmarks.matching BENCHMARKS_DIR QUESTIONS_DIR`; do not edit. Python
{python}, {versions}; one core. Percentages and points have one decimal. The line under a section names the state of
`bot/matching` and `bot/language` (engine) and of the data (catalogue) that it was measured on. Nothing was tuned on the
test files or on the development questions; where a threshold was set while looking at the latter, the section says
so."""

if __name__ == "__main__":
    main()
