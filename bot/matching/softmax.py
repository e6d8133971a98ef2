"""Softmax regression for few examples: averaged with the support vector machines it gains where classes are many.

With n examples the weights lie in the span of n vectors, so the regression is fitted on n dense features (a Cholesky
factor of all inner products) instead of on the vocabulary: seconds instead of minutes.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 2000
"""Examples up to which it is fitted: time grows with their square, and with more it adds nothing."""

STRENGTH = 60.0
"""Inverse of the regularisation; chosen by cross-validation on BANKING77's and CLINC150's ten-shot training sets."""


def averaged(
    matrix: Any, classes: NDArray[np.uint16], weights: Any, bias: NDArray[np.float64]
) -> tuple[Any, NDArray[np.float64]]:
    """The weights and biases of the support vector machines, averaged with a softmax regression of the same spread."""
    from scipy import sparse
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    inner = (matrix @ matrix.T).toarray()
    inner[np.diag_indices_from(inner)] += 1e-6 * inner.trace() / len(inner)
    factor = np.linalg.cholesky(inner)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3).fit(factor, classes)
    soft = np.linalg.solve(factor.T, fitted.coef_.T).T @ matrix
    margins, scores = matrix @ weights.T.toarray() + bias, matrix @ soft.T + fitted.intercept_
    scale = margins.std(axis=1).mean() / scores.std(axis=1).mean()
    shift = margins.mean() - scores.mean() * scale
    return sparse.csr_matrix((weights.toarray() + soft * scale) / 2), (bias + fitted.intercept_ * scale + shift) / 2
