"""The second step repeats half of the first."""

import pytest
import torch

from core.training.optimizers import momentum as module


def test_golden():
    flat, params = torch.tensor([1.0, -2.0]), module.Params(momentum=0.5)
    state = module.init(flat)
    for step in (1, 2):
        module.update(flat, torch.tensor([0.5, 1.0]), state, params, 0.1, step)
    assert flat.tolist() == pytest.approx([1 - 0.05 - 0.075, -2 - 0.1 - 0.15], abs=1e-6)
