"""With a constant slope, every step is as long as the rate."""

import pytest
import torch

from core.training.optimizers import adam as module


def test_golden():
    flat, params = torch.tensor([1.0, -2.0]), module.Params()
    state = module.init(flat)
    for step in (1, 2):
        module.update(flat, torch.tensor([0.5, 1.0]), state, params, 0.1, step)
    assert flat.tolist() == pytest.approx([0.8, -2.2], abs=1e-6)
