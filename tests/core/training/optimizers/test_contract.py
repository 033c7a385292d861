"""Every optimizer: the laws all of them keep, against the torch class that its exported code names."""

import pathlib

import pytest
import torch
from torch import Tensor

from core.training.optimizers import OPTIMIZERS

RATE, SIZE = 0.02, 37
OTHER = {
    "adam": {"beta1": 0.7, "beta2": 0.95, "eps": 1e-3},
    "adamw": {"beta1": 0.8, "weight_decay": 0.3},
    "momentum": {"momentum": 0.5},
    "nesterov": {"momentum": 0.6},
    "rmsprop": {"alpha": 0.9, "eps": 1e-4},
}
CASES = [(name, {}) for name in OPTIMIZERS] + list(OTHER.items())


class Model:
    """What the exported code asks of a model."""

    def __init__(self, start: Tensor) -> None:
        self.weights = start.clone().requires_grad_()

    def parameters(self) -> list[Tensor]:
        return [self.weights]


def slopes(steps: int, size: int = SIZE) -> Tensor:
    return torch.randn(steps, size, generator=torch.Generator().manual_seed(3))


def ours(name: str, params: dict, start: Tensor, grads: Tensor) -> Tensor:
    module, checked = OPTIMIZERS.resolve(name, params)
    flat, state = start.clone(), module.init(start)
    for step, grad in enumerate(grads, 1):
        module.update(flat, grad, state, checked, RATE, step)
    return flat


@pytest.mark.parametrize(("name", "params"), CASES)
def test_thirty_steps_equal_torch(name, params):
    module, checked = OPTIMIZERS.resolve(name, params)
    assert module.TORCH.startswith(f"torch.optim.{module.ORACLE}(")
    start, grads = slopes(1)[0], slopes(30)
    model = Model(start)
    code = module.TORCH.format(rate=RATE, **checked.model_dump())
    oracle = eval(code, {"torch": torch, "model": model})  # noqa: S307  our own text, shown to users as code
    for grad in grads:
        model.weights.grad = grad.clone()
        oracle.step()
    torch.testing.assert_close(ours(name, params, start, grads), model.weights.detach(), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_state_is_like_the_parameters_and_gradients_stay(name):
    module, params = OPTIMIZERS.resolve(name)
    flat, grad = torch.ones(SIZE), slopes(1)[0]
    kept, state = grad.clone(), module.init(flat)
    assert all(tensor.shape == flat.shape and tensor.dtype == flat.dtype for tensor in state.values())
    before = {key: tensor.data_ptr() for key, tensor in state.items()}
    module.update(flat, grad, state, params, RATE, 1)
    assert torch.equal(grad, kept)
    assert {key: tensor.data_ptr() for key, tensor in state.items()} == before
    assert bool((flat != 1).all())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_replicas_never_meet(name):
    start, grads = slopes(1)[0], slopes(10)
    changed, disturbed = start.clone(), grads.clone()
    changed[20:], disturbed[:, 20:] = 5.0, 1e3
    assert torch.equal(ours(name, {}, start, grads)[:20], ours(name, {}, changed, disturbed)[:20])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_step_in_two_halves_is_the_same(name):
    """State and step number are all that is remembered."""
    module, params = OPTIMIZERS.resolve(name)
    start, grads = slopes(1)[0], slopes(10)
    flat, state = start.clone(), module.init(start)
    for step, grad in enumerate(grads, 1):
        state = {key: tensor.clone() for key, tensor in state.items()}
        flat = flat.clone()
        module.update(flat, grad, state, params, RATE, step)
    assert torch.equal(flat, ours(name, {}, start, grads))


def test_each_has_its_own_test_file():
    here = pathlib.Path(__file__).parent
    assert {f"test_{name.replace('-', '_')}.py" for name in OPTIMIZERS} <= {file.name for file in here.iterdir()}


def test_adam_is_the_usual_one():
    assert next(iter(OPTIMIZERS)) == "adam"
