import numpy as np

from core.data.samples import SAMPLES


def test_without_noise_the_curve_is_exact():
    sample, params = SAMPLES.resolve("many-bends", {"noise": 0})
    frame = sample.table(params)
    x = frame["x"]
    np.testing.assert_allclose(frame[next(iter(sample.TASKS))], np.sin(4 * x) + 0.5 * np.cos(9 * x), atol=1e-12)


def test_a_straight_line_explains_almost_nothing():
    sample, params = SAMPLES.resolve("many-bends")
    frame = sample.table(params)
    assert np.corrcoef(frame["x"], frame["many bends"])[0, 1] ** 2 < 0.03


def test_it_bends_more_than_ten_times():
    x = np.linspace(-3, 3, 5000)
    turns = np.diff(np.sign(np.diff(SAMPLES["many-bends"].truth(x))))
    assert (turns != 0).sum() > 10
