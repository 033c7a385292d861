"""1 / e - 1 at -1."""

import pytest
import torch

from core.network.activations import elu as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-0.6321206, 0, 2], abs=1e-6)
