import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.matching import machines
from bot.matching.features import CHARS, CONCEPTS, WORDS
from bot.matching.machines import Rows, trained
from bot.matching.settings import MatchSettings

CLASSES, EACH, COMMON = 6, 30, 20


def rows(other: int = CONCEPTS) -> Rows:
    """Half of the features are letters, half of the `other` block.

    Class k has features k, k + 6, ...; the last `COMMON` features tell nothing and are the commonest.
    """
    random = np.random.default_rng(1)
    classes = np.repeat(np.arange(CLASSES, dtype=np.uint16), EACH)
    own = random.random((len(classes), 10 * CLASSES)) * (np.arange(10 * CLASSES) % CLASSES == classes[:, None])
    own *= random.random(own.shape) < 0.5
    noise = 0.3 * random.random((len(classes), COMMON))
    blocks = np.where(np.arange(10 * CLASSES + COMMON) % 2, np.uint64(other), np.uint64(CHARS))
    return Rows(csr_matrix(np.hstack([own, noise])), classes, blocks)


@pytest.mark.parametrize("other", [WORDS, CONCEPTS])
def test_weights_belong_to_the_columns_they_were_given_for(monkeypatch: pytest.MonkeyPatch, other: int) -> None:
    told = rows(other)
    at_once = trained(told, MatchSettings(), lambda _share: None)
    monkeypatch.setattr(machines, "ALL_AT_ONCE", 50)
    in_rounds = trained(told, MatchSettings(), lambda _share: None)
    one, other = (linear.scales[:, None] * linear.steps for linear in (at_once, in_rounds))
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.9
    for number in range(CLASSES):
        places = np.flatnonzero(np.arange(len(other)) % CLASSES == number)
        assert (other[places[places < 10 * CLASSES], number] > 0).mean() > 0.9


def test_progress_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "ALL_AT_ONCE", 50)
    heard: list[float] = []
    trained(rows(), MatchSettings(), heard.append)
    assert heard == sorted(heard)
    assert len(heard) > 2 * CLASSES
    assert 0 < heard[0] <= heard[-1] < 1


def test_negatives_are_the_farthest_along_the_direction() -> None:
    told = rows()
    directions = csr_matrix(np.vstack([told.matrix.toarray()[told.classes == k].mean(axis=0) for k in range(CLASSES)]))
    scores = told.matrix @ directions.toarray().T
    for number, chosen in enumerate(machines._hardest(told, directions, 7)):
        others = np.setdiff1d(chosen, np.flatnonzero(told.classes == number))
        left = np.setdiff1d(np.flatnonzero(told.classes != number), others)
        assert len(others) == 7
        assert len(chosen) == EACH + 7
        assert scores[others, number].min() >= scores[left, number].max() - 1e-6


def test_the_first_round_needs_letters_only_without_a_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "COMMONEST", 40)
    common, first, tolerance = machines._glimpses(rows())
    assert common.blocks.tolist() == rows().blocks[:40].tolist()
    assert first.blocks.tolist() == [CONCEPTS] * 20
    assert tolerance == machines.LOOSE
    without = rows(WORDS)
    assert machines._glimpses(without) == (without, without, machines.TOLERANCE)
