"""A fresh process that answers questions from an artefact, with nothing else in its memory."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from bot.matching.matcher import Matcher


def serve(folder: str, questions: list[str]) -> dict[str, float]:
    """Seconds to load, microseconds of the first query and of the others, and megabytes resident at the end."""
    begun = time.perf_counter()
    matcher = Matcher.load(Path(folder))
    loaded = time.perf_counter() - begun
    times = []
    for question in questions:
        begun = time.perf_counter()
        matcher.match(question)
        times.append((time.perf_counter() - begun) * 1e6)
    own, mapped = _resident_mb()
    return {
        "load": loaded,
        "first_us": times[0],
        "mean_us": float(np.mean(times[1:] or times)),
        "p99_us": float(np.percentile(times[1:] or times, 99)),
        "memory_mb": own + mapped,
        "mapped_mb": mapped,
    }


def _resident_mb() -> tuple[float, float]:
    """Memory of the process's own, and pages of files, which the system can drop and processes share."""
    found = {}
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name in {"VmRSS", "RssAnon"}:
            found[name] = int(value.split()[0]) / 1024
    return found["RssAnon"], found["VmRSS"] - found["RssAnon"]
