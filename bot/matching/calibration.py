"""Confidence and thresholds from cross-validation: held-out examples, and examples of classes left out of training."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.matching.decision import Calibration, Signals
from bot.matching.machines import Report
from bot.matching.matcher import Matcher, Reading
from bot.matching.settings import MatchSettings
from bot.matching.training import Prepared, Trainer

CLASS_GROUPS = 10
"""One class in so many is left out of a round's training; its examples are then near out of scope."""

LIKENESS_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
FEWEST = 40
"""Held-out messages below which the default calibration is kept."""

OUT_OF_SCOPE_WEIGHT = 0.15
"""Assumed share of out-of-scope messages among those that residents write."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A reading of a message that the model had not seen; `truth` None = its intent is unknown to the model."""

    truth: str | None
    intents: tuple[str, ...]
    reading: Reading


def folds(languages: Sequence[str], intents: Sequence[str], count: int, seed: int) -> NDArray[np.intp]:
    """A fold number for every example, balanced within each intent and language."""
    random = np.random.default_rng(seed)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, group in enumerate(zip(intents, languages, strict=True)):
        groups[group].append(place)
    numbers = np.zeros(len(intents), np.intp)
    for group in sorted(groups):
        members = random.permutation(groups[group])
        numbers[members] = (np.arange(len(members)) + random.integers(count)) % count
    return numbers


def held_out(trainer: Trainer, data: Prepared, strangers: Prepared, report: Report) -> Iterator[HeldOut]:
    """Readings of held-out examples, of examples whose intent was left out, and of the out-of-scope `strangers`."""
    settings, intents = trainer.settings, sorted(set(data.intents))
    groups = np.random.default_rng(settings.seed).permutation(len(intents)) % CLASS_GROUPS
    group_of = dict(zip(intents, groups.tolist(), strict=True))
    enough = settings.held_out_limit
    count = max(settings.holdouts, len(data) // enough)
    rounds = min(settings.holdouts, max(1, -(-enough * count // max(1, len(data)))))
    numbers = folds(data.languages, data.intents, count, settings.seed)
    own_group = np.array([group_of[intent] for intent in data.intents])
    # Half of the strangers are enough for the model of a single round; the others are its questions.
    parts = np.random.default_rng(settings.seed).permutation(len(strangers)) % max(2, rounds)
    for turn in range(rounds):
        left_out = own_group == turn % CLASS_GROUPS if len(intents) >= CLASS_GROUPS else np.zeros(len(data), bool)
        kept = np.flatnonzero((numbers != turn) & ~left_out)
        if not len(kept):
            continue
        model = trainer.train(
            data.subset(kept) + strangers.subset(np.flatnonzero(parts != turn)),
            Calibration(),
            partial(_share, report, turn, rounds),
        )
        matcher, known = Matcher(model), set(model.intents)
        for place in np.flatnonzero(numbers == turn).tolist():
            truth = data.intents[place]
            reading = matcher.read(list(data.features[place].words))
            yield HeldOut(truth if truth in known else None, tuple(model.intents[i] for i in reading.classes), reading)
        for place in np.flatnonzero(parts == turn).tolist():
            reading = matcher.read(list(strangers.features[place].words))
            yield HeldOut(None, tuple(model.intents[i] for i in reading.classes), reading)


def _share(report: Report, turn: int, rounds: int, done: float) -> None:
    """Tells how much of all rounds is done when a share of one model is."""
    report((turn + 0.8 * done) / rounds)


def calibrate(messages: Sequence[HeldOut], settings: MatchSettings) -> Calibration:
    """Likeness weight, logistic confidence and thresholds; the defaults when there is too little to fit on."""
    inside = [message for message in messages if message.truth is not None]
    outside = [message for message in messages if message.truth is None]
    if len(inside) < FEWEST:
        return Calibration()
    hits = {value: sum(_right(message, value) for message in inside) for value in LIKENESS_WEIGHTS}
    weight = max(LIKENESS_WEIGHTS, key=hits.__getitem__)
    if hits[weight] - hits[0.0] < settings.likeness_gain * len(inside):
        weight = 0.0
    right = np.array([_right(message, weight) for message in inside])
    if right.all() or not right.any():
        return replace(Calibration(), likeness_weight=weight, held_out=len(inside))
    slopes, intercept = _logistic(inside, outside, right, weight)
    fitted = replace(Calibration(), slopes=slopes, intercept=intercept, likeness_weight=weight, held_out=len(inside))
    fitted = replace(fitted, temperature=_temperature(inside, weight))
    confidence = np.array([fitted.confidence(_signals(message, weight)) for message in inside])
    reachable = np.array([_rank(message, weight) < settings.choices for message in inside])
    answer = _answer_threshold(confidence, right, settings.precision)
    lost = np.sort(confidence[reachable])
    choice = float(lost[int(settings.in_scope_loss * len(lost))]) if len(lost) else 0.0
    direct = confidence >= answer
    return replace(
        fitted,
        answer=answer,
        choice=min(choice, answer),
        precision=float(right[direct].mean()) if direct.any() else 0.0,
        direct=float(direct.mean()),
    )


def _order(message: HeldOut, weight: float) -> list[str]:
    """Its candidates, best first."""
    scores = message.reading.margins + weight * message.reading.likeness
    return [message.intents[i] for i in np.argsort(-scores, kind="stable")]


def _rank(message: HeldOut, weight: float) -> int:
    """Place of the truth among the candidates, 99 when it is not there."""
    order = _order(message, weight)
    return order.index(message.truth) if message.truth in order else 99


def _right(message: HeldOut, weight: float) -> bool:
    """True when the best candidate is the truth."""
    return _rank(message, weight) == 0


def _signals(message: HeldOut, weight: float) -> Signals:
    """The signals that the decision will see."""
    return message.reading.signals(weight)[2]


def _logistic(
    inside: Sequence[HeldOut], outside: Sequence[HeldOut], right: NDArray[np.bool_], weight: float
) -> tuple[tuple[float, ...], float]:
    """Slopes and intercept of P(right) over both in-scope and out-of-scope messages."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    vectors = np.array([_signals(message, weight).vector() for message in (*inside, *outside)])
    labels = np.concatenate([right, np.zeros(len(outside), bool)])
    share = OUT_OF_SCOPE_WEIGHT / (1 - OUT_OF_SCOPE_WEIGHT) * len(inside) / max(1, len(outside))
    weights = np.concatenate([np.ones(len(inside)), np.full(len(outside), share)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = LogisticRegression(C=10.0, max_iter=1000).fit(vectors, labels, sample_weight=weights)
    return tuple(float(value) for value in fitted.coef_[0]), float(fitted.intercept_[0])


def _temperature(inside: Sequence[HeldOut], weight: float) -> float:
    """The softmax temperature under which the true candidates are likeliest."""
    best, chosen = -np.inf, 0.3
    for temperature in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7):
        likelihood = 0.0
        for message in inside:
            if message.truth in message.intents:
                scores = (message.reading.margins + weight * message.reading.likeness) / temperature
                own = scores[message.intents.index(message.truth)]
                likelihood += float(own - scores.max() - np.log(np.exp(scores - scores.max()).sum()))
        if likelihood > best:
            best, chosen = likelihood, temperature
    return chosen


def _answer_threshold(confidence: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest threshold from which on the wanted share of messages is right; strict when none reaches it."""
    order = np.argsort(-confidence, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares[9:] >= precision) + 9
    return float(confidence[order[good[-1]]]) if len(good) else float(min(0.95, confidence.max()))
