from core.data.samples import SAMPLES


def test_parity_is_the_digits():
    sample, params = SAMPLES.resolve("digits")
    frame = sample.table(params)
    assert frame.shape == (1797, 66)
    assert ((frame["digit"] % 2 == 1) == (frame["parity"] == "odd")).all()
    assert frame[sample.PIXELS].max().max() == 16
