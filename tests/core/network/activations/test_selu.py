"""What it is for: mean 0 and variance 1 stay, in theory and through many layers."""

import pytest
import torch

from core.experiment import Layer
from core.network.activations import selu as module
from core.network.layer import Bent, Dense, Pass
from core.network.parameters import initial, views


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-1.1113307, 0, 2.1014020], abs=1e-6)


def test_mean_and_variance_stay():
    z = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    weight = torch.exp(-z * z / 2) / (2 * torch.pi) ** 0.5
    y = module.forward(z, module.Params())
    assert float(torch.trapezoid(y * weight, z)) == pytest.approx(0, abs=1e-6)
    assert float(torch.trapezoid(y * y * weight, z)) == pytest.approx(1, abs=1e-6)


def test_they_stay_through_many_layers():
    x = torch.randn(1, 500, 256, generator=torch.Generator().manual_seed(1))
    dense = Dense("layer", "", 256, Layer(width=256, activation={"name": "selu"}), Bent.ALL)
    for seed in range(10):
        parameters = views(initial(tuple(dense.specs), 1, seed), tuple(dense.specs), 1)
        x, _ = dense.forward(Pass(parameters, {}), x)
    assert float(x.mean()) == pytest.approx(0, abs=0.1)
    assert float(x.std()) == pytest.approx(1, abs=0.1)
