"""Two steps of rate times slope."""

import pytest
import torch

from core.training.optimizers import sgd as module


def test_golden():
    flat, params = torch.tensor([1.0, -2.0]), module.Params()
    state = module.init(flat)
    for step in (1, 2):
        module.update(flat, torch.tensor([0.5, 1.0]), state, params, 0.1, step)
    assert flat.tolist() == pytest.approx([1 - 2 * 0.05, -2 - 2 * 0.1], abs=1e-6)
