"""Every schedule: its laws, and torch's scheduler as its exported code names it."""

import pathlib

import pytest
import torch

from core.training.schedules import SCHEDULES

RATE = 0.4
OTHER = {
    "cosine": {"floor": 0.1},
    "linear": {"floor": 0.2},
    "step": {"drop": 0.1, "every": 0.3},
    "warmup-cosine": {"warmup": 0.33, "floor": 0.05},
}
CASES = [(name, {}) for name in SCHEDULES] + list(OTHER.items())


@pytest.mark.parametrize("steps", [7, 20])
@pytest.mark.parametrize(("name", "params"), CASES)
def test_equals_torch(name, params, steps):
    module, checked = SCHEDULES.resolve(name, params)
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    code = module.TORCH.format(steps=steps, **checked.model_dump())
    names = {"torch": torch, "optimizer": optimizer}
    oracle = eval(code, names)  # noqa: S307  our own text, shown to users as code
    for step in range(steps):
        assert RATE * module.factor(step, steps, checked) == pytest.approx(oracle.get_last_lr()[0], abs=1e-7)
        optimizer.step()
        oracle.step()


@pytest.mark.parametrize(("name", "params"), CASES)
@pytest.mark.parametrize("steps", [1, 2, 3, 1000])
def test_stays_between_none_and_all(name, params, steps):
    module, checked = SCHEDULES.resolve(name, params)
    factors = [module.factor(step, steps, checked) for step in range(2 * steps)]  # also when a run goes on past its end
    assert all(0 <= factor <= 1 for factor in factors)
    assert max(factors) == 1


def test_each_has_its_own_test_file():
    here = pathlib.Path(__file__).parent
    assert {f"test_{name.replace('-', '_')}.py" for name in SCHEDULES} <= {file.name for file in here.iterdir()}


def test_constant_is_the_usual_one():
    assert next(iter(SCHEDULES)) == "constant"
