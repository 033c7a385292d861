import torch

from core.data.dataset import Target


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
