"""log cosh, by the numbers of float64."""

import numpy as np
import pytest
import torch

from core.losses import log_cosh as module

NOTHING = torch.tensor([1.0])


def of(misses: list[float], **params: float) -> module.Rows:
    return module.rows(torch.tensor(misses).view(1, -1, 1), torch.zeros(1, len(misses)), module.Params(**params), NOTHING)


def test_golden() -> None:
    rows = of([0.0, 1.0, -2.0])
    assert rows.value[0].tolist() == pytest.approx([0.0, 0.4337808, 1.3250027], abs=1e-6)
    assert rows.gradient[0].flatten().tolist() == pytest.approx([0.0, 0.7615942, -0.9640276], abs=1e-6)


@pytest.mark.parametrize("delta", [0.5, 1.0, 4.0])
def test_it_has_its_digits_near_and_far(delta: float) -> None:
    misses = [1e-4, 1e-2, 0.3, 0.999, 1.001, 5.0, 80.0]
    wide = np.array(misses) / delta
    expected = delta**2 * np.where(wide < 1e-3, wide**2 / 2 - wide**4 / 12, np.log(np.cosh(wide)))
    np.testing.assert_allclose(of(misses, delta=delta).value[0].numpy(), expected, rtol=2e-6)


def test_far_off_it_is_straight_and_finite() -> None:
    rows = of([1e4, -1e30])
    assert rows.value[0].tolist() == pytest.approx([1e4 - np.log(2), 1e30], rel=1e-6)
    assert rows.gradient[0].flatten().tolist() == [1.0, -1.0]
