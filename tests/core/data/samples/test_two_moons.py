import numpy as np

from core.data.samples import SAMPLES


def made(**params):
    sample, checked = SAMPLES.resolve("two-moons", params)
    return sample.table(checked)


def test_the_moons_are_half_circles_that_mirror_each_other():
    frame = made(noise=0, rows=400)
    side = np.where(frame["moon"] == "upper", 1, -1)
    np.testing.assert_allclose(np.hypot(frame["x"] + 0.5 * side, frame["y"] + 0.25 * side), 1)
    assert ((frame["y"] + 0.25 * side) * side >= 0).all()


def test_distance_is_from_the_middle_and_the_moons_are_as_many():
    frame = made()
    np.testing.assert_allclose(frame["distance"] ** 2, frame["x"] ** 2 + frame["y"] ** 2)
    assert frame["moon"].value_counts().nunique() == 1
