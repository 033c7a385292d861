"""log 2 at 0."""

import pytest
import torch

from core.network.activations import softplus as module


def test_golden():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params())
    assert found.tolist() == pytest.approx([0.3132617, 0.6931472, 2.126928], abs=1e-6)


def test_the_sharper_the_closer_to_relu():
    found = module.forward(torch.tensor([-1.0, 0.0, 2.0]), module.Params(beta=20.0))
    assert found.tolist() == pytest.approx([0, 0.0346574, 2], abs=1e-6)
