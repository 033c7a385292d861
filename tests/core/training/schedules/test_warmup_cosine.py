"""Up over the first half, then down."""

import pytest

from core.training.schedules import warmup_cosine as module


def test_golden():
    factors = [module.factor(step, 8, module.Params(warmup=0.5)) for step in (0, 2, 4, 6)]
    assert factors == pytest.approx([0.25, 0.75, 1, 0.5])
