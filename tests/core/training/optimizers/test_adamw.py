"""Adam's steps of length 0.1, and each time a tenth of a half of the weight."""

import pytest
import torch

from core.training.optimizers import adamw as module


def test_golden():
    flat, params = torch.tensor([1.0, -2.0]), module.Params(weight_decay=0.5)
    state = module.init(flat)
    for step in (1, 2):
        module.update(flat, torch.tensor([0.5, 1.0]), state, params, 0.1, step)
    assert flat.tolist() == pytest.approx([(1 * 0.95 - 0.1) * 0.95 - 0.1, (-2 * 0.95 - 0.1) * 0.95 - 0.1], abs=1e-6)
