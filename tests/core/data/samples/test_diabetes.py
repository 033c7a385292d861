from core.data.samples import SAMPLES


def test_columns_are_in_the_units_they_were_measured_in():
    sample, params = SAMPLES.resolve("diabetes")
    frame = sample.table(params)
    assert frame["age"].between(19, 79).all()
    assert frame["progression"].between(25, 346).all()
    assert frame["blood sugar"].between(50, 130).all()
    assert "blood sugar" not in sample.INPUTS
