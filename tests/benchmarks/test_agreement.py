"""The yardstick trains what we train: the same weights and batches give the same losses."""

import torch

from benchmarks.agreement import orders, side_by_side
from core.training.batches import Batches
from tests.making import HEART, dataset, heart


def test_the_plain_loop_and_ours_have_the_same_losses() -> None:
    document, data = heart(training__epochs=3), dataset(HEART, rows=200)
    ours, plain = side_by_side(document, data)
    assert ours.shape == plain.shape == (3 * Batches(document, data).per_epoch, 2)
    torch.testing.assert_close(ours, plain, atol=1e-5, rtol=1e-5)


def test_they_would_not_have_with_other_weights() -> None:
    data = dataset(HEART, rows=200)
    ours, _ = side_by_side(heart(training__epochs=1), data)
    _, plain = side_by_side(heart(training__epochs=1, seed=1), data)
    assert (ours - plain).abs().max() > 1e-3


def test_every_epoch_goes_through_all_rows_in_an_order_of_its_own() -> None:
    data = dataset(HEART, rows=100)
    first, second = orders(heart(training__epochs=2), data)
    assert sorted(first.tolist()) == sorted(second.tolist()) == list(range(data.train.shape[1]))
    assert first.tolist() != second.tolist()
