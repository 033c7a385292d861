import numpy as np

from core.data.samples import SAMPLES


def test_without_noise_the_curve_is_exact():
    sample, params = SAMPLES.resolve("absolute-value", {"noise": 0})
    frame = sample.table(params)
    x = frame["x"]
    np.testing.assert_allclose(frame[next(iter(sample.TASKS))], np.where(x < 0, -x, x), atol=1e-12)
