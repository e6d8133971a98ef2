"""Examples in, a calibrated model out."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Generic, Self, TypeVar

from bot.domain.lexicon import NO_LEXICON, Lexicon
from bot.matching.calibration import calibrate, held_out
from bot.matching.decision import Calibration
from bot.matching.errors import BuildError
from bot.matching.model import Model
from bot.matching.settings import Example, MatchSettings
from bot.matching.tongues import teach
from bot.matching.training import STRANGER, Trainer, Words, prepare

T = TypeVar("T")
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
    second_process: bool = False,
) -> Model:
    """A model of (language, text, intent) examples; `oos` are (language, text) that no intent answers.

    Raises `BuildError` when no example has a word in it. With `second_process` the trial on held-out examples, nearly
    half of the work, is made beside the training; only for a process without threads, and where processes fork.
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

    def tried(report: Callable[[float], None]) -> Calibration:
        return calibrate(list(held_out(trainer, data, strangers, report)), settings)

    if second_process and "fork" in multiprocessing.get_all_start_methods():
        with _Beside(lambda: tried(lambda _: None)) as trial:
            model = trainer.train(data + strangers, Calibration(), lambda done: tell("training", 0.15 + 0.35 * done))
            tell("trying on held-out examples", 0.5)
            calibration = trial.result()
    else:
        calibration = tried(lambda done: tell("trying on held-out examples", 0.15 + 0.45 * done))
        model = trainer.train(data + strangers, calibration, lambda done: tell("training", 0.6 + 0.3 * done))
    tell("telling languages apart", 0.9)
    tongues = teach(rows, lexicon, oos)
    tell("ready", 1.0)
    return replace(model, calibration=calibration, tongues=tongues)


class _Beside(Generic[T]):
    """Work in a forked process; `result` waits for it, and raises BuildError when the process died."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        context = multiprocessing.get_context("fork")
        self._here, self._there = context.Pipe(duplex=False)
        self._process = context.Process(target=self._run, daemon=True)

    def _run(self) -> None:
        self._there.send(self._work())

    def __enter__(self) -> Self:
        self._process.start()
        self._there.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        self._here.close()

    def result(self) -> T:
        """What the work gave."""
        try:
            found: T = self._here.recv()
        except EOFError as error:
            raise BuildError("the trial on held-out examples ended without a result") from error
        return found
