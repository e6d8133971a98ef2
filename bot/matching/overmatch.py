"""What is wrong with the examples as a whole: each is left out and put to a model of the others.

`neuvoja overmatch` runs on pull requests, so it must be fast. Training the matcher for every fold would take minutes.
Instead `left_out` solves one ridge regression a fold on the very same features, for all intents and languages together;
`alike` finds repeated messages with one sparse product; and the neighbours are searched only of those examples that
seem misplaced.

With 46,881 examples (147 intents, 13 languages) on one core that is 57 s of processor time and 0.85 GB: 12 s to read
them into features, 39 s to leave them out in five folds, 5 s to compare them (half of the examples: 29 s). What it
costs: on one fold the matcher's own training, 22 s a fold, recognises 88.3 % first and 96.1 % among three, this 87.6
and 95.6. Two folds go at a time: with 54,903 examples all of it took 67 s on two cores. Each of the 79 examples of
that fold that this calls misplaced is taken for the same other intent by the matcher too. Of
800 examples that were filed wrongly on purpose, half of them under the likeliest other intent, it finds 562; 179 of
its first 200 warnings are such, and 91 of its 94 clear cases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.lexicon import NO_LEXICON, Lexicon
from bot.matching.alike import groups, near_pairs
from bot.matching.findings import (
    ENOUGH,
    PAIRED,
    Confusion,
    Elsewhere,
    Located,
    Near,
    Overmatch,
    Recognised,
    Same,
    Thin,
)
from bot.matching.left_out import Dense, folds, left_out_scores
from bot.matching.matrix import Matrix, matrix_of

Progress = Callable[[str, float], None]
"""Hears a step's name and the share of all the work that is done, 0 to 1."""

ELSEWHERE = 0.5
"""Lead of another intent's score over the own one's from which an example seems to belong there."""

CLEAR_LEAD, NEAREST, CLEAR_NEAREST = 1.0, 12, 10
"""A case is clear when the lead is so large, and of the nearest examples so many are the other intent's and none is
the own one's."""

TRAINED = 3
"""Examples that must hold a feature for it to be trained on: rarer ones cost a quarter of the time for 0.05 points."""

POOR = 3.0
"""Standard deviations below its language's share of recognised examples at which an intent is called poor."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What findings are wanted about; None = any. The model always knows all examples."""

    language: str | None = None
    intent: str | None = None

    def about(self, row: Located, *others: str) -> bool:
        """True for a row of the language that is, or is taken for, the intent."""
        return self.language in {None, row.language} and self.intent in {None, row.intent, *others}


EVERYTHING = Asked()


def overmatch(
    examples: Iterable[Located],
    lexicon: Lexicon = NO_LEXICON,
    progress: Progress | None = None,
    asked: Asked = EVERYTHING,
) -> Overmatch:
    """Findings over all `examples`, as far as they are `asked` for."""
    tell = progress or (lambda _step, _share: None)
    # A language's examples lie together in memory, as they share most features.
    rows = sorted(examples, key=lambda row: row.language)
    if not rows:
        return Overmatch(0, Recognised(0, 0.0, 0.0), {}, (), (), (), (), ())
    tell("reading examples", 0.0)
    languages, texts, intents, *_ = zip(*rows, strict=True)
    matrix = matrix_of(texts, languages, intents, lexicon)
    names, classes = np.unique(intents, return_inverse=True)
    tell("leaving examples out", 0.2)
    folded = folds(matrix.keys, intents, languages)
    scores = left_out_scores(
        matrix.held_by(TRAINED), classes, folded, lambda done: tell("leaving examples out", 0.2 + 0.7 * done)
    )
    verdict = Verdict.of(rows, names.tolist(), classes, scores)
    tell("comparing examples", 0.9)
    return Overmatch(
        len(names),
        verdict.recognised([place for place, row in enumerate(rows) if asked.about(row)]),
        verdict.languages(asked),
        tuple(_elsewhere(verdict, matrix.rows, asked)),
        tuple(verdict.confusions(asked)),
        tuple(_same(rows, matrix, asked)),
        tuple(_near(rows, matrix, asked)),
        tuple(verdict.thin(matrix.keys, asked)),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the left-out scores say of each example."""

    rows: Sequence[Located]
    names: Sequence[str]
    """Class number -> intent."""
    classes: NDArray[np.intp]
    best: NDArray[np.intp]
    """The class with the highest score."""
    leads: Dense
    """Of the best class's score over the own one's; 0 where the example is recognised, or nothing of it is known."""
    ranks: NDArray[np.intp]
    """Other classes whose score is no lower than the own one's."""

    @classmethod
    def of(cls, rows: Sequence[Located], names: Sequence[str], classes: NDArray[np.intp], scores: Dense) -> Verdict:
        """From the scores, examples x classes."""
        own = scores[np.arange(len(classes)), classes]
        ranks = (scores >= own[:, None]).sum(axis=1) - 1
        return cls(rows, names, classes, scores.argmax(axis=1), scores.max(axis=1) - own, ranks)

    def recognised(self, places: Sequence[int]) -> Recognised:
        """Of the examples at these places."""
        ranks = self.ranks[np.array(places, np.intp)]
        if not len(ranks):
            return Recognised(0, 0.0, 0.0)
        return Recognised(len(ranks), round(float((ranks == 0).mean()), 4), round(float((ranks < 3).mean()), 4))

    def languages(self, asked: Asked) -> dict[str, Recognised]:
        """Of every language."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            if asked.about(row):
                places[row.language].append(place)
        return {code: self.recognised(found) for code, found in places.items()}

    def taken_for(self, place: int) -> str | None:
        """The other intent that an example is taken for."""
        return self.names[self.best[place]] if self.leads[place] > 0 else None

    def confusions(self, asked: Asked) -> list[Confusion]:
        """Pairs of intents, the most confused first."""
        counts: Counter[tuple[str, str]] = Counter()
        languages: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        sizes = Counter(row.intent for row in self.rows if asked.language in {None, row.language})
        for place, row in enumerate(self.rows):
            other = self.taken_for(place)
            if other is not None and asked.about(row, other):
                counts[row.intent, other] += 1
                languages[min(row.intent, other), max(row.intent, other)][row.language] += 1
        pairs = [
            Confusion(a, b, counts[a, b], sizes[a], counts[b, a], sizes[b], dict(codes.most_common()))
            for (a, b), codes in languages.items()
            if codes.total() >= PAIRED
        ]
        return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))

    def thin(self, keys: Sequence[str], asked: Asked) -> list[Thin]:
        """Intents and languages with few or badly recognised examples, the worst recognised first."""
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            places[row.intent, row.language].append(place)
        usual = {code: figures.top1 for code, figures in self.languages(EVERYTHING).items()}
        found = []
        for (intent, language), members in places.items():
            first = min((self.rows[place] for place in members), key=lambda row: row.line)
            right, share = sum(self.ranks[place] == 0 for place in members), usual[language]
            different = len({keys[place] for place in members} - {""})
            expected = share * len(members)
            poor = right < expected - POOR * np.sqrt(expected * (1 - share))
            if asked.about(first) and (poor or different < ENOUGH):
                others = Counter(other for place in members if (other := self.taken_for(place)))
                best = tuple(others.most_common(3))
                found.append(Thin(intent, language, first, different, int(right), len(members), share, best))
        return sorted(found, key=lambda one: (one.recognised / one.examples - one.usual, one.first.place))


def _elsewhere(verdict: Verdict, matrix: Any, asked: Asked) -> list[Elsewhere]:
    """Examples that seem to belong to another intent, the surest first."""
    rows = verdict.rows
    suspects = [
        place
        for place in np.flatnonzero(verdict.leads >= ELSEWHERE).tolist()
        if asked.about(rows[place], verdict.names[verdict.best[place]])
    ]
    codes = np.unique([row.language for row in rows], return_inverse=True)[1]
    across = matrix.T.tocsr()
    found = []
    for first in range(0, len(suspects), _AT_ONCE):
        places = suspects[first : first + _AT_ONCE]
        for place, like in zip(places, (matrix[places] @ across).toarray(), strict=True):
            like[place] = -1
            there = verdict.classes == verdict.best[place]
            here = there & (codes == codes[place])
            twin = rows[int(np.where(here if here.any() else there, like, -1).argmax())]
            lead = float(verdict.leads[place])
            clear = lead >= CLEAR_LEAD and _agreed(verdict, place, like)
            found.append(Elsewhere(rows[place], twin.intent, twin, round(lead, 3), clear))
    return sorted(found, key=lambda one: (not one.clear, -one.lead, one.example.place))


def _agreed(verdict: Verdict, place: int, like: Dense) -> bool:
    """True when an example's nearest ones say the same as its scores."""
    nearest = np.argpartition(-like, min(NEAREST, len(like) - 1))[:NEAREST]
    votes = Counter(verdict.classes[nearest].tolist())
    return votes[int(verdict.best[place])] >= CLEAR_NEAREST and not votes[int(verdict.classes[place])]


def _same(rows: Sequence[Located], matrix: Matrix, asked: Asked) -> list[Same]:
    """Groups of examples with equal words, those of several intents first."""
    found = [Same(tuple(rows[place] for place in places)) for places in groups(matrix.keys)]
    wanted = [same for same in found if any(asked.about(one) for one in same.examples)]
    return sorted(wanted, key=lambda same: (not same.across_intents, not same.wasted, -len(same.examples)))


def _near(rows: Sequence[Located], matrix: Matrix, asked: Asked) -> list[Near]:
    """Near pairs that are not the same, within a language of an intent, or across intents; each wording once."""
    textual = matrix.rows[:, np.flatnonzero(matrix.textual)].tocsr()
    wordings: dict[frozenset[tuple[str, str]], list[tuple[Located, Located, float]]] = defaultdict(list)
    for a, b, likeness in near_pairs(textual, matrix.text_lengths):
        one, other = rows[a], rows[b]
        told = one.intent != other.intent or one.language == other.language
        if told and matrix.keys[a] != matrix.keys[b] and (asked.about(one) or asked.about(other)):
            wordings[frozenset({(matrix.keys[a], one.intent), (matrix.keys[b], other.intent)})].append(
                (one, other, likeness)
            )
    found = []
    for pairs in wordings.values():
        one, other, likeness = min(pairs, key=lambda pair: pair[0].language != pair[1].language)
        found.append(Near(one, other, round(likeness, 3), len(pairs) - 1))
    return sorted(found, key=lambda near: (not near.across_intents, -near.likeness, near.one.place))
