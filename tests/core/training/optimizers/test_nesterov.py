"""Each step is slope + momentum times velocity."""

import pytest
import torch

from core.training.optimizers import nesterov as module


def test_golden():
    flat, params = torch.tensor([1.0, -2.0]), module.Params(momentum=0.5)
    state = module.init(flat)
    for step in (1, 2):
        module.update(flat, torch.tensor([0.5, 1.0]), state, params, 0.1, step)
    assert flat.tolist() == pytest.approx([1 - 0.1 * 0.5 * (1.5 + 1.75), -2 - 0.1 * (1.5 + 1.75)], abs=1e-6)
