"""What people would pick instead: rapidfuzz's scorers over all examples, and scikit-learn's usual text pipeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

Ranked = tuple[list[list[str]], list[float]]
"""Of each text the best three labels, best first, and the best one's score."""

TOGETHER = 50


class Rival(Protocol):
    """A matcher that is fitted on labelled texts."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None: ...

    def rank(self, texts: Sequence[str]) -> Ranked: ...

    def one(self, text: str) -> str:
        """The label of one text, as a bot would ask for it."""


class Rapidfuzz:
    """The label of the most similar example, after rapidfuzz's own default processing of both."""

    def __init__(self, scorer: str) -> None:
        from rapidfuzz import fuzz, process, utils

        self._process, self._clean = process, utils.default_process
        self._scorer = getattr(fuzz, scorer)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self._texts, self._labels = [self._clean(text) for text in texts], list(labels)

    def rank(self, texts: Sequence[str]) -> Ranked:
        ranked, scores = [], []
        for first in range(0, len(texts), TOGETHER):
            queries = [self._clean(text) for text in texts[first : first + TOGETHER]]
            # The same numbers as extractOne's, of which the first of the highest wins.
            for row in self._process.cdist(queries, self._texts, scorer=self._scorer):
                near = np.argsort(-row, kind="stable")
                ranked.append(_first_different([self._labels[i] for i in near[:500]]))
                scores.append(float(row[near[0]]))
        return ranked, scores

    def one(self, text: str) -> str:
        found = self._process.extractOne(self._clean(text), self._texts, scorer=self._scorer)
        return self._labels[found[2]]


class Linear:
    """Word 1-2-grams and character 2-5-grams inside words, TF-IDF, one-vs-rest linear support vector machines."""

    def __init__(self) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self._pipeline: Any = make_pipeline(make_union(words, characters), LinearSVC())

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self._pipeline.fit(texts, labels)

    def rank(self, texts: Sequence[str]) -> Ranked:
        margins, classes = self._pipeline.decision_function(texts), self._pipeline.classes_
        best = np.argsort(-margins, axis=1, kind="stable")[:, :3]
        return [[str(classes[i]) for i in row] for row in best], margins.max(axis=1).tolist()

    def one(self, text: str) -> str:
        return str(self._pipeline.predict([text])[0])


def _first_different(labels: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(labels))[:3]


RIVALS: dict[str, Callable[[], Rival]] = {
    "rapidfuzz WRatio (its default)": lambda: Rapidfuzz("WRatio"),
    "rapidfuzz token_sort_ratio": lambda: Rapidfuzz("token_sort_ratio"),
    "rapidfuzz token_set_ratio": lambda: Rapidfuzz("token_set_ratio"),
    "scikit-learn TF-IDF + LinearSVC": Linear,
}
"""Name in the table -> a rival that is not yet fitted."""
