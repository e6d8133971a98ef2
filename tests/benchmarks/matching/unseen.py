"""A language without examples: its lexicon stays, everything else that was written in it goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from bot.matching.decision import Calibration
from bot.matching.matcher import Matcher
from tests.benchmarks.matching.markdown import mean, percent, table
from tests.benchmarks.matching.material import Material, Question, told

GOAL = "top-1 82, top-3 92"
KEYS = ("top1", "top3", "clear1", "clear3")


def measure(material: Material) -> dict[str, Any]:
    """Language -> shares with its examples and without, of all its questions and of the plain and short ones."""
    trainer = material.trainer
    everything, strangers = material.inside, material.strangers
    written = np.array(everything.languages)
    outside = np.array(strangers.languages)
    # Thresholds decide nothing here; the weight of the likeness is the full catalogue's.
    calibration = replace(Calibration(), likeness_weight=material.matcher.model.calibration.likeness_weight)
    figures = {}
    for language in material.languages:
        questions = [one for one in material.asked() if one.language == language]
        data = everything.subset(np.flatnonzero(written != language))
        data += strangers.subset(np.flatnonzero(outside != language))
        if not questions or not (written != language).any():
            continue
        told(f"without the examples in {language}")
        model = trainer.train(data, calibration, lambda _share: None)
        tongues = material.tongues([row for row in material.examples if row.language != language])
        figures[language] = {
            "questions": len(questions),
            "with": _shares(material.matcher, questions),
            "without": _shares(Matcher(replace(model, tongues=tongues)), questions),
        }
    return figures


def _shares(matcher: Matcher, questions: list[Question]) -> dict[str, float]:
    found = [([c.intent for c in matcher.rank(one.text)[:3]], one) for one in questions]
    clear = [(best, one) for best, one in found if one.style != "noisy"]
    return {
        f"{name}{depth}": mean([one.intents[0] in best[:depth] for best, one in part])
        for name, part in (("top", found), ("clear", clear))
        for depth in (1, 3)
    }


def render(figures: dict[str, Any]) -> str:
    """A row a language, and the mean."""
    rows = [
        (
            language,
            str(values["questions"]),
            *(percent(values["with"][key]) for key in KEYS[:2]),
            *(percent(values["without"][key]) for key in KEYS),
        )
        for language, values in figures.items()
    ]
    means = [percent(mean([v["with"][key] for v in figures.values()])) for key in KEYS[:2]]
    means += [percent(mean([v["without"][key] for v in figures.values()])) for key in KEYS]
    total = str(sum(values["questions"] for values in figures.values()))
    header = (
        "language",
        "questions",
        "with its examples, top-1 %",
        "top-3 %",
        "without, top-1 %",
        "top-3 %",
        "plain and short, top-1 %",
        "top-3 %",
    )
    return f"{_TEXT}\n\n{table(header, [*rows, ('mean', total, *means)])}"


_TEXT = f"""\
One model a row, trained without anything written in the row's language: no example, no out-of-scope message. Its
lexicon stays. Goal for the mean: {GOAL}. Development questions of every style; the last two columns are
those without the noisy ones."""
