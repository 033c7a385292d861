"""What losses are told of the answers that are trained on."""

import pytest
import torch

from core.training.known import known
from tests.making import dataset


def test_rows_per_class_are_those_with_a_label_that_are_trained_on() -> None:
    data = dataset({"a": "multiclass", "b": "binary"}, missing=0.3)
    for task, classes in enumerate((3, 2)):
        target, rows = data.targets[task], data.train[0].tolist()
        seen = [int(target.values[0][row]) for row in rows if target.labelled[row]]
        assert known(data, task).tolist() == [seen.count(number) for number in range(classes)]


@pytest.mark.parametrize("splits", [1, 3])
def test_of_an_amount_it_is_where_zero_lies(splits: int) -> None:
    data = dataset({"c": "regression"}, splits=splits)
    target = data.targets[0]
    found = known(data, 0)
    assert found.shape == (splits,)
    torch.testing.assert_close(target.to_units(-found.view(-1, 1)), torch.zeros(splits, 1))
