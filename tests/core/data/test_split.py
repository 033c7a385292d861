import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.split import SMALLEST, deal, split_rows, strata
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


@given(some.integers(0, 9), shares, some.integers(0, 9))
def test_of_few_rows_one_is_left_to_train_on(rows, share, seed):
    parts = split_rows(np.zeros(rows, dtype=int), share, (seed,))
    assert sorted(np.concatenate(parts)) == list(range(rows))
    assert len(parts.train) >= min(rows, 1)


@given(some.integers(0, 60), some.integers(0, 20), some.integers(0, 9), some.data())
def test_rows_are_dealt_the_same_whatever_is_added_or_lies_outside(rows, added, seed, data):
    labels = [np.arange(rows) % 3, np.arange(rows) % 2 - 1]
    more = [np.append(each, data.draw(some.lists(some.integers(0, 4), min_size=added, max_size=added))) for each in labels]
    more = [each.astype(int) for each in more]
    inside = np.array(data.draw(some.lists(some.booleans(), min_size=rows + added, max_size=rows + added)), dtype=bool)
    (plain,) = deal(labels, 0, np.ones(rows, dtype=bool), Split(), [(seed, 0)])
    (found,) = deal(more, added, inside, Split(), [(seed, 0)])
    assert found.validation.tolist() == [row for row in plain.validation if inside[row]]
    assert found.test.tolist() == [row for row in plain.test if inside[row]]
    new = [row for row in range(rows, rows + added) if inside[row]]
    assert found.train.tolist() == [row for row in plain.train if inside[row]] + new


@given(some.integers(2, 60), some.integers(0, 20), some.data())
def test_splits_of_their_own_have_parts_of_one_size(rows, added, data):
    inside = np.array(data.draw(some.lists(some.booleans(), min_size=rows + added, max_size=rows + added)), dtype=bool)
    labels = [np.arange(rows + added) % 3]
    found = deal(labels, added, inside, Split(vary=True), [(0, 0), (0, 1), (0, 2)])
    assert len({tuple(map(len, parts)) for parts in found}) == 1
    for parts in found:
        assert sorted(np.concatenate(parts)) == np.flatnonzero(inside).tolist()
        assert set(np.flatnonzero(inside[rows:]) + rows) <= set(parts.train.tolist())
