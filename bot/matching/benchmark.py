"""The matcher on any labelled set: the figures of `neuvoja benchmark`."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching import table
from bot.matching.build import Progress, build
from bot.matching.errors import TableError
from bot.matching.features import words_of
from bot.matching.matcher import Matcher
from bot.matching.settings import Example, MatchSettings

LOSS = 0.03
"""In-scope accuracy that a threshold may cost at most."""


@dataclass(frozen=True, slots=True)
class Message:
    """A labelled text; `label` None = out of scope."""

    text: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Shares 0 to 1 on the test set; None where it has no such rows or there was no validation set."""

    train: int
    test: int
    classes: int
    top1: float | None
    top3: float | None
    auroc: float | None
    """Of the raw best score, in scope against out of scope."""
    threshold: float | None
    """Chosen on the validation set: the highest that loses at most 3 points of its in-scope accuracy."""
    in_scope_accuracy: float | None
    """With the threshold: right and not refused."""
    oos_recall: float | None
    build_seconds: float
    mean_us: float
    p99_us: float
    peak_memory_mb: float | None
    """Peak of this process, building included."""

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return asdict(self)

    def render(self) -> str:
        """A plain table, percentages with one decimal."""
        rows = [
            ("training messages", str(self.train)),
            ("classes", str(self.classes)),
            ("test messages", str(self.test)),
            ("top-1 %", table.percent(self.top1)),
            ("top-3 %", table.percent(self.top3)),
            ("AUROC %", table.percent(self.auroc)),
            ("in scope, threshold %", table.percent(self.in_scope_accuracy)),
            ("out of scope recall %", table.percent(self.oos_recall)),
            ("build s", f"{self.build_seconds:.1f}"),
            ("query mean us", f"{self.mean_us:.0f}"),
            ("query p99 us", f"{self.p99_us:.0f}"),
            ("peak memory MB", "-" if self.peak_memory_mb is None else f"{self.peak_memory_mb:.0f}"),
        ]
        return table.aligned(("figure", "value"), rows)


def read_messages(path: Path) -> list[Message]:
    """Rows of a table with `text` and `label` (`oos` or empty = out of scope); `TableError` names file and line."""
    messages = []
    for number, cells in table.read(path, ("text", "label")):
        if not cells["text"]:
            raise TableError(f"{path}:{number}: text must not be empty")
        label = cells["label"]
        messages.append(Message(cells["text"], None if label in {"", "oos"} else label))
    return messages


def benchmark(
    train: Sequence[Message],
    test: Sequence[Message],
    valid: Sequence[Message] = (),
    settings: MatchSettings | None = None,
    progress: Progress | None = None,
) -> Benchmark:
    """Build on the in-scope part of `train` and measure on `test`; a threshold is chosen on `valid` alone."""
    begun = time.perf_counter()
    examples = [Example("", message.text, message.label) for message in train if message.label is not None]
    labels = dict.fromkeys(example.intent for example in examples)
    # A label is what its author called the class in a word or two: one more example.
    named = [Example("", words, label) for label in labels if (words := label_words(label))]
    matcher = Matcher(build([*examples, *named], settings=settings, progress=progress))
    seconds = time.perf_counter() - begun
    ranked, scores, times = _run(matcher, test)
    truths = [message.label for message in test]
    inside = np.array([label is not None for label in truths])
    right = np.array([bool(best) and best[0] == label for best, label in zip(ranked, truths, strict=True)])
    near = [label in best[:3] for best, label in zip(ranked, truths, strict=True) if label is not None]
    threshold = _threshold(matcher, valid)
    refused = scores < threshold if threshold is not None else None
    return Benchmark(
        train=len(examples),
        test=len(test),
        classes=len(matcher.model.intents),
        top1=float(right[inside].mean()) if inside.any() else None,
        top3=sum(near) / len(near) if near else None,
        auroc=auroc(scores[inside], scores[~inside]) if inside.any() and not inside.all() else None,
        threshold=threshold,
        in_scope_accuracy=float((right & ~refused)[inside].mean()) if refused is not None and inside.any() else None,
        oos_recall=float(refused[~inside].mean()) if refused is not None and not inside.all() else None,
        build_seconds=seconds,
        mean_us=float(times.mean() * 1e6) if len(times) else 0.0,
        p99_us=float(np.percentile(times, 99) * 1e6) if len(times) else 0.0,
        peak_memory_mb=peak_memory_mb(),
    )


def label_words(label: str) -> str:
    """`lost_or_stolenCard` -> "lost or stolen Card"; '' when it has no letter."""
    words = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])", " ", re.sub(r"[\W_]+", " ", label)).strip()
    return words if any(letter.isalpha() for letter in words) else ""


def _run(
    matcher: Matcher, messages: Sequence[Message], clock: Callable[[], float] = time.perf_counter
) -> tuple[list[list[str]], NDArray[np.float64], NDArray[np.float64]]:
    """Ranked labels, raw best score and seconds for every message."""
    ranked, scores, times = [], [], []
    weight = matcher.model.calibration.likeness_weight
    for message in messages:
        begun = clock()
        classes, _, signals = matcher.read(words_of(message.text)).signals(weight)
        times.append(clock() - begun)
        ranked.append([matcher.model.intents[i] for i in classes])
        scores.append(signals.raw)
    return ranked, np.array(scores), np.array(times)


def _threshold(matcher: Matcher, valid: Sequence[Message]) -> float | None:
    """The highest score that refuses at most `LOSS` of the in-scope validation messages that are right."""
    inside = [message for message in valid if message.label is not None]
    if not inside:
        return None
    ranked, scores, _ = _run(matcher, inside)
    right = [score for best, score, message in zip(ranked, scores, inside, strict=True) if best[0] == message.label]
    allowed = int(LOSS * len(inside))
    return float(sorted(right)[allowed]) if len(right) > allowed else -np.inf


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Probability that a random positive scores higher than a random negative, ties counting half."""
    low, high = np.sort(negative), positive
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.sum() / (2 * len(positive) * len(negative)))


def peak_memory_mb() -> float | None:
    """The process's peak resident memory in megabytes; None where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024
