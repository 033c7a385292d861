"""The q-quantile is what lowers it."""

import pytest
import torch
from sklearn.metrics import mean_pinball_loss

from core.losses import quantile as module

NOTHING = torch.tensor([1.0])


@pytest.mark.parametrize("q", [0.05, 0.5, 0.9])
def test_it_is_the_pinball_loss_of_scikit_learn(q: float) -> None:
    dice = torch.Generator().manual_seed(0)
    output, target = torch.randn(1, 50, 1, generator=dice), torch.randn(1, 50, generator=dice)
    value = module.rows(output, target, module.Params(q=q), NOTHING).value
    expected = mean_pinball_loss(target[0].numpy(), output[0, :, 0].numpy(), alpha=q)
    assert float(value.mean()) == pytest.approx(expected, abs=1e-6)


def test_golden() -> None:
    output, target = torch.tensor([[[0.0], [2.0], [1.0]]]), torch.tensor([[1.0, 1.0, 1.0]])
    rows = module.rows(output, target, module.Params(q=0.9), NOTHING)
    assert rows.value[0].tolist() == pytest.approx([0.9, 0.1, 0.0])
    assert rows.gradient[0].flatten().tolist() == pytest.approx([-0.9, 0.1, 0.0])


@pytest.mark.parametrize("q", [0.1, 0.5, 0.8])
def test_following_its_slope_one_answer_for_all_rows_ends_at_the_quantile(q: float) -> None:
    target = torch.rand(1, 1001, generator=torch.Generator().manual_seed(1))
    answer = torch.tensor(0.3)
    for step in range(3000):
        rows = module.rows(answer.expand(1, 1001, 1).clone(), target, module.Params(q=q), NOTHING)
        answer = answer - 0.3 / (1 + 0.05 * step) * rows.gradient.mean()
    assert float((target < answer).float().mean()) == pytest.approx(q, abs=0.01)
