"""Rates of counts, against scikit-learn, torch and a regression that scikit-learn fits."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.linear_model import PoissonRegressor
from sklearn.metrics import mean_poisson_deviance

from core.data.dataset import Target
from core.errors import UserError
from core.experiment import Choice, Task
from core.losses import answer as said
from core.losses import loss_of
from core.losses import poisson as module
from core.training.checkpoint import start
from tests.making import dataset, experiment

COUNTS = np.array([0, 3, 1, 0, 12, 5, 2, 40, 0, 7])
MEAN, SPREAD = COUNTS.mean(), COUNTS.std()
RATIO = torch.tensor([MEAN / SPREAD])
ANSWERS = torch.from_numpy((COUNTS - MEAN) / SPREAD).unsqueeze(0)


def target(counts: np.ndarray) -> Target:
    mean, spread = counts.mean(), counts.std() or 1.0
    values = torch.from_numpy((counts - mean) / spread).float().unsqueeze(0)
    scale = torch.tensor([spread], dtype=torch.float32)
    known = torch.ones(len(counts), dtype=torch.bool)
    return Target("visits", "regression", values, known, torch.tensor([mean], dtype=torch.float32), scale)


def check(counts: list[float]) -> None:
    made = target(np.array(counts, dtype=float))
    module.check(made, made.mean / made.scale)


def test_it_is_the_deviance_of_scikit_learn_times_mean_over_variance_and_in_units_times_the_mean() -> None:
    output = torch.randn(1, 10, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    value = module.rows(output, ANSWERS, module.Params(), RATIO).value
    rate = MEAN * output[0, :, 0].exp().numpy()
    deviance = mean_poisson_deviance(COUNTS, rate)
    assert float(value.mean()) == pytest.approx(deviance * MEAN / SPREAD**2, rel=1e-6)
    assert float(value.mean()) * SPREAD**module.POWER == pytest.approx(deviance * MEAN, rel=1e-6)


def test_its_slope_is_that_of_torchs_poisson_loss() -> None:
    output = torch.randn(1, 10, 1, generator=torch.Generator().manual_seed(1), dtype=torch.float64, requires_grad=True)
    counts = torch.from_numpy(COUNTS).double()
    torch.nn.PoissonNLLLoss(reduction="sum")(output[0, :, 0] + np.log(MEAN), counts).backward()
    found = module.rows(output.detach(), ANSWERS, module.Params(), RATIO).gradient
    torch.testing.assert_close(found, output.grad * 2 * MEAN / SPREAD**2, rtol=1e-6, atol=1e-6)


def test_nothing_says_the_mean_and_the_answer_is_the_rate_in_units() -> None:
    output = torch.tensor([[[0.0], [1.0], [-200.0]]])
    made = target(COUNTS.astype(float))
    rates = made.to_units(module.answer(output, module.Params(), RATIO)[..., 0])
    assert rates[0].tolist() == pytest.approx([MEAN, MEAN * np.e, 0.0], abs=1e-5)


def test_a_loss_without_a_link_says_its_outputs() -> None:
    output = torch.randn(1, 3, 1, generator=torch.Generator().manual_seed(0))
    assert said(loss_of(Task(column="a", kind="regression", loss=Choice(name="huber"))), output, RATIO) is output


def test_each_network_has_the_mean_of_its_own_split() -> None:
    output, answers, ratio = torch.zeros(2, 1, 1), torch.ones(2, 1), torch.tensor([1.0, 2.0])
    both = module.rows(output, answers, module.Params(), ratio)
    for replica in range(2):
        one = module.rows(output[:1], answers[:1], module.Params(), ratio[replica : replica + 1])
        assert both.value[replica] == one.value[0]


def test_far_out_it_goes_straight_and_its_slope_stays_the_true_one() -> None:
    output = torch.tensor([[[9.0], [11.0], [200.0], [-200.0]]], dtype=torch.float64, requires_grad=True)
    count, over = 3.0, (output[..., 0] - 10).clamp(min=0)
    low = output[..., 0].clamp(max=10)
    expected = 2 * (count * np.log(count) - count * (low + over.log1p()) - count + low.exp() * (1 + over))
    expected.sum().backward()
    found = module.rows(output.detach(), torch.full((1, 4), 2.0).double(), module.Params(), torch.tensor([1.0]))
    torch.testing.assert_close(found.value, expected.detach())
    torch.testing.assert_close(found.gradient, output.grad)


def test_a_zero_that_rounding_left_below_zero_costs_its_rate() -> None:
    found = module.rows(torch.zeros(1, 1, 1), torch.tensor([[-1.0000001]]), module.Params(), torch.tensor([1.0]))
    assert float(found.value) == pytest.approx(2.0)


def test_answers_below_zero_name_the_task() -> None:
    with pytest.raises(UserError, match=r"“visits” should be counts, 0 or more.*-2"):
        check([4, 1, -2, 3])
    check([4, 1, 0, 3])
    check([1e6, 0, 0.5])


def test_nothing_but_zero_to_train_on_is_said() -> None:
    made = target(np.array([0.0, 3.0]))
    with pytest.raises(UserError, match="“visits” should not all be 0"):
        module.check(made, torch.tensor([0.0]))


def test_a_run_does_not_start_on_answers_below_zero() -> None:
    tasks = {"a": "regression"}
    document, data = experiment(tasks, tasks__a__loss={"name": "poisson"}), dataset(tasks)
    (below,) = data.targets
    above = replace(below, mean=torch.tensor([20.0]))
    start(document, replace(data, targets=(above,)))
    with pytest.raises(UserError, match="“a” should be counts"):
        start(document, data)


def test_a_straight_network_finds_the_regression_of_scikit_learn() -> None:
    """Newton's steps on value and slope of ours, for a rate of exp(w x + b)."""
    draw = np.random.default_rng(0)
    x = draw.normal(size=(300, 2))
    counts = draw.poisson(np.exp(x @ [0.5, -0.3] + 1.0)).astype(float)
    fitted = PoissonRegressor(alpha=0, tol=1e-9, max_iter=1000).fit(x, counts)
    made = target(counts)
    ratio, wide = (made.mean / made.scale).double(), torch.from_numpy(np.c_[x, np.ones(300)])
    answers, weights = torch.from_numpy((counts - counts.mean()) / counts.std()).unsqueeze(0), torch.zeros(3).double()
    for _ in range(2000):
        gradient = module.rows((wide @ weights).view(1, -1, 1), answers, module.Params(), ratio).gradient
        weights = weights - 0.1 * (wide * gradient[0]).mean(0)
    np.testing.assert_allclose(weights[:2].numpy(), fitted.coef_, atol=1e-4)
    assert float(weights[2]) + np.log(counts.mean()) == pytest.approx(fitted.intercept_, abs=1e-4)
