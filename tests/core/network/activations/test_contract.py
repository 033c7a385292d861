"""Every activation: forward against torch.nn, backward against autograd and differences, spread kept by GAIN."""

import pathlib

import pytest
import torch
from torch import Tensor

from core.network.activations import ACTIVATIONS

OTHER = {"leaky-relu": {"slope": 0.3}, "elu": {"alpha": 0.7}}
CASES = [(name, {}) for name in ACTIVATIONS] + list(OTHER.items())


def sums(dtype: torch.dtype = torch.float64) -> Tensor:
    """`[replica, row, unit]`, small and large, both signs."""
    values = torch.randn(2, 9, 5, generator=torch.Generator().manual_seed(5), dtype=dtype)
    return torch.cat([values, values * 30], 1)


def oracle(module, params) -> torch.nn.Module:
    return eval(module.TORCH.format(**params.model_dump()), {"torch": torch})  # noqa: S307  our own text, shown as code


@pytest.mark.parametrize(("name", "params"), CASES)
def test_equals_torch(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    z = sums().requires_grad_()
    expected = oracle(module, checked)(z)
    torch.testing.assert_close(module.forward(z.detach(), checked), expected.detach())
    grad = torch.randn(z.shape, generator=torch.Generator().manual_seed(6), dtype=z.dtype)
    expected.backward(grad)
    found = module.backward(grad, z.detach(), expected.detach(), checked)
    torch.testing.assert_close(found, z.grad, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("name", "params"), CASES)
def test_backward_is_the_slope_of_forward(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    z, tiny = sums(), 1e-6
    slope = (module.forward(z + tiny, checked) - module.forward(z - tiny, checked)) / (2 * tiny)
    found = module.backward(torch.ones_like(z), z, module.forward(z, checked), checked)
    torch.testing.assert_close(found, slope, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("name", "params"), CASES)
def test_nothing_is_changed_in_place(name, params):
    module, checked = ACTIVATIONS.resolve(name, params)
    z, grad = sums(torch.float32), torch.ones(2, 18, 5)
    kept = z.clone()
    y = module.forward(z, checked)
    out = y.clone()
    assert module.backward(grad, z, y, checked).dtype == torch.float32
    assert torch.equal(z, kept)
    assert torch.equal(y, out)
    assert bool((grad == 1).all())


@pytest.mark.parametrize("name", ["relu", "leaky-relu", "elu", "gelu", "silu"])
def test_gain_keeps_the_size_of_what_passes(name):
    """E (GAIN f(z))^2 = 1 for standard normal z: He et al. 2015."""
    module, params = ACTIVATIONS.resolve(name, OTHER.get(name))
    z = torch.linspace(-8, 8, 4001, dtype=torch.float64)
    density = torch.exp(-z * z / 2) / (2 * torch.pi) ** 0.5
    size = torch.trapezoid(module.forward(z, params) ** 2 * density, z)
    assert float(size) * module.GAIN(params) ** 2 == pytest.approx(1, abs=1e-3)


def test_each_has_its_own_test_file():
    here = pathlib.Path(__file__).parent
    assert {f"test_{name.replace('-', '_')}.py" for name in ACTIVATIONS} <= {file.name for file in here.iterdir()}
