"""Examples in, a calibrated model out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.domain.lexicon import NO_LEXICON, Lexicon
from bot.matching.calibration import calibrate, held_out
from bot.matching.errors import BuildError
from bot.matching.model import Model
from bot.matching.settings import Example, MatchSettings
from bot.matching.tongues import teach
from bot.matching.training import STRANGER, Trainer, Words, prepare

Progress = Callable[[str, float], None]
"""Hears a step's name and the share of the whole build that is done, 0 to 1."""


def build(
    examples: Iterable[Example | tuple[str, str, str]],
    *,
    urgent: frozenset[str] = frozenset(),
    settings: MatchSettings | None = None,
    progress: Progress | None = None,
    oos: Sequence[tuple[str, str]] = (),
    lexicon: Lexicon = NO_LEXICON,
) -> Model:
    """A model of (language, text, intent) examples; `oos` are (language, text) that no intent answers.

    Raises `BuildError` when no example has a word in it.
    """
    settings = settings or MatchSettings()
    tell = progress or (lambda _step, _share: None)
    rows = [Example(*row) for row in examples]
    tell("reading examples", 0.0)
    words = Words.of(lexicon)
    data = prepare(
        [row.text for row in rows], [row.language for row in rows], [row.intent for row in rows], words.concepts
    )
    if not any(message.words for message in data.features):
        raise BuildError("there is no example message; add `examples` in intents/<topic>/<intent>/<lang>.yaml")
    strangers = prepare(
        [text for _, text in oos], [language for language, _ in oos], [STRANGER for _ in oos], words.concepts
    )
    tell("reading examples", 0.15)
    trainer = Trainer(words, urgent, settings)
    readings = held_out(trainer, data, strangers, lambda done: tell("trying on held-out examples", 0.15 + 0.45 * done))
    calibration = calibrate(list(readings), settings)
    model = trainer.train(data + strangers, calibration, lambda done: tell("training", 0.6 + 0.3 * done))
    tell("telling languages apart", 0.9)
    tongues = teach(rows, lexicon, oos)
    tell("ready", 1.0)
    return replace(model, calibration=calibration, tongues=tongues)
