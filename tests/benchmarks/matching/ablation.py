"""What every part of the matcher buys, by cross-validation on the catalogue's examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.lexicon import NO_LEXICON
from bot.matching.benchmark import auroc
from bot.matching.calibration import HeldOut, calibrate, folds
from bot.matching.decision import Calibration
from bot.matching.features import words_of
from bot.matching.matcher import Matcher
from bot.matching.model import Model
from bot.matching.training import Prepared, Trainer, Words
from tests.benchmarks.matching.edits import mistyped, seeded
from tests.benchmarks.matching.markdown import mean, percent, points, table
from tests.benchmarks.matching.material import Material, cells, told
from tests.benchmarks.matching.variants import VARIANTS, WHOLE, Read, Variant

FOLDS = 6
UNSEEN = ("fi", "ru", "ar")
"""Languages that are left out one after the other: three families, three scripts."""

TAUGHT = 8
"""Examples an intent and language from which an unseen language is taught: a third, for the sake of time."""

ASKED, MISTYPED = 1000, 2500
"""Messages of an unseen language, and held-out ones with slips, that are read at most."""


def measure(material: Material) -> dict[str, Any]:
    """Variant -> shares."""
    places = folds([row.language for row in material.examples], [row.intent for row in material.examples], FOLDS, 1)
    models: dict[str, list[Model]] = {}
    figures = {}
    for variant in VARIANTS:
        told(variant.name)
        with variant.weighed():
            trainer = _trainer(material, variant)
            data, strangers = material.inside, material.strangers
            if not variant.lexicon:
                nothing = trainer.lexicon.concepts
                data, strangers = material.prepared(nothing), material.prepared_outside(nothing)
            splits = list(_splits(material, data, strangers, places))
            if variant.trains or variant is WHOLE:
                trained = [trainer.train(train, Calibration(), lambda _share: None) for train, *_ in splits]
                if variant is WHOLE:
                    models[WHOLE.name] = trained
            else:
                trained = models[WHOLE.name]
            figures[variant.name] = _figures(material, variant, [variant.change(m) for m in trained], splits, data)
    return figures


Split = tuple[Prepared, NDArray[np.intp], Sequence[Sequence[str]]]
"""What a model is trained on, the examples that it is asked, and out-of-scope messages as words."""


def _trainer(material: Material, variant: Variant) -> Trainer:
    if variant.lexicon:
        return material.trainer
    return replace(material.trainer, lexicon=Words.of(NO_LEXICON))


def _splits(material: Material, data: Prepared, strangers: Prepared, places: NDArray[np.intp]) -> Iterator[Split]:
    """One fold of six, then one language after the other."""
    half = np.random.default_rng(material.settings.seed).permutation(len(strangers)) % 2
    other = strangers.subset(np.flatnonzero(half == 1))
    yield (
        data.subset(np.flatnonzero(places != 0)) + strangers.subset(np.flatnonzero(half == 0)),
        np.flatnonzero(places == 0),
        [message.words for message in other.features],
    )
    draw = np.random.default_rng(material.settings.seed)
    few = np.sort(np.concatenate([draw.permutation(found)[:TAUGHT] for found in cells(material.examples).values()]))
    languages, outside = np.array(data.languages), np.array(strangers.languages)
    for language in UNSEEN:
        if language in material.languages and len(material.languages) > 1:
            taught = data.subset(few[languages[few] != language])
            asked = np.flatnonzero(languages == language)
            yield (
                taught + strangers.subset(np.flatnonzero(outside != language)),
                asked[:: max(1, len(asked) // ASKED)],
                [],
            )


def _figures(
    material: Material, variant: Variant, models: Sequence[Model], splits: Sequence[Split], data: Prepared
) -> dict[str, float]:
    matcher = Matcher(models[0])
    inside = [
        _held(matcher, variant.read, list(data.features[place].words), data.intents[place])
        for place in splits[0][1].tolist()
    ]
    outside = [_held(matcher, variant.read, list(words), None) for words in splits[0][2]]
    best, confidence = _judged(inside + outside, material)
    truths = [one.truth for one in inside]
    weight = calibrate(inside + outside, material.settings).likeness_weight
    edit = seeded(mistyped, 1)
    step = max(1, len(splits[0][1]) // MISTYPED)
    slipped = []
    for place in splits[0][1][::step].tolist():
        row = material.examples[place]
        words = words_of(edit(row.text, row.language))
        slipped.append(_best(_held(matcher, variant.read, words, row.intent), weight)[:1] == [row.intent])
    unseen1, unseen3 = [], []
    for model, (_, asked, _) in zip(models[1:], splits[1:], strict=True):
        reader = Matcher(model)
        found = [
            (_best(_held(reader, variant.read, list(data.features[i].words), None), weight), data.intents[i])
            for i in asked.tolist()
        ]
        unseen1.append(mean([truth in ranked[:1] for ranked, truth in found]))
        unseen3.append(mean([truth in ranked[:3] for ranked, truth in found]))
    count = len(inside)
    return {
        "top1": mean([truth in ranked[:1] for ranked, truth in zip(best, truths, strict=False)]),
        "top3": mean([truth in ranked[:3] for ranked, truth in zip(best, truths, strict=False)]),
        "auroc": auroc(confidence[:count], confidence[count:]) if outside else 0.0,
        "slips": mean(slipped),
        "unseen1": mean(unseen1),
        "unseen3": mean(unseen3),
    }


def _held(matcher: Matcher, read: Read, words: list[str], truth: str | None) -> HeldOut:
    reading = read(matcher, words)
    return HeldOut(truth, tuple(matcher.model.intents[i] for i in reading.classes), reading)


def _best(message: HeldOut, weight: float) -> list[str]:
    """Its candidates, best first."""
    scores = message.reading.margins + weight * message.reading.likeness
    return [message.intents[i] for i in np.argsort(-scores, kind="stable")]


def _judged(messages: Sequence[HeldOut], material: Material) -> tuple[list[list[str]], NDArray[np.float64]]:
    """Candidates and confidence of every message by a calibration that was fitted on the other half."""
    half = np.random.default_rng(material.settings.seed).permutation(len(messages)) % 2
    best: list[list[str]] = [[] for _ in messages]
    confidence = np.zeros(len(messages))
    for side in (0, 1):
        fitted = calibrate([one for one, h in zip(messages, half, strict=True) if h != side], material.settings)
        for place in np.flatnonzero(half == side).tolist():
            one = messages[place]
            best[place] = _best(one, fitted.likeness_weight)
            if one.reading.any_known:
                confidence[place] = fitted.confidence(one.reading.signals(fitted.likeness_weight)[2])
    return best, confidence


def render(figures: dict[str, Any]) -> str:
    """A row a variant, changes against the whole matcher."""
    whole = figures[WHOLE.name]
    rows = []
    for variant in VARIANTS:
        if variant.name not in figures:
            continue
        values = figures[variant.name]
        row = [variant.name]
        for key in ("top1", "top3", "slips", "unseen1", "unseen3", "auroc"):
            row.append(percent(values[key]))
            if key in {"top1", "slips", "unseen1", "auroc"}:
                row.append("" if variant is WHOLE else points(values[key] - whole[key]))
        rows.append(row)
    header = (
        "",
        "top-1 %",
        "change",
        "top-3 %",
        "with slips, top-1 %",
        "change",
        "unseen language, top-1 %",
        "change",
        "top-3 %",
        "AUROC %",
        "change",
    )
    buys = "\n".join(
        f"- {variant.name.removeprefix('without ').capitalize()}: {variant.buys}." for variant in VARIANTS[1:]
    )
    return f"{_TEXT}\n\n{table(header, rows)}\n\n{buys}"


_TEXT = f"""\
Never the development questions: one fold of {FOLDS} of all examples is held out (top-1, top-3); the same with slips as
under robustness, every so many of them; the mean of {len(UNSEEN)} models that each know nothing written in one language
({", ".join(UNSEEN)}; {TAUGHT} examples an intent in each of the others), asked its examples; and AUROC of the
confidence, held-out examples against held-out written out-of-scope messages, the calibration fitted on the other half.
The weight of the comparison with single examples is chosen anew for every variant, as at every build."""
