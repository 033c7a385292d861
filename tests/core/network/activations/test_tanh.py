"""Values of a table."""

import pytest
import torch

from core.network.activations import tanh as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-0.7615942, 0, 0.9640276], abs=1e-6)
