import numpy as np
import pytest

from core.data.samples import SAMPLES
from core.errors import UserError


def made(**params):
    sample, checked = SAMPLES.resolve("two-waves", params)
    return sample.table(checked)


def test_without_noise_the_waves_are_exact():
    frame = made(noise=0, rows=500)
    np.testing.assert_allclose(frame["sin(2x)"], np.sin(2 * frame["x"]))
    np.testing.assert_allclose(frame["cos(x)"], np.cos(frame["x"]))


def test_x_is_even_over_its_range():
    x = made(rows=20_000, low=-1, high=5)["x"]
    assert x.min() >= -1
    assert x.max() <= 5
    np.testing.assert_allclose(np.histogram(x, 6)[0] / 20_000, 1 / 6, atol=0.01)


def test_noise_is_as_large_as_asked_and_each_task_has_its_own():
    frame = made(rows=20_000, noise=0.3)
    stray = np.stack([frame["sin(2x)"] - np.sin(2 * frame["x"]), frame["cos(x)"] - np.cos(frame["x"])])
    np.testing.assert_allclose(stray.std(axis=1), 0.3, rtol=0.03)
    assert abs(np.corrcoef(stray)[0, 1]) < 0.03


@pytest.mark.parametrize("params", [{"rows": 1}, {"noise": -1}, {"low": 3, "high": 3}, {"low": 2, "high": -2}, {"row": 3}])
def test_what_cannot_be_is_refused(params):
    with pytest.raises(UserError):
        made(**params)
