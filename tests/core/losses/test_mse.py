"""Squares."""

import pytest
import torch

from core.losses import mse as module


def test_golden():
    output, target = torch.tensor([[[1.0], [-2.0]]]), torch.tensor([[0.0, 1.0]])
    rows = module.rows(output, target, module.Params(), torch.tensor([]))
    assert rows.value[0].tolist() == pytest.approx([1, 9], abs=1e-6)
    assert rows.gradient[0].flatten().tolist() == pytest.approx([2, -6], abs=1e-6)
