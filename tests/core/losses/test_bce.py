"""log 2 without a clue; yes weighs three times where it is a quarter."""

import pytest
import torch

from core.losses import bce as module


def test_golden():
    output, target = torch.tensor([[[0.0], [0.0]]]), torch.tensor([[0.0, 1.0]])
    rows = module.rows(output, target, module.Params(balanced=True), torch.tensor([6.0, 2.0]))
    assert rows.value[0].tolist() == pytest.approx([0.6931472, 3 * 0.6931472], abs=1e-6)
    assert rows.gradient[0].flatten().tolist() == pytest.approx([0.5, -1.5], abs=1e-6)
