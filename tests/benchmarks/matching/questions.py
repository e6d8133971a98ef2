"""The development questions, answered as the bot answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.advice import compose
from bot.cli.evaluate import predictor
from bot.matching.evaluation import Prediction, Row, evaluate
from bot.settings import Settings
from tests.benchmarks.matching.markdown import percent, table
from tests.benchmarks.matching.material import Material, told

STYLES = ("plain", "short", "noisy", "places", "multi")
KINDS = ("far", "near")
SUFFIXES = ("", ".oos", ".places", ".multi")


def measure(material: Material) -> dict[str, Any]:
    """Figures by language and style."""
    rows = [one for suffix in SUFFIXES for one in material.asked(suffix)]
    told(f"{len(rows)} questions")
    predict = predictor(compose(material.catalogue, material.matcher, Settings(_env_file=None)))
    answers = {(one.language, one.text): predict(one.text, one.language) for one in rows}

    def figures(languages: Sequence[str], styles: Sequence[str]) -> dict[str, Any]:
        chosen = [
            Row(one.language, one.text, one.intents)
            for one in rows
            if one.language in languages and one.style in styles
        ]

        def given(text: str, language: str) -> Prediction:
            return answers[language, text]

        return asdict(evaluate(chosen, given).total) | {"n": len(chosen)}

    main = STYLES[:3]
    names = {code: (code,) for code in material.languages} | {"all": material.languages}
    return {
        "languages": {
            name: figures(codes, main) | {kind: figures(codes, (kind,))["out_of_scope_recall"] for kind in KINDS}
            for name, codes in names.items()
        },
        "styles": {style: figures(material.languages, (style,)) for style in STYLES},
        "top1": {name: {style: figures(codes, (style,))["top1"] for style in STYLES} for name, codes in names.items()},
    }


def render(figures: dict[str, Any]) -> str:
    """By language, by style, and top-1 by both."""
    keys = ("top1", "top3", "direct", "wrong_direct", "within_one_tap")
    languages = [
        (name, str(values["n"]), *(percent(values[key]) for key in (*keys, *KINDS)))
        for name, values in figures["languages"].items()
    ]
    styles = [(name, str(values["n"]), *(percent(values[key]) for key in keys))
              for name, values in figures["styles"].items()]  # fmt: skip
    both = [(name, *(percent(values[style]) for style in STYLES)) for name, values in figures["top1"].items()]
    header = ("", "questions", "top-1 %", "top-3 %", "direct %", "of these wrong %", "within one tap %")
    return "\n\n".join([
        _TEXT,
        table((*header, "far not direct %", "near not direct %"), languages),
        table(header, styles),
        "Top-1 % by language and style:",
        table(("", *STYLES), both),
    ])  # fmt: skip


_TEXT = """\
Questions by other writers than the examples', put to the whole bot (`neuvoja evaluate`): places and small talk are
recognised too. Several intents in one message (multi) are right when exactly those are answered, in order; top-1 and
top-3 then allow one more. By language: plain, short and noisy questions together, one an intent; far and near: the
share of out-of-scope questions that is not answered directly. Thresholds of urgent intents and of two questions in one
message were set while looking at these questions, so that those figures flatter."""
