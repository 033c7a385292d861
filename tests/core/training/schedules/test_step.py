"""One drop after each quarter."""

import pytest

from core.training.schedules import step as module


def test_golden():
    factors = [module.factor(step, 8, module.Params()) for step in (0, 2, 4, 6)]
    assert factors == pytest.approx([1, 0.5, 0.25, 0.125])
