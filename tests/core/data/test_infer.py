from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.dataset import Table
from core.data.infer import kind_of, missing_marks, propose, task_kind_of
from core.data.reading import read

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "heart.csv"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0, 1, 1, 0], "yes-no"),
        ([1, 2, np.nan, 2], "yes-no"),
        ([True, False], "yes-no"),
        (["yes", "no", None], "yes-no"),
        (["1", "0"], "yes-no"),
        ([1, 2, 3, 1], "category"),
        (list(range(10)), "category"),
        (["a", "b", "c"], "category"),
        (["1", "2", "3"], "category"),
        (list(range(11)), "number"),
        ([0.5, 1.5, 0.5], "number"),
        ([0.5, 1.0], "number"),
        ([1, 1, 1], "number"),
        ([np.nan, np.nan], "number"),
        (["1.5", "2.5", " 3.5"], "number"),
    ],
)
def test_kinds(values, kind):
    assert kind_of(pd.Series(values)) == kind
    assert task_kind_of(pd.Series(values)) == {"number": "regression", "yes-no": "binary", "category": "multiclass"}[kind]


def test_values_that_mean_missing_do_not_count():
    assert kind_of(pd.Series([0, 1, 2]), (0,)) == "yes-no"
    assert kind_of(pd.Series(["1.5", "?", "2.5"]), ("?",)) == "number"


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([0] * 2 + [1] * 18 + [2] * 166 + [3] * 117, (0.0,)),
        ([0] * 20 + [1] * 18 + [2] * 166, ()),
        ([0] * 2 + [1] * 100, ()),
        ([0] * 2 + [1] * 100 + [2] * 3, ()),
        ([*range(40), -9, -9], (-9.0,)),
        ([*range(-5, 40)], ()),
        ([-1, 0, 1], ()),
        (["1.5", "?", "2.5"], ("?",)),
        ([str(i) for i in range(40)] + ["nd", "low"], ("low", "nd")),
        (["a", "b", "?"], ("?",)),
        (["S", "M", "1", "2"], ()),
        (["a", "unknown"], ()),
        ([True, False], ()),
    ],
)
def test_marks(values, marks):
    assert missing_marks(pd.Series(values)) == marks


def test_columns_of_no_use_are_left_out_with_a_sentence():
    frame = pd.DataFrame(
        {
            "id": range(1, 201),
            "name": [f"patient {i}" for i in range(200)],
            "same": 7,
            "word": "k",
            "empty": np.nan,
            "late": [np.nan] * 198 + [1.5, 2.5],
            "amount": np.linspace(0, 1, 200),
        }
    )
    found = propose(Table("any", frame))
    assert found.inputs == {"late": "number", "amount": "number"}
    assert [note.split(" is left out")[0] for note in found.notes] == ["id", "name", "same", "word", "empty"]


def test_a_mark_is_proposed_in_a_sentence():
    found = propose(Table("any", pd.DataFrame({"thal": [0] + [1, 2, 3] * 30})))
    assert found.missing == {"thal": (0.0,)}
    assert found.notes == ("“0” in thal (1 rows) is taken to mean missing.",)


cell = some.none() | some.booleans() | some.integers(-(2**60), 2**60) | some.floats() | some.text(max_size=3)


@given(some.lists(cell, min_size=1, max_size=30))
def test_any_column_gets_a_kind(values):
    column = pd.Series(values, dtype=object, name="any")
    assert kind_of(column, missing_marks(column)) in ("number", "category", "yes-no")
    assert len(propose(Table("any", column.to_frame())).inputs) <= 1


@pytest.mark.skipif(not REAL.exists(), reason="the real heart table is not here")
def test_the_real_heart_table():
    found = propose(read(REAL.read_bytes(), "heart.csv"))
    assert found.missing == {"thal": (0.0,)}
    assert found.notes == ("“0” in thal (2 rows) is taken to mean missing.",)
    assert [name for name, kind in found.inputs.items() if kind == "category"] == ["cp", "restecg", "slope", "ca", "thal"]
    assert [name for name, kind in found.inputs.items() if kind == "yes-no"] == ["sex", "fbs", "exang", "target"]
