"""Whether a confidence means what it says: held-out messages in bands, and the decision at several precisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bot.matching.calibration import OUT_OF_SCOPE_WEIGHT, HeldOut, calibrate, held_out
from tests.benchmarks.matching.markdown import bar, percent, table
from tests.benchmarks.matching.material import Material, told

BANDS = 10
HELD_OUT = 8000
"""Examples that are left out of the one model that is trained."""

TARGETS = (0.95, 0.97, 0.98, 0.99)


def measure(material: Material) -> dict[str, Any]:
    """Bands of confidence and decisions at each target, every message judged by a calibration it took no part in."""
    settings = replace(material.settings, held_out_limit=HELD_OUT)
    trainer = replace(material.trainer, settings=settings)
    told("training on all but the held-out messages")
    readings = list(held_out(trainer, material.inside, material.strangers, lambda _share: None))
    judged = [_judged(readings, replace(material.settings, precision=target)) for target in TARGETS]
    confidence, right, inside = (judged[0][key] for key in ("confidence", "right", "inside"))
    # As when calibrating: so many of the messages that residents write are taken to be out of scope.
    share = OUT_OF_SCOPE_WEIGHT / (1 - OUT_OF_SCOPE_WEIGHT) * inside.sum() / max(1, (~inside).sum())
    weight = np.where(inside, 1.0, share)
    return {
        "inside": int(inside.sum()),
        "outside": int((~inside).sum()),
        "bands": _bands(confidence, right, inside, weight),
        "decisions": [_decision(target, one) for target, one in zip(TARGETS, judged, strict=True)],
    }


def _judged(readings: Sequence[HeldOut], settings: Any) -> dict[str, np.ndarray]:
    """Confidence, whether the best is right, whether in scope, and whether answered or refused, in two halves."""
    half = np.random.default_rng(settings.seed).permutation(len(readings)) % 2
    rows = []
    for side in (0, 1):
        fitted = calibrate([one for one, h in zip(readings, half, strict=True) if h != side], settings)
        for one in (one for one, h in zip(readings, half, strict=True) if h == side):
            scores = one.reading.margins + fitted.likeness_weight * one.reading.likeness
            order = [one.intents[i] for i in np.argsort(-scores, kind="stable")]
            signals = one.reading.signals(fitted.likeness_weight)[2]
            confidence = fitted.confidence(signals) if one.reading.any_known else 0.0
            inside = one.truth is not None
            offered = inside and one.truth in order[: settings.choices]
            rows.append((
                confidence, inside and order[0] == one.truth, inside,
                confidence >= fitted.answer, confidence < fitted.choice, offered,
            ))  # fmt: skip
    names = ("confidence", "right", "inside", "direct", "refused", "offered")
    return {name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _bands(confidence: np.ndarray, right: np.ndarray, inside: np.ndarray, weight: np.ndarray) -> list[dict[str, float]]:
    band = np.minimum((confidence * BANDS).astype(int), BANDS - 1)
    return [
        {
            "inside": int((inside & (band == number)).sum()),
            "outside": int((~inside & (band == number)).sum()),
            "weight": float(weight[band == number].sum()),
            "confidence": float(np.average(confidence[band == number], weights=weight[band == number])),
            "right": float(np.average(right[band == number], weights=weight[band == number])),
        }
        if (band == number).any()
        else {"inside": 0, "outside": 0, "weight": 0.0, "confidence": 0.0, "right": 0.0}
        for number in range(BANDS)
    ]


def _decision(target: float, one: dict[str, np.ndarray]) -> dict[str, float]:
    inside, direct = one["inside"], one["direct"]
    right = one["right"] & direct
    return {
        "target": target,
        "direct": float(direct[inside].mean()),
        "wrong": float(1 - one["right"][inside & direct].mean()),
        "one_tap": float((right | (~direct & ~one["refused"] & one["offered"]))[inside].mean()),
        "refused": float(one["refused"][inside].mean()),
        "outside_not_direct": float((~direct)[~inside].mean()),
        "outside_refused": float(one["refused"][~inside].mean()),
    }


def render(figures: dict[str, Any]) -> str:
    """The curve, its error and the decisions."""
    bands, total = figures["bands"], sum(band["weight"] for band in figures["bands"])
    error = sum(band["weight"] * abs(band["confidence"] - band["right"]) for band in bands) / (total or 1)
    rows = [
        (
            f"`{bar(band['right'])}`" if band["weight"] else "",
            f"{number / BANDS:.1f}-{(number + 1) / BANDS:.1f}",
            str(band["inside"]),
            str(band["outside"]),
            percent(band["confidence"]) if band["weight"] else "-",
            percent(band["right"]) if band["weight"] else "-",
        )
        for number, band in enumerate(bands)
    ]
    keys = ("direct", "wrong", "one_tap", "refused", "outside_not_direct", "outside_refused")
    decisions = [(f"{one['target']:.2f}", *(percent(one[key]) for key in keys)) for one in figures["decisions"]]
    curve = table(("share right", "confidence", "in scope", "out of scope", "mean confidence %", "right %"), rows)
    header = (
        "target",
        "answered directly %",
        "of these wrong %",
        "within one tap %",
        "handed over %",
        "out of scope not answered directly %",
        "out of scope handed over %",
    )
    text = _TEXT.format(inside=figures["inside"], outside=figures["outside"])
    return (
        f"{text}\n\n{curve}\n\nExpected calibration error: {100 * error:.1f} points.\n\n"
        f"{_DECISIONS}\n\n{table(header, decisions)}"
    )


_TEXT = """\
{inside} held-out examples and {outside} messages that the model has no intent for (a tenth of the intents left out of
training, and written out-of-scope messages), read by one model that saw none of them. The calibration is fitted on one
half and judged on the other, both ways. As in the calibration, out-of-scope messages are weighed to be 15 %."""
_DECISIONS = """\
The three-way decision for each `MatchSettings.precision` (in-scope columns are shares of the in-scope messages; the
rules for urgent intents and for two questions in one message are left aside):"""
