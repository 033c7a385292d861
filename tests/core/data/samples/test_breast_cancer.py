from core.data.samples import SAMPLES


def test_diagnosis_is_the_right_way_round():
    sample, params = SAMPLES.resolve("breast-cancer")
    frame = sample.table(params)
    assert frame["malignant"].value_counts().to_dict() == {"no": 357, "yes": 212}
    radius = frame.groupby("malignant")["mean radius"].mean()
    assert radius["yes"] > radius["no"]
