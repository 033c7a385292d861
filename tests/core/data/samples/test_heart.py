import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

from core.data.samples import SAMPLES
from core.data.samples._heart_generator import FILE, generate, to_csv

SAMPLE, PARAMS = SAMPLES.resolve("heart")


def test_the_file_is_what_the_generator_makes():
    assert FILE.read_text(encoding="utf-8") == to_csv()


def test_another_seed_makes_other_rows():
    assert not generate(seed=1).equals(generate())


def test_it_says_that_its_rows_are_made_up():
    assert SAMPLE.MADE_UP
    assert "made up" in SAMPLE.STORY
    assert "made" in FILE.name


def test_shares_are_like_the_real_ones():
    frame = SAMPLE.table(PARAMS)
    assert 0 < frame["thal"].isna().sum() < 20
    assert frame.drop(columns="thal").notna().all().all()
    assert set(frame["thal"].dropna()) == {1, 2, 3}
    assert 0.4 < frame["target"].mean() < 0.6
    assert 0.6 < frame["sex"].mean() < 0.8
    assert frame["age"].between(29, 77).all()


def test_both_tasks_can_be_learned_but_not_by_heart():
    frame = SAMPLE.table(PARAMS).dropna()
    inputs = pd.get_dummies(frame[list(SAMPLE.INPUTS)], columns=["cp", "restecg", "slope", "ca"]).astype(float)
    inputs = (inputs - inputs.mean()) / inputs.std()
    score = {task: cross_val_score(LogisticRegression(), inputs, frame[task], cv=4).mean() for task in SAMPLE.TASKS}
    assert 0.78 < score["target"] < 0.9
    assert frame["thal"].value_counts(normalize=True).max() + 0.08 < score["thal"] < 0.85
