"""How well labelled questions are answered: the figures of `neuvoja evaluate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.matching import table
from bot.matching.errors import TableError

DIRECT = frozenset({"answer", "dialogue"})
"""Kinds that answer without asking back."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled question; no `intents` = out of scope; `city` None = the table does not say, '' = no place named."""

    language: str
    question: str
    intents: tuple[str, ...]
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the bot makes of a question."""

    kind: str
    """answer, choice, handoff or dialogue."""
    intents: tuple[str, ...]
    """Answered intents in order, or the choices offered."""
    ranked: tuple[str, ...]
    """Candidates of the whole message, best first."""
    score: float
    language: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares 0 to 1; None where there was nothing to count."""

    questions: int
    in_scope: int
    top1: float | None
    top3: float | None
    direct: float | None
    """Share of in-scope questions answered directly."""
    wrong_direct: float | None
    """Share of the directly answered in-scope questions with a wrong answer."""
    within_one_tap: float | None
    """Share of in-scope questions answered directly and right, or with the right intent among the choices."""
    out_of_scope: int
    out_of_scope_recall: float | None
    """Share of out-of-scope questions not answered directly."""
    language: float | None
    """Share of questions whose language was recognised as labelled, unsure ones counting as missed."""
    cities: int
    city: float | None
    """Share of rows with a `city` value whose place was recognised."""
    several: int
    several_found: float | None
    """Share of rows with several intents where exactly those were answered, in order."""


@dataclass(frozen=True, slots=True)
class Report:
    """Figures in total and per language, with the predictions they were counted from."""

    total: Figures
    languages: dict[str, Figures]
    predictions: tuple[tuple[Row, Prediction], ...]

    def as_json(self) -> dict[str, Any]:
        """`{"total": {...}, "languages": {code: {...}}}`."""
        return {"total": asdict(self.total), "languages": {code: asdict(f) for code, f in self.languages.items()}}

    def render(self) -> str:
        """A plain table, percentages with one decimal."""
        header = (
            "",
            "n",
            "top-1",
            "top-3",
            "direct",
            "wrong",
            "one tap",
            "oos n",
            "oos recall",
            "lang",
            "city",
            "several",
        )
        rows = [
            (
                name,
                str(f.in_scope),
                *(table.percent(v) for v in (f.top1, f.top3, f.direct, f.wrong_direct, f.within_one_tap)),
                str(f.out_of_scope),
                *(table.percent(v) for v in (f.out_of_scope_recall, f.language, f.city, f.several_found)),
            )
            for name, f in [*self.languages.items(), ("total", self.total)]
        ]
        return table.aligned(header, rows)

    def write_predictions(self, path: Path) -> None:
        """The table `lang, question, intent, kind, predicted1..3, score, language, city`."""
        table.write(path, _PREDICTIONS, (_prediction_row(row, prediction) for row, prediction in self.predictions))


_PREDICTIONS = (
    "lang",
    "question",
    "intent",
    "kind",
    "predicted1",
    "predicted2",
    "predicted3",
    "score",
    "language",
    "city",
)


def _prediction_row(row: Row, prediction: Prediction) -> list[str]:
    """One line of the predictions table; several answered intents are joined in `predicted1`."""
    ranked = [*prediction.ranked[:3], "", "", ""][:3]
    if prediction.kind in DIRECT and prediction.intents:
        first = ",".join(prediction.intents)
        ranked = [first, *(intent for intent in ranked if intent != first)][:3]
    elif prediction.kind == "choice":
        ranked = [*prediction.intents[:3], "", "", ""][:3]
    return [
        row.language,
        row.question,
        ",".join(row.intents),
        prediction.kind,
        *ranked,
        f"{prediction.score:.4f}",
        prediction.language or "",
        prediction.city or "",
    ]


def read_rows(path: Path) -> list[Row]:
    """Rows of a table with `lang`, `question` and `intent` or `intents`; `TableError` names file and line."""
    rows = []
    for number, cells in table.read(path, ("lang", "question")):
        if not cells["lang"] or not cells["question"]:
            raise TableError(f"{path}:{number}: lang and question must not be empty")
        label = cells.get("intents") or cells.get("intent") or ""
        intents = tuple(part.strip() for part in label.split(",") if part.strip())
        rows.append(Row(cells["lang"], cells["question"], intents, cells.get("city")))
    return rows


Predict = Callable[[str, str], Prediction]
"""(question, language of the row) -> what the bot makes of it."""


def evaluate(rows: Iterable[Row], predict: Predict) -> Report:
    """Figures over `rows`, languages in the order in which they first occur."""
    pairs = tuple((row, predict(row.question, row.language)) for row in rows)
    languages = list(dict.fromkeys(row.language for row, _ in pairs))
    per_language = {code: _figures([pair for pair in pairs if pair[0].language == code]) for code in languages}
    return Report(_figures(pairs), per_language, pairs)


def _share(values: Sequence[bool]) -> float | None:
    """Share of true values, None of none."""
    return sum(values) / len(values) if values else None


def _right(row: Row, prediction: Prediction) -> bool:
    """True when exactly the wanted intents were answered, in order."""
    return prediction.kind in DIRECT and prediction.intents == row.intents


def _within_one_tap(row: Row, prediction: Prediction) -> bool:
    """True when answered directly and right, or every wanted intent is offered."""
    if prediction.kind in DIRECT:
        return _right(row, prediction)
    return prediction.kind == "choice" and set(row.intents) <= set(prediction.intents)


def _top(row: Row, prediction: Prediction, count: int) -> bool:
    """True when the wanted intents are among the `count` best; of several, as many more are allowed."""
    if len(row.intents) > 1 and _right(row, prediction):
        return True
    best = prediction.ranked[: count + len(row.intents) - 1]
    return set(row.intents) <= set(best)


def _figures(pairs: Sequence[tuple[Row, Prediction]]) -> Figures:
    """The figures of some rows."""
    inside = [(row, prediction) for row, prediction in pairs if row.intents]
    direct = [(row, prediction) for row, prediction in inside if prediction.kind in DIRECT]
    outside = [prediction for row, prediction in pairs if not row.intents]
    placed = [(row, prediction) for row, prediction in pairs if row.city]
    several = [(row, prediction) for row, prediction in inside if len(row.intents) > 1]
    return Figures(
        questions=len(pairs),
        in_scope=len(inside),
        top1=_share([_top(row, p, 1) for row, p in inside]),
        top3=_share([_top(row, p, 3) for row, p in inside]),
        direct=_share([p.kind in DIRECT for _, p in inside]),
        wrong_direct=_share([not _right(row, p) for row, p in direct]),
        within_one_tap=_share([_within_one_tap(row, p) for row, p in inside]),
        out_of_scope=len(outside),
        out_of_scope_recall=_share([p.kind not in DIRECT for p in outside]),
        language=_share([p.language == row.language for row, p in pairs]),
        cities=len(placed),
        city=_share([p.city == row.city for row, p in placed]),
        several=len(several),
        several_found=_share([_right(row, p) for row, p in several]),
    )
