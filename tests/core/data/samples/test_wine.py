from core.data.samples import SAMPLES


def test_alcohol_is_a_task_and_no_input():
    sample, params = SAMPLES.resolve("wine")
    frame = sample.table(params)
    assert frame["grower"].value_counts().to_dict() == {"B": 71, "A": 59, "C": 48}
    assert frame["alcohol"].between(11, 15).all()
    assert len(sample.INPUTS) == 12
    assert "alcohol" not in sample.INPUTS
