import pytest
import torch

from core.data.dataset import Target
from tests.making import dataset


def test_units_come_back_per_split():
    target = Target(
        "y",
        "regression",
        torch.zeros(2, 3),
        torch.ones(3, dtype=torch.bool),
        torch.tensor([1.0, 2.0]),
        torch.tensor([10.0, 20.0]),
    )
    assert target.to_units(torch.ones(2, 3)).tolist() == [[11] * 3, [22] * 3]
    assert target.to_units(torch.ones(2)).tolist() == [11, 22]


def test_outputs_follow_the_kind():
    values = torch.zeros(1, 3), torch.ones(3, dtype=torch.bool), torch.zeros(1), torch.ones(1)
    assert Target("y", "multiclass", *values, ("a", "b", "c")).outputs == 3
    assert Target("y", "binary", *values, ("a", "b")).outputs == 1


def test_what_losses_are_told_of_classes_are_the_rows_with_a_label_that_are_trained_on() -> None:
    data = dataset({"a": "multiclass", "b": "binary"}, missing=0.3)
    for task, classes in enumerate((3, 2)):
        target, rows = data.targets[task], data.train[0].tolist()
        seen = [int(target.values[0][row]) for row in rows if target.labelled[row]]
        assert data.known[task].tolist() == [seen.count(number) for number in range(classes)]


@pytest.mark.parametrize("splits", [1, 3])
def test_what_losses_are_told_of_an_amount_is_where_zero_lies(splits: int) -> None:
    data = dataset({"c": "regression"}, splits=splits)
    target = data.targets[0]
    found = data.known[0]
    assert found.shape == (splits,)
    torch.testing.assert_close(target.to_units(-found.view(-1, 1)), torch.zeros(splits, 1))
