"""Squared near, straight far."""

import pytest
import torch

from core.losses import huber as module


def test_golden():
    output, target = torch.tensor([[[0.5], [-2.0]]]), torch.tensor([[0.0, 1.0]])
    rows = module.rows(output, target, module.Params(delta=1.0), torch.tensor([]))
    assert rows.value[0].tolist() == pytest.approx([0.125, 2.5], abs=1e-6)
    assert rows.gradient[0].flatten().tolist() == pytest.approx([0.5, -1], abs=1e-6)
