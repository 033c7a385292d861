import numpy as np

from core.data.samples import SAMPLES


def test_without_noise_the_curve_is_exact():
    sample, params = SAMPLES.resolve("damped-sine", {"noise": 0})
    frame = sample.table(params)
    x = frame["x"]
    np.testing.assert_allclose(frame[next(iter(sample.TASKS))], np.exp(-x / 2) * np.sin(4 * x), atol=1e-12)
