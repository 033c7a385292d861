import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.split import SMALLEST, split_rows, strata
from core.experiment import Split

shares = some.tuples(some.floats(0, 0.45), some.floats(0, 0.45)).map(lambda both: Split(validation=both[0], test=both[1]))


@given(some.lists(some.integers(0, 3), min_size=10, max_size=200), shares, some.integers(0, 99))
def test_every_row_is_dealt_once(labels, share, seed):
    stratum = np.unique(labels, return_inverse=True)[1]
    parts = split_rows(stratum, share, (seed, 0))
    assert sorted(np.concatenate(parts)) == list(range(len(labels)))
    assert len(parts.test) == (max(1, round(len(labels) * share.test)) if share.test else 0)
    assert len(parts.validation) == (max(1, round(len(labels) * share.validation)) if share.validation else 0)


@given(some.lists(some.integers(0, 3), min_size=20, max_size=200), some.integers(0, 99))
def test_shares_are_alike_in_every_stratum_and_each_one_trains(labels, seed):
    stratum = np.unique(labels, return_inverse=True)[1]
    parts = split_rows(stratum, Split(validation=0.2, test=0.2), (seed, 0))
    size = np.bincount(stratum)
    for part, share in ((parts.test, 0.2), (parts.validation, 0.2), (parts.train, 0.6)):
        assert (np.abs(np.bincount(stratum[part], minlength=len(size)) - share * size) <= 2).all()
    assert set(stratum[parts.train]) == set(stratum)


def test_the_same_seed_deals_the_same_and_another_does_not():
    stratum = np.zeros(50, dtype=int)
    first, again, other = (split_rows(stratum, Split(), seed) for seed in ((0, 0), (0, 0), (0, 1)))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert (first.test != other.test).any()


def test_rows_are_drawn_evenly():
    tested = np.zeros(30)
    for seed in range(600):
        tested[split_rows(np.arange(30) % 2, Split(test=0.2), (seed,)).test] += 1
    np.testing.assert_allclose(tested / 600, 0.2, atol=0.07)


def test_strata_are_the_joint_label_where_parts_are_large_enough():
    first, second = np.repeat([0, 1], 20), np.tile([0, 1], 20)
    assert len(set(strata([first, second]))) == 4


def test_a_rare_second_label_is_not_a_stratum():
    first, second = np.zeros(40, dtype=int), np.array([-1] * (SMALLEST - 1) + [0] * 20 + [1] * (20 - SMALLEST + 1))
    found = strata([first, second])
    assert len(set(found)) == 3  # the rare ones stay together, apart from the two large parts
    assert len(set(found[: SMALLEST - 1])) == 1


@pytest.mark.parametrize("tasks", [1, 20])
def test_many_tasks_do_no_harm(tasks):
    labels = [np.random.default_rng(task).integers(-1, 5, 300) for task in range(tasks)]
    found = strata(labels)
    assert len(found) == 300
    assert found.min() == 0
