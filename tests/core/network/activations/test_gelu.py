"""z times the normal distribution function."""

import pytest
import torch

from core.network.activations import gelu as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-0.1586553, 0, 1.9544997], abs=1e-6)
