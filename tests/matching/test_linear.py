import numpy as np
from scipy.sparse import csr_matrix

from bot.matching.linear import Linear, ranges


def test_scores_are_those_of_the_exact_weights() -> None:
    exact = np.array([[0.5, 0.0, -1.0, 0.0], [0.0, 0.25, 2.0, 0.0], [0.03, -0.7, 0.0, 0.0]])
    linear = Linear.of(csr_matrix(exact), np.array([0.1, -0.2, 0.0]))
    rows, values = np.array([0, 2, 3]), np.array([1.0, 0.5, 9.0], np.float32)
    expected = exact[:, rows] @ values + [0.1, -0.2, 0.0]
    assert np.allclose(linear.sums(rows, values) + linear.bias, expected, atol=0.02)
    assert linear.steps.dtype == np.int8


def test_no_feature_adds_nothing() -> None:
    linear = Linear.of(csr_matrix(np.ones((2, 3))), np.array([0.5, -0.5]))
    assert linear.sums(np.zeros(0, np.int64), np.zeros(0, np.float32)).tolist() == [0, 0]


def test_ranges() -> None:
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ranges(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []
