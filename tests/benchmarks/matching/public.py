"""The public sets: this matcher beside what people would pick instead, every one in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.matching.benchmark import LOSS, Message, auroc, benchmark, read_messages
from tests.benchmarks.matching.apart import call
from tests.benchmarks.matching.markdown import number, percent, table
from tests.benchmarks.matching.material import Material, told
from tests.benchmarks.matching.rivals import RIVALS, Rival

SETS = {
    "CLINC150 full": ("clinc150", "train", True),
    "CLINC150, fixed 10-shot": ("clinc150", "train-10shot", True),
    "BANKING77 full": ("banking77", "train", False),
    "BANKING77, fixed 10-shot": ("banking77", "train-10shot", False),
}
"""Name -> folder, training file, whether there is a validation file."""

OURS, OURS_BARE = "this matcher", "this matcher, labels not read"
MOST_COMPARISONS = 15_000_000
"""Of a query with an example, above which rapidfuzz is asked every fifth message only."""

TIMED = 300
"""Queries of a rival that are timed, one by one."""

PUBLISHED = {
    "CLINC150 full": (
        ("SVM", None, 88.2, 18.0),
        ("Rasa", None, 90.9, 31.2),
        ("Dialogflow", None, 90.8, 26.7),
        ("MLP on USE", None, 93.4, 49.1),
        ("BERT", None, 96.2, 52.3),
    ),
    "CLINC150, fixed 10-shot": (("RoBERTa", 91.6, None, None),),
    "BANKING77 full": (),
    "BANKING77, fixed 10-shot": (("RoBERTa", 84.3, None, None), ("ConveRT", 83.3, None, None)),
}
"""System, top-1, and with a threshold in scope and out-of-scope recall, in percent, as their authors state them."""

ELSEWHERE = {
    "CLINC150, fixed 10-shot": (("nlp.js", 75.9),),
    "BANKING77, fixed 10-shot": (("Rasa DIET", 67.5), ("nlp.js", 66.2)),
}
"""Top-1 in percent of systems that were run on the same files, but not in the same run."""

GOALS = {
    "CLINC150 full": "top-1 93.0; with the threshold 90.0 in scope, 81.0 out of scope",
    "CLINC150, fixed 10-shot": "top-1 82.0",
    "BANKING77 full": "top-1 92.0",
    "BANKING77, fixed 10-shot": "top-1 78.0",
}


def measure(material: Material) -> dict[str, Any]:
    """Set -> system -> figures."""
    figures: dict[str, Any] = {}
    for name, (folder, train, has_valid) in SETS.items():
        files = {"train": train, "test": "test", **({"valid": "valid"} if has_valid else {})}
        paths = {role: str((material.benchmarks / folder / f"{file}.tsv").resolve()) for role, file in files.items()}
        figures[name] = {}
        for system in (OURS, OURS_BARE, *RIVALS):
            told(f"{name}: {system}")
            outcome = call(f"{__name__}:run", system=system, part=material.only_intents, **paths)
            figures[name][system] = outcome.value | {"peak_mb": outcome.peak_mb}
    return figures


def run(system: str, train: str, test: str, valid: str | None = None, part: int | None = None) -> dict[str, Any]:
    """Figures of one system on one set, or on so many of its classes."""
    sets = [read_messages(Path(path)) if path else [] for path in (train, test, valid)]
    if part:
        kept = {None, *sorted({str(message.label) for message in sets[0]})[:part]}
        sets = [[message for message in messages if message.label in kept] for messages in sets]
    if system in RIVALS:
        return _rival(system, *sets)
    if system == OURS_BARE:
        sets = _unnamed(sets)
    learned, asked, chosen_on = sets
    return benchmark(learned, asked, chosen_on).as_json() | {"asked": len(asked)}


def _unnamed(sets: Sequence[list[Message]]) -> list[list[Message]]:
    """The sets with numbers for labels, in which there are no words to read."""
    labels = sorted({message.label for message in sets[0] if message.label})
    codes: dict[str | None, str | None] = {label: f"{place:03}" for place, label in enumerate(labels)}
    # A test label that was never trained stays what no answer can equal.
    return [[replace(one, label=codes.get(one.label, one.label)) for one in messages] for messages in sets]


def _rival(system: str, train: list[Message], test: list[Message], valid: list[Message]) -> dict[str, Any]:
    """The same figures of a rival as `benchmark` has of the matcher."""
    known = [message for message in train if message.label is not None]
    rival = RIVALS[system]()
    begun = time.perf_counter()
    rival.fit([message.text for message in known], [str(message.label) for message in known])
    seconds = time.perf_counter() - begun
    if system.startswith("rapidfuzz") and len(known) * len(test) > MOST_COMPARISONS:
        test, valid = test[::5], valid[::5]
    ranked, scores = rival.rank([message.text for message in test])
    times = []
    for message in test[:: max(1, len(test) // TIMED)]:
        begun = time.perf_counter()
        rival.one(message.text)
        times.append((time.perf_counter() - begun) * 1e6)
    inside = np.array([message.label is not None for message in test])
    right = np.array([best[:1] == [message.label] for best, message in zip(ranked, test, strict=True)])
    near = np.array([message.label in best for best, message in zip(ranked, test, strict=True)])
    limit = _threshold(rival, [message for message in valid if message.label is not None])
    refused = None if limit is None else np.array(scores) < limit
    scored = np.array(scores)
    return {
        "asked": len(test),
        "top1": float(right[inside].mean()),
        "top3": float(near[inside].mean()),
        "auroc": None if inside.all() else auroc(scored[inside], scored[~inside]),
        "in_scope_accuracy": None if refused is None else float((right & ~refused)[inside].mean()),
        "oos_recall": None if refused is None or inside.all() else float(refused[~inside].mean()),
        "build_seconds": seconds,
        "mean_us": float(np.mean(times)),
        "p99_us": float(np.percentile(times, 99)),
    }


def _threshold(rival: Rival, valid: Sequence[Message]) -> float | None:
    """The matcher's own rule: the highest score that refuses at most `LOSS` of the messages that are right."""
    if not valid:
        return None
    ranked, scores = rival.rank([message.text for message in valid])
    right = sorted(s for best, s, message in zip(ranked, scores, valid, strict=True) if best[0] == message.label)
    allowed = int(LOSS * len(valid))
    return right[allowed] if len(right) > allowed else -np.inf


def render(figures: dict[str, Any]) -> str:
    """A table a set."""
    parts = [_TEXT]
    for name, systems in figures.items():
        full = max(values["asked"] for values in systems.values())
        rows: list[tuple[str, ...]] = [
            (
                system if values["asked"] == full else f"{system} (1)",
                percent(values["top1"]),
                percent(values["top3"]),
                percent(values["auroc"]),
                percent(values["in_scope_accuracy"]),
                percent(values["oos_recall"]),
                number(values["build_seconds"], 1),
                number(values["mean_us"]),
                number(values["p99_us"]),
                number(values["peak_mb"]),
            )
            for system, values in systems.items()
        ]
        rows += [
            (f"*{system}, published*", *(number(value, 1) for value in (top1, None, None, inside, outside)), *_NONE)
            for system, top1, inside, outside in PUBLISHED[name]
        ]
        rows += [
            (f"*{system}, run earlier*", number(top1, 1), "-", "-", "-", "-", *_NONE)
            for system, top1 in ELSEWHERE.get(name, ())
        ]
        parts.append(f"### {name}\n\nGoal: {GOALS[name]}.\n\n{table(_HEADER, rows)}")
    return "\n\n".join(parts)


_NONE = ("-",) * 4
_HEADER = (
    "system",
    "top-1 %",
    "top-3 %",
    "AUROC %",
    "in scope at threshold %",
    "out-of-scope recall %",
    "build s",
    "query mean µs",
    "query p99 µs",
    "peak memory MB",
)
_TEXT = """\
One run, one core, each system in a process of its own; no system uses pre-trained weights except the published RoBERTa,
BERT, USE and ConveRT. The threshold is the highest score under which the accuracy on the in-scope validation messages
falls by at most 3 points (a system that is seldom right refuses nearly everything by this rule); the 10-shot set has
the same validation file. AUROC is of the raw best score, in scope against out of scope. Build seconds are by the clock.

This matcher reads the words of a label (`card_arrival`) as one more example of its class
(`bot.matching.benchmark.label_words`); the published systems do not all do so, and the rivals run here do not. The
second row is the same matcher without that: its labels were replaced by numbers.

rapidfuzz gives the label of the best example, after its `default_process`. (1) = on every fifth test and validation
message. scikit-learn: word 1-2-grams and `char_wb` 2-5-grams, sublinear TF-IDF, `LinearSVC`, nothing else set."""
