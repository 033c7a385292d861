"""Cut off at -1 and 1."""

import pytest
import torch

from core.network.activations import hard_tanh as module


def test_golden():
    found = module.forward(torch.tensor([-1.5, -0.25, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-1, -0.25, 0, 1], abs=1e-6)
