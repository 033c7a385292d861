"""Its least value is at -1.5."""

import pytest
import torch

from core.network.activations import hard_swish as module


def test_golden():
    found = module.forward(torch.tensor([-4.0, -1.5, 0.0, 1.0, 5.0]), module.Params())
    assert found.tolist() == pytest.approx([0, -0.375, 0, 2 / 3, 5], abs=1e-6)
