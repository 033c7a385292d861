"""(1 - 1/2)^2 log 2 without a clue."""

import pytest
import torch

from core.losses import focal as module


def test_golden():
    output, target = torch.tensor([[[0.0], [0.0]]]), torch.tensor([[0.0, 1.0]])
    rows = module.rows(output, target, module.Params(gamma=2.0), torch.tensor([1.0, 1.0]))
    assert rows.value[0].tolist() == pytest.approx([0.1732868, 0.1732868], abs=1e-6)
    assert rows.gradient[0].flatten().tolist() == pytest.approx([0.2982868, -0.2982868], abs=1e-6)
