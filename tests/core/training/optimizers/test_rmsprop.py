"""The first step divides by sqrt(1 - alpha) times the slope."""

import pytest
import torch

from core.training.optimizers import rmsprop as module


def test_golden():
    flat, params = torch.tensor([1.0, -2.0]), module.Params(alpha=0.75)
    state = module.init(flat)
    for step in (1, 2):
        module.update(flat, torch.tensor([0.5, 1.0]), state, params, 0.1, step)
    assert flat.tolist() == pytest.approx(
        [1 - 0.1 / 0.25**0.5 - 0.1 / 0.4375**0.5, -2 - 0.1 / 0.25**0.5 - 0.1 / 0.4375**0.5], abs=1e-6
    )
