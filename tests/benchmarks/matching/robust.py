"""What typing as people type costs: slips, accents left out, a space left out."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from tests.benchmarks.matching.edits import joined, mistyped, seeded, unaccented
from tests.benchmarks.matching.markdown import mean, percent, points, table
from tests.benchmarks.matching.material import Material, Question, told

SEEDS = (1, 2, 3)
ACCENTED = ("fi", "sv", "fr", "tr", "et", "es")
UNSPACED = "zh"
STYLES = ("plain", "short")

Edit = Callable[[str, str], str]


def measure(material: Material) -> dict[str, Any]:
    """Right best and best three counted by language, as typed and after every kind of edit."""
    questions = [one for one in material.asked() if one.style in STYLES]
    accented = [one for one in questions if one.language in ACCENTED]
    spaced = [one for one in questions if one.language != UNSPACED]
    told(f"{len(questions)} questions")
    typed = _best(material, questions, lambda text, _: text)
    return {
        "questions": _counted(questions, [1] * len(questions)),
        "as typed": _figures(questions, typed),
        "slips": [_figures(questions, _best(material, questions, seeded(mistyped, seed))) for seed in SEEDS],
        "single slips": [_figures(questions, _best(material, questions, seeded(_once, seed))) for seed in SEEDS],
        "accents": _figures(accented, _best(material, accented, lambda text, _: unaccented(text)))
        | {"changed": _changed(questions, typed, accented, _best(material, accented, lambda t, _: unaccented(t)))},
        "spaces": [_figures(spaced, _best(material, spaced, seeded(_without_space, seed))) for seed in SEEDS],
    }


def _once(text: str, language: str, draw: random.Random) -> str:
    return mistyped(text, language, draw, most=1)


def _without_space(text: str, _language: str, draw: random.Random) -> str:
    return joined(text, draw)


def _best(material: Material, questions: Sequence[Question], edit: Edit) -> list[list[str]]:
    """The best three intents of every question after the edit."""
    rank = material.matcher.rank
    return [[found.intent for found in rank(edit(one.text, one.language))[:3]] for one in questions]


def _figures(questions: Sequence[Question], best: Sequence[Sequence[str]]) -> dict[str, dict[str, int]]:
    pairs = list(zip(questions, best, strict=True))
    return {
        "top1": _counted(questions, [one.intents[0] in found[:1] for one, found in pairs]),
        "top3": _counted(questions, [one.intents[0] in found for one, found in pairs]),
    }


def _counted(questions: Sequence[Question], values: Sequence[int]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for one, value in zip(questions, values, strict=True):
        counts[one.language] += value
    return dict(counts)


def _changed(
    all_questions: Sequence[Question],
    typed: Sequence[Sequence[str]],
    questions: Sequence[Question],
    best: Sequence[Sequence[str]],
) -> int:
    """Questions whose best three intents are others than as typed."""
    before = dict(zip(all_questions, typed, strict=True))
    return sum(before[one] != found for one, found in zip(questions, best, strict=True))


def render(figures: dict[str, Any]) -> str:
    """A table of losses, and one of the languages."""
    counts, typed = figures["questions"], figures["as typed"]

    def share(found: dict[str, Any], key: str, languages: Sequence[str]) -> float:
        return float(sum(found[key].get(code, 0) for code in languages) / sum(counts[code] for code in languages))

    def line(name: str, runs: Sequence[dict[str, Any]], languages: Sequence[str], goal: str) -> tuple[str, ...]:
        top1, top3 = (mean([share(run, key, languages) for run in runs]) for key in ("top1", "top3"))
        loss = share(typed, "top1", languages) - top1
        spread = " / ".join(points(share(run, "top1", languages) - share(typed, "top1", languages)) for run in runs)
        return (name, percent(top1), percent(top3), f"{100 * loss + 0.0:.2f}", goal, spread)

    everyone = list(counts)
    accented, spaced = [code for code in ACCENTED if code in counts], [code for code in counts if code != UNSPACED]
    rows = [line("as typed", [typed], everyone, "")]
    rows.append(line("one or two slips a word, p = 0.15", figures["slips"], everyone, "<= 2.0"))
    rows.append(line("one slip a word, p = 0.15", figures["single slips"], everyone, ""))
    if accented:
        rows.append(line(f"as typed, {' '.join(accented)}", [typed], accented, ""))
        rows.append(line("all diacritics stripped, the same", [figures["accents"]], accented, "0"))
    if spaced:
        rows.append(line(f"as typed, without {UNSPACED}", [typed], spaced, ""))
        rows.append(line("two words written together, the same", figures["spaces"], spaced, ""))
    header = ("messages", "top-1 %", "top-3 %", "loss, points", "goal", "each seed, points")
    per_language = [
        (
            code,
            str(counts[code]),
            percent(share(typed, "top1", [code])),
            *(
                points(mean([share(run, "top1", [code]) - share(typed, "top1", [code]) for run in runs]))
                if part
                else "-"
                for runs, part in (
                    (figures["slips"], True),
                    ([figures["accents"]], code in ACCENTED),
                    (figures["spaces"], code != UNSPACED),
                )
            ),
        )
        for code in counts
    ]
    languages = ("language", "questions", "top-1 %", "slips", "no diacritics", "no space")
    return (
        f"{_TEXT.format(count=sum(counts.values()))}\n\n{table(header, rows)}\n\n"
        f"Questions whose best three intents changed when the diacritics were stripped: "
        f"{figures['accents']['changed']}.\n\nChange of top-1 by language, in points:\n\n"
        f"{table(languages, per_language)}"
    )


_TEXT = """\
The catalogue's matcher on {count} plain and short development questions. A slip swaps two letters, drops one, doubles
one or hits a neighbouring key of the language's keyboard; each word of two letters and more gets one or two of them
with a probability of 0.15 (of Chinese, two characters count as a word, and no key is a neighbour). The mean of three
seeds."""
