"""Margins, against scikit-learn."""

import pytest
import torch
from sklearn.metrics import hinge_loss

from core.losses import hinge as module

NOTHING = torch.ones(4)


def test_golden() -> None:
    output, target = torch.tensor([[[2.0], [0.5], [0.5]]]), torch.tensor([[1.0, 1.0, 0.0]])
    rows = module.rows(output, target, module.Params(), NOTHING)
    assert rows.value[0].tolist() == pytest.approx([0.0, 0.5, 1.5])
    assert rows.gradient[0].flatten().tolist() == [0.0, -1.0, 1.0]
    squared = module.rows(output, target, module.Params(squared=True), NOTHING)
    assert squared.value[0].tolist() == pytest.approx([0.0, 0.25, 2.25])
    assert squared.gradient[0].flatten().tolist() == pytest.approx([0.0, -1.0, 3.0])


def test_yes_or_no_is_that_of_scikit_learn() -> None:
    dice = torch.Generator().manual_seed(0)
    output, target = torch.randn(1, 60, 1, generator=dice), (torch.rand(1, 60, generator=dice) > 0.4).float()
    value = module.rows(output, target, module.Params(), NOTHING).value
    assert float(value.mean()) == pytest.approx(hinge_loss(target[0].numpy(), output[0, :, 0].numpy()), abs=1e-6)


def test_several_classes_are_crammer_and_singers_as_in_scikit_learn() -> None:
    dice = torch.Generator().manual_seed(1)
    output, target = torch.randn(1, 60, 4, generator=dice), torch.randint(0, 4, (1, 60), generator=dice)
    value = module.rows(output, target, module.Params(), NOTHING).value
    assert float(value.mean()) == pytest.approx(hinge_loss(target[0].numpy(), output[0].numpy(), labels=range(4)), abs=1e-6)


def test_only_the_strongest_wrong_class_is_pushed_away() -> None:
    output, target = torch.tensor([[[0.0, 0.9, 0.5, -3.0]]]), torch.tensor([[0]])
    assert module.rows(output, target, module.Params(), NOTHING).gradient[0, 0].tolist() == [-1.0, 1.0, 0.0, 0.0]
