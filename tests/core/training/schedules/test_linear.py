"""A straight line to its floor."""

import pytest

from core.training.schedules import linear as module


def test_golden():
    factors = [module.factor(step, 8, module.Params(floor=0.2)) for step in (0, 2, 4, 6)]
    assert factors == pytest.approx([1, 0.8, 0.6, 0.4])
