import numpy as np
import pandas as pd
import pytest

from tests.core.data.findings.looking import clean, found, rng

FRAME = clean()


@pytest.mark.parametrize(
    ("twin", "how"),
    [
        (FRAME["x0"], "the same number in every row"),
        (5 - 2.54 * FRAME["x0"], "correlation -1.00000"),
        (FRAME["x0"] + 1e-4 * rng().normal(size=300), "correlation 1.0"),
        (FRAME["colour"], "the same in every row"),
        (FRAME["colour"].map({"red": 1, "green": 2, "blue": 3}), "with its values renamed"),
    ],
)
def test_a_column_that_repeats_another_is_named_with_it(twin, how):
    (only,) = found("twins", FRAME.assign(twin=twin), "ill")
    assert only.sentence.startswith("“twin” says the same as “")
    assert how in only.sentence
    assert only.offers[0].op == {"op": "ignore", "column": "twin"}


def test_columns_that_only_go_together_are_no_twins():
    assert found("twins", FRAME.assign(near=FRAME["x0"] + 0.05 * rng().normal(size=300)), "ill") == []
    assert found("twins", FRAME.assign(part=np.where(FRAME["colour"] == "red", "r", "other")), "ill") == []


def test_texts_that_all_differ_are_no_twins():
    frame = pd.DataFrame({"a": [f"n{i}" for i in range(40)], "b": [f"m{i}" for i in range(40)], "x": rng().normal(size=40)})
    assert found("twins", frame, "x") == []


def test_each_of_three_alike_is_named_once():
    frame = FRAME.assign(second=FRAME["x0"], third=2 * FRAME["x0"])
    assert [each.column for each in found("twins", frame, "ill")] == ["second", "third"]


def test_gaps_in_other_rows_make_no_twin():
    halves = FRAME.assign(a=FRAME["x0"].where(np.arange(300) < 150), b=FRAME["x0"].where(np.arange(300) >= 150))
    assert found("twins", halves.drop(columns="x0"), "ill") == []
