"""Half a wave: half way down after half the run."""

import pytest

from core.training.schedules import cosine as module


def test_golden():
    factors = [module.factor(step, 8, module.Params()) for step in (0, 2, 4, 6)]
    assert factors == pytest.approx([1, 0.5 + 0.125**0.5, 0.5, 0.5 - 0.125**0.5])
