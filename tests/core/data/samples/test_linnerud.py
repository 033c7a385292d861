from core.data.samples import SAMPLES


def test_three_exercises_and_three_measures_of_twenty_men():
    sample, params = SAMPLES.resolve("linnerud")
    frame = sample.table(params)
    assert frame.shape == (20, 6)
    assert frame["weight"].between(138, 247).all()
    assert frame["pulse"].between(46, 74).all()
