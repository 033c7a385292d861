"""log 2 and log 4 of shares 1/2 and 1/4."""

import pytest
import torch

from core.losses import cross_entropy as module


def test_golden():
    output, target = torch.tensor([[[0.6931472, 0.0, 0.0], [0.6931472, 0.0, 0.0]]]), torch.tensor([[0, 2]])
    rows = module.rows(output, target, module.Params(), torch.tensor([1.0, 1.0, 1.0]))
    assert rows.value[0].tolist() == pytest.approx([0.6931472, 1.3862944], abs=1e-6)
    assert rows.gradient[0].flatten().tolist() == pytest.approx([-0.5, 0.25, 0.25, 0.5, 0.25, -0.75], abs=1e-6)
