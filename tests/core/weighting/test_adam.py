"""The Adam of schemes, against torch's."""

import numpy as np
import pytest
import torch

from core.weighting import _adam


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e12])
def test_it_moves_as_torchs_adam(scale: float) -> None:
    gradients = np.random.default_rng(0).normal(size=(300, 2, 3)) * scale
    theirs = torch.nn.Parameter(torch.zeros(2, 3, dtype=torch.float64))
    optimizer = torch.optim.Adam([theirs], lr=0.02)
    state = _adam.init(2, 3)
    for gradient in gradients:
        state = _adam.learn(state, gradient, 0.02)
        theirs.grad = torch.from_numpy(gradient)
        optimizer.step()
        np.testing.assert_allclose(state["learned"], theirs.detach().numpy(), rtol=1e-9, atol=1e-12)


def test_what_is_learned_stays_within_its_limit() -> None:
    state = _adam.init(1, 2)
    for _ in range(80):
        state = _adam.learn(state, np.array([[1.0, -1.0]]), 1.0)
    assert state["learned"].tolist() == [[-30.0, 30.0]]
