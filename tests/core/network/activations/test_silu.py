"""z times the sigmoid."""

import pytest
import torch

from core.network.activations import silu as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([-0.2689414, 0, 1.7615942], abs=1e-6)
