from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.dataset import Table
from core.data.infer import is_key, kind_of, missing_marks, propose, task_kind_of, useless
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
        ([*range(40), 999, 999], (999.0,)),
        ([*range(40), 999], ()),
        ([*range(20, 99), 99, 99], ()),
        ([0, 1, 2, 1, 99, 99], (99.0,)),
        ([*range(40), -9, 999, 999], (-9.0, 999.0)),
        ([str(i) for i in range(40)] + ["-9", "?"], ("?", -9.0)),
    ],
)
def test_marks(values, marks):
    assert missing_marks(pd.Series(values)) == marks


def test_columns_of_no_use_are_left_out():
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
    assert useless(frame, {}) == {"id": "counter", "name": "texts", "same": "constant", "word": "constant", "empty": "empty"}


def test_a_mark_is_proposed_for_its_column_or_for_all():
    found = propose(Table("any", pd.DataFrame({"thal": [0] + [1, 2, 3] * 30})))
    assert (found.missing, found.everywhere) == ({"thal": (0.0,)}, ())
    both = pd.DataFrame({"a": [-9, *range(90)], "b": [*range(90), -9], "c": ["?", *range(90)]})
    found = propose(Table("any", both))
    assert (found.missing, found.everywhere) == ({"c": ("?",)}, (-9.0,))
    assert propose(Table("any", both.assign(d=range(-10, 81)))).everywhere == ()


def test_keys_are_known_by_name_and_values():
    values = [30, 10, 20, *range(100, 200)]
    assert [name for name in ("id", "patient_id", "OrderKey", "row-uuid", "idea", "kid", "monkey") if is_key(name)] == [
        "id",
        "patient_id",
        "OrderKey",
        "row-uuid",
    ]
    frame = pd.DataFrame(
        {"patient_id": values, "size": values, "ward_id": [*range(60), *range(43)], "word id": map(str, values)}
    )
    assert useless(frame, {}) == {"patient_id": "key", "word id": "key"}
    twice = pd.concat([frame, frame.head(5)])
    assert useless(twice, {}) == {"patient_id": "key", "word id": "key"}
    assert useless(pd.concat([frame, frame]), {}) == {}


def test_a_counter_of_two_columns_may_be_the_input():
    frame = pd.DataFrame({"x": range(100), "y": np.linspace(0, 1, 100)})
    assert useless(frame, {}) == {}
    assert useless(frame.assign(z=1.5 * frame["y"]), {}) == {"x": "counter"}
    assert useless(frame.assign(z=frame["y"], x=range(1900, 2000)), {}) == {}


def test_dates_are_left_out():
    days = pd.Series(pd.date_range("2020-01-01", periods=90))
    frame = pd.DataFrame({"seen": days.dt.strftime("%d.%m.%Y"), "typed": days, "x": range(90)})
    assert useless(frame, {}) == {"seen": "dates", "typed": "dates", "x": "counter"}


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
    assert [name for name, kind in found.inputs.items() if kind == "category"] == ["cp", "restecg", "slope", "ca", "thal"]
    assert [name for name, kind in found.inputs.items() if kind == "yes-no"] == ["sex", "fbs", "exang", "target"]
