"""One wave is 2 pi long; the paper's initial weights keep the size of sums from layer to layer."""

import math

import pytest
import torch

from core.experiment import Layer
from core.network.activations import sine as module
from core.network.layer import Bent, Dense, Pass
from core.network.parameters import initial, views


def test_golden():
    found = module.forward(torch.tensor([0.0, math.pi / 2, 1.0]), module.Params())
    assert found.tolist() == pytest.approx([0, 1, 0.8414710], abs=1e-6)


def test_frequency():
    found = module.forward(torch.tensor([math.pi / 6]), module.Params(frequency=3.0))
    assert found.tolist() == pytest.approx([1], abs=1e-6)


@pytest.mark.parametrize("frequency", [1.0, 30.0])
def test_sums_keep_their_size_through_many_layers(frequency):
    """Sitzmann 2020, section 3.2: about standard normal times 1 / omega. s^2 = 1 - exp(-2 s^2) of sines of normal sums."""
    x = torch.rand(1, 500, 256, generator=torch.Generator().manual_seed(1)) * 2 - 1
    for seed in range(5):
        dense = Dense(
            "layer", "", 256, Layer(width=256, activation={"name": "sine", "params": {"frequency": frequency}}), Bent.ALL
        )
        parameters = views(initial(tuple(dense.specs), 1, seed), tuple(dense.specs), 1)
        parameters[1].zero_()
        x, (_, z, *_) = dense.forward(Pass(parameters, {}), x)
    assert float((frequency * z).std()) == pytest.approx(0.893, abs=0.02)
