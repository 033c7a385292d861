"""z times tanh of softplus."""

import pytest
import torch

from core.network.activations import mish as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-0.3034015, 0, 1.9439590], abs=1e-6)
