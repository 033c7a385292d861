import numpy as np

from core.data.samples import SAMPLES


def made(**params):
    sample, checked = SAMPLES.resolve("three-spirals", params)
    return sample.table(checked)


def test_without_noise_each_arm_turns_with_the_distance():
    frame = made(noise=0, turns=0.5)
    out = np.hypot(frame["x"], frame["y"])
    angle = np.angle((frame["x"] + 1j * frame["y"]) * np.exp(-1j * np.pi * out)) % (2 * np.pi)
    np.testing.assert_allclose(np.cos(angle), np.cos(frame["arm"].map({"A": 0, "B": 1, "C": 2}) * 2 * np.pi / 3), atol=1e-9)
    assert ((out > 0.5) == (frame["outer half"] == "yes")).all()


def test_the_arms_are_as_many():
    assert made()["arm"].value_counts().tolist() == [150, 150, 150]
