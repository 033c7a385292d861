import numpy as np

from core.data.samples import SAMPLES


def test_without_noise_the_curve_is_exact():
    sample, params = SAMPLES.resolve("sawtooth", {"noise": 0})
    frame = sample.table(params)
    x = frame["x"]
    np.testing.assert_allclose(frame[next(iter(sample.TASKS))], x - 2 * np.floor(x / 2) - 1, atol=1e-12)
