import numpy as np

from core.data.samples import SAMPLES


def made(**params):
    sample, checked = SAMPLES.resolve("xor", params)
    return sample.table(checked)


def test_without_noise_opposite_corners_are_alike():
    frame = made(noise=0)
    assert ((frame["x"] * frame["y"] > 0) == (frame["same sign"] == "yes")).all()
    np.testing.assert_allclose(frame["product"], frame["x"] * frame["y"])


def test_corners_are_as_many_and_no_straight_line_parts_them():
    frame = made(rows=4000)
    assert frame["same sign"].value_counts().tolist() == [2000, 2000]
    same = frame["same sign"] == "yes"
    assert abs(np.corrcoef(frame["x"], same)[0, 1]) < 0.05
    assert abs(np.corrcoef(frame["y"], same)[0, 1]) < 0.05
