"""Borders between classes in an order, against formulas by hand and logistic regression."""

import numpy as np
import pytest
import torch
from sklearn.metrics import log_loss

from core.losses import cross_entropy
from core.losses import ordinal as module

NOTHING, NO_PARAMS = torch.ones(4), module.Params()


def some(classes: int, rows: int = 40, size: float = 2.0) -> tuple[torch.Tensor, torch.Tensor]:
    dice = torch.Generator().manual_seed(classes)
    output = size * torch.randn(2, rows, classes, generator=dice, dtype=torch.float64)
    return output, torch.randint(0, classes, (2, rows), generator=dice)


def chances(output: torch.Tensor) -> torch.Tensor:
    """By the definition: differences of sigmoids of falling logits."""
    border = [output[..., 1] - output[..., 0]]
    for gap in output[..., 2:].unbind(-1):
        border.append(border[-1] - torch.log1p(gap.exp()))
    above = [torch.ones_like(border[0]), *(torch.sigmoid(each) for each in border), torch.zeros_like(border[0])]
    return torch.stack([higher - lower for higher, lower in zip(above, above[1:], strict=False)], -1)


@pytest.mark.parametrize("classes", [2, 3, 6])
def test_probabilities_are_those_of_the_definition_and_softmax_gives_them_back(classes: int) -> None:
    output, target = some(classes)
    found = module.answer(output, NO_PARAMS, NOTHING)
    torch.testing.assert_close(found.exp(), chances(output))
    torch.testing.assert_close(torch.softmax(found, -1), chances(output))
    value = module.rows(output, target, NO_PARAMS, NOTHING).value
    for replica in range(2):
        expected = log_loss(target[replica].numpy(), chances(output)[replica].numpy(), labels=range(classes))
        assert float(value[replica].mean()) == pytest.approx(expected)


@pytest.mark.parametrize("classes", [2, 3, 6])
def test_its_slope_is_that_of_autograd(classes: int) -> None:
    output, target = some(classes)
    asked = output.clone().requires_grad_()
    (-chances(asked).gather(-1, target.unsqueeze(-1)).log()).sum().backward()
    torch.testing.assert_close(module.rows(output, target, NO_PARAMS, NOTHING).gradient, asked.grad)


@pytest.mark.parametrize("size", [0.1, 3.0, 1000.0])
def test_borders_are_in_order_and_no_class_is_below_zero(size: float) -> None:
    output, _ = some(5, size=size)
    assert bool((module.borders(output).diff(dim=-1) <= 0).all())
    logs = module.answer(output, NO_PARAMS, NOTHING)
    assert bool(logs.isfinite().all())
    torch.testing.assert_close(logs.exp().sum(-1), torch.ones(2, 40).double())


def test_two_classes_are_cross_entropy() -> None:
    output, target = some(2)
    found = module.rows(output, target, NO_PARAMS, NOTHING)
    expected = cross_entropy.rows(output, target, cross_entropy.Params(), NOTHING)
    torch.testing.assert_close(found.value, expected.value)
    torch.testing.assert_close(found.gradient, expected.gradient)


def test_without_a_clue_about_the_borders_each_class_is_half_as_far() -> None:
    found = module.answer(torch.zeros(1, 1, 4), NO_PARAMS, NOTHING).exp()
    assert found[0, 0].tolist() == pytest.approx([1 / 2, 1 / 6, 2 / 15, 1 / 5])


def test_a_batch_of_one_class_alone() -> None:
    output, _ = some(4)
    for number in range(4):
        rows = module.rows(output, torch.full((2, 40), number), NO_PARAMS, NOTHING)
        torch.testing.assert_close(rows.value, -chances(output)[..., number].log())


def test_biases_alone_learn_how_often_each_class_is() -> None:
    target = torch.tensor([[0] * 10 + [1] * 50 + [2] * 25 + [3] * 15])
    output = torch.zeros(4).double()
    for _ in range(3000):
        output = output - module.rows(output.expand(1, 100, 4), target, NO_PARAMS, NOTHING).gradient[0].mean(0)
    found = module.answer(output.view(1, 1, 4), NO_PARAMS, NOTHING).exp()
    np.testing.assert_allclose(found[0, 0].numpy(), [0.1, 0.5, 0.25, 0.15], atol=1e-3)
