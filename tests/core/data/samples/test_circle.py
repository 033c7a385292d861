import numpy as np

from core.data.samples import SAMPLES


def made(**params):
    sample, checked = SAMPLES.resolve("circle", params)
    return sample.table(checked)


def test_without_noise_there_is_a_disc_and_a_ring_around_it():
    frame = made(noise=0, rows=1000)
    out = np.hypot(frame["x"], frame["y"])
    np.testing.assert_allclose(frame["distance"], out)
    assert out[frame["inside"] == "yes"].max() <= 0.5
    assert out[frame["inside"] == "no"].between(0.7, 1).all()


def test_both_are_as_many_and_noise_mixes_them():
    frame = made(noise=0.5, rows=1000)
    assert frame["inside"].value_counts().tolist() == [500, 500]
    np.testing.assert_allclose(frame["distance"], np.hypot(frame["x"], frame["y"]))
    assert frame["distance"][frame["inside"] == "yes"].max() > frame["distance"][frame["inside"] == "no"].min()
