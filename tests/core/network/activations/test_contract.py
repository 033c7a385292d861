"""Every activation: values and slopes against torch and differences, spread kept by GAIN, its range, its words."""

import math
import pathlib
import re

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from core.network.activations import ACTIVATIONS

OTHER = {
    "leaky-relu": [{"slope": 0.0}, {"slope": 0.3}, {"slope": 1.0}],
    "prelu": [{"initial": 0.0}, {"initial": 0.7}, {"initial": 1.0}],
    "elu": [{"alpha": 0.0}, {"alpha": 0.7}, {"alpha": 3.0}],
    "softplus": [{"beta": 0.1}, {"beta": 2.5}, {"beta": 20.0}],
    "sine": [{"frequency": 0.3}, {"frequency": 3.0}, {"frequency": 30.0}],
}
CASES = [(name, {}) for name in ACTIVATIONS] + [(name, params) for name, many in OTHER.items() for params in many]

ORACLES = {
    "identity": lambda z: 1.0 * z,
    "relu": functional.relu,
    "leaky-relu": lambda z, slope=0.01: functional.leaky_relu(z, slope),
    "prelu": lambda z, slope: torch.stack([functional.prelu(part, one.flatten()) for part, one in zip(z, slope, strict=True)]),
    "elu": lambda z, alpha=1.0: functional.elu(z, alpha),
    "selu": functional.selu,
    "gelu": lambda z: z * (1 + torch.erf(z / 2**0.5)) / 2,
    "silu": lambda z: z / (1 + torch.exp(-z)),
    "mish": lambda z: z * torch.tanh(torch.log1p(torch.exp(z))),
    "softplus": lambda z, beta=1.0: torch.logaddexp(beta * z, torch.zeros_like(z)) / beta,
    "tanh": lambda z: 2 / (1 + torch.exp(-2 * z)) - 1,
    "sigmoid": lambda z: 1 / (1 + torch.exp(-z)),
    "hard-tanh": functional.hardtanh,
    "hard-swish": functional.hardswish,
    "sine": lambda z, frequency=1.0: torch.sin(frequency * z),
}
"""Written here from the definitions; those with a corner are torch's, for what is taken as its slope."""


def sums(dtype: torch.dtype = torch.float64) -> Tensor:
    """`[replica, row, unit]`, small and large, both signs."""
    values = torch.randn(2, 9, 5, generator=torch.Generator().manual_seed(5), dtype=dtype)
    return torch.cat([values, values * 30], 1)


def grid(dtype: torch.dtype = torch.float64) -> Tensor:
    """`[replica, row, unit]`: quarters from -4 to 4, with 0 and all corners, and further out to +-20."""
    far = torch.tensor([-20.0, -8.0, -1e-3, 1e-3, 0.1, 8.0, 20.0])
    values = torch.cat([torch.linspace(-4, 4, 33), far]).to(dtype).view(8, 5)
    return torch.stack([values, -values])


def begin(module, params, replicas: int, dtype: torch.dtype = torch.float64) -> list[Tensor]:
    """What the activation learns, at its initial values `[replica, 1, 1]`, rounded as parameters are."""
    return [torch.full((replicas, 1, 1), at(params)).to(dtype) for at in getattr(module, "LEARNED", {}).values()]


def back(module, grad: Tensor, z: Tensor, params, learned: list[Tensor]) -> tuple[Tensor, list[Tensor]]:
    """The gradients by z and by what is learned, in one form for all."""
    found = module.backward(grad, z, module.forward(z, params, *learned), params, *learned)
    return found if learned else (found, [])


def oracle(module, params) -> torch.nn.Module:
    return eval(module.TORCH.format(**params.model_dump()), {"torch": torch})  # noqa: S307  our own text, shown as code


@pytest.mark.parametrize(("name", "params"), CASES)
def test_equals_torch(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    z = sums().requires_grad_()
    expected = oracle(module, checked).double()(z)
    learned = begin(module, checked, 2)
    torch.testing.assert_close(module.forward(z.detach(), checked, *learned), expected.detach())
    grad = torch.randn(z.shape, generator=torch.Generator().manual_seed(6), dtype=z.dtype)
    expected.backward(grad)
    torch.testing.assert_close(back(module, grad, z.detach(), checked, learned)[0], z.grad, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("tasks", [(), (3,)], ids=["alone", "tasks"])
@pytest.mark.parametrize(("name", "params"), CASES)
def test_equals_its_definition_with_and_without_a_task_axis(name, params, tasks):
    module, checked = ACTIVATIONS.resolve(name, params)
    z = grid().requires_grad_()
    learned = [number * torch.tensor([0.5, 1.5]).view(2, 1, 1) for number in begin(module, checked, 2)]
    leaves = [number.clone().requires_grad_() for number in learned]
    expected = ORACLES[name](z, *leaves) if learned else ORACLES[name](z, **params)
    y = module.forward(z.detach(), checked, *learned)
    # torch takes softplus for straight from 20 on, where it lies 2e-9 / beta higher.
    torch.testing.assert_close(y, expected.detach(), rtol=1e-9, atol=3e-8 if name == "softplus" else 1e-12)
    grads = torch.randn(*tasks, *z.shape, generator=torch.Generator().manual_seed(6), dtype=z.dtype)
    by_z, by_learned = back(module, grads, z.detach(), checked, learned)
    close = {"rtol": 1e-7, "atol": 1e-7} if name == "softplus" else {"rtol": 1e-9, "atol": 1e-12}
    for task, grad in enumerate(grads) if tasks else [(..., grads)]:
        wanted = torch.autograd.grad(expected, [z, *leaves], grad, retain_graph=True)
        for found, want in zip([by_z, *by_learned], wanted, strict=True):
            torch.testing.assert_close(found[task], want, **close)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_half_as_many_bits_and_parts_of_a_gradient_do_as_well(name):
    """In float32 other kernels are at work, and twins hand over gradients that are not contiguous."""
    module, params = ACTIVATIONS.resolve(name)
    z, grads = grid(torch.float32), torch.randn(3, 4, 8, 5, generator=torch.Generator().manual_seed(6))[:, :2]
    found, by_learned = back(module, grads, z, params, begin(module, params, 2, torch.float32))
    exact, exact_learned = back(module, grads.double(), z.double(), params, begin(module, params, 2))
    for got, wanted in zip([found, *by_learned], [exact, *exact_learned], strict=True):
        assert got.dtype == torch.float32
        torch.testing.assert_close(got.double(), wanted, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("name", "params"), CASES)
def test_backward_is_the_slope_of_forward(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    z, tiny = sums(), 1e-6
    learned = begin(module, checked, 2)
    slope = (module.forward(z + tiny, checked, *learned) - module.forward(z - tiny, checked, *learned)) / (2 * tiny)
    found, _ = back(module, torch.ones_like(z), z, checked, learned)
    torch.testing.assert_close(found, slope, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("name", "params"), CASES)
def test_nothing_is_changed_in_place(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    z, grad = sums(torch.float32), torch.ones(2, 18, 5)
    learned = begin(module, checked, 2, torch.float32)
    kept, numbers = z.clone(), [number.clone() for number in learned]
    y = module.forward(z, checked, *learned)
    out = y.clone()
    found = module.backward(grad, z, y, checked, *learned)
    assert (found[0] if learned else found).dtype == torch.float32
    assert torch.equal(z, kept)
    assert torch.equal(y, out)
    assert bool((grad == 1).all())
    assert all(torch.equal(now, before) for now, before in zip(learned, numbers, strict=True))


@pytest.mark.parametrize("name", ["relu", "leaky-relu", "prelu", "elu", "gelu", "silu", "mish", "hard-swish"])
def test_gain_keeps_the_size_of_what_passes(name):
    """E (GAIN f(z))^2 = 1 for standard normal z: He et al. 2015."""
    for given in [{}, *OTHER.get(name, [])]:
        module, params = ACTIVATIONS.resolve(name, given)
        z = torch.linspace(-8, 8, 4001, dtype=torch.float64).view(1, -1, 1)
        density = torch.exp(-z * z / 2) / (2 * torch.pi) ** 0.5
        y = module.forward(z, params, *begin(module, params, 1))
        size = torch.trapezoid((y**2 * density).flatten(), z.flatten())
        assert float(size) * module.GAIN(params) ** 2 == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("name", "params"), CASES)
def test_range_holds_all_values_and_is_come_near(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    low, high = module.RANGE(checked)
    z = torch.cat([torch.linspace(-1000, 1000, 20_001), torch.linspace(-8, 8, 16_001)]).double().view(1, -1, 1)
    y = module.forward(z, checked, *begin(module, checked, 1))
    least, most = float(y.min()), float(y.max())
    assert low - 1e-12 <= least <= most <= high + 1e-12
    assert least < (low + 1e-2 if math.isfinite(low) else -1)
    assert most > (high - 1e-2 if math.isfinite(high) else 1)


@pytest.mark.parametrize("module", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
def test_its_words(module):
    for text in (module.TITLE, module.HELP, module.FORMULA, module.DERIVATIVE, module.REFERENCE, module.FAILS):
        assert text.strip() == text != ""
    for formula in (module.FORMULA, module.DERIVATIVE):
        assert formula.count("{") == formula.count("}")
        assert formula.count("(") == formula.count(")")
    assert re.fullmatch(r"[A-Z][^,]*( and [^,]*|, [A-Z].*)? (19|20)\d\d, [A-Z].*[^.]", module.REFERENCE)
    assert re.fullmatch(r"[A-Z].*[^.]\.", module.FAILS)
    assert not re.search(r"[.?!] ", module.FAILS), "one sentence"
    low, high = getattr(module, "DRAWN", (-4.0, 4.0))
    assert low < 0 < high


def test_the_activations_there_are():
    assert set(ORACLES) == set(ACTIVATIONS)


def test_each_has_its_own_test_file():
    here = pathlib.Path(__file__).parent
    assert {f"test_{name.replace('-', '_')}.py" for name in ACTIVATIONS} <= {file.name for file in here.iterdir()}
