"""A hundredth of the negative part."""

import pytest
import torch

from core.network.activations import leaky_relu as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-0.01, 0, 2], abs=1e-6)
