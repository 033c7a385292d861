import numpy as np
import pandas as pd
import pytest

from core.data.inputs import MAX_LEVELS, columns_of, feature_names, fit, matrix, whole
from core.errors import UserError
from core.experiment import Data, Source

FRAME = pd.DataFrame(
    {
        "size": [1.0, 2.0, np.nan, 3.0, 100.0],
        "smokes": ["no", "yes", "yes", None, "no"],
        "town": ["Bonn", "Ulm", None, "Ulm", "Aue"],
        "grade": [1, 2, 10, 2, 0],
    }
)
KINDS = {"grade": "category", "town": "category", "size": "number", "smokes": "yes-no"}


def data(inputs=KINDS, **missing):
    return Data(source=Source(kind="sample", name="any"), inputs=inputs, missing=missing)


def encoded(frame, inputs=KINDS, rows=None, **missing):
    columns = columns_of(data(inputs, **missing), frame)
    rows = np.arange(len(frame)) if rows is None else np.array(rows)
    fitted = fit(matrix(frame, columns), columns, rows)
    found = pd.DataFrame(fitted.transform(matrix(frame, columns)), columns=feature_names(columns))
    return found, whole(columns, fitted)


def test_features_have_plain_names_and_a_fixed_order():
    assert list(encoded(FRAME, grade=(0,))[0]) == [
        "size",
        "smokes",
        *("grade = 1", "grade = 2", "grade = 10", "grade = missing"),
        *("town = Aue", "town = Bonn", "town = Ulm", "town = missing"),
        *("size is missing", "smokes is missing"),
    ]


def test_numbers_are_filled_with_the_median_and_scaled_by_the_training_rows():
    size = encoded(FRAME, rows=[0, 1, 2, 3])[0]["size"]
    filled = np.array([1, 2, 2, 3])
    np.testing.assert_allclose(size, (np.array([1, 2, 2, 3, 100]) - filled.mean()) / filled.std())


def test_yes_no_is_0_and_1_with_the_more_frequent_answer_for_gaps():
    assert encoded(FRAME, rows=[1, 2, 3, 4])[0]["smokes"].tolist() == [0, 1, 1, 1, 0]


def test_categories_are_one_hot_with_a_level_for_missing():
    found = encoded(FRAME)[0].filter(like="town")
    assert found.to_numpy().argmax(axis=1).tolist() == [1, 2, 3, 2, 0]
    assert (found.sum(axis=1) == 1).all()


def test_gaps_have_a_flag():
    found = encoded(FRAME)[0]
    assert found["size is missing"].tolist() == [0, 0, 1, 0, 0]


def test_new_rows_may_have_other_types_unknown_levels_and_gaps():
    found, transform = encoded(FRAME)
    rows = pd.DataFrame({"size": ["3"], "smokes": [" no"], "town": ["Paris"], "grade": ["2"]})
    new = pd.Series(transform.transform(rows)[0], index=found.columns)
    assert new["size"] == found["size"][3]
    assert new.filter(like="town").sum() == 0
    assert new["grade = 2"] == 1
    with pytest.raises(UserError, match="town"):
        transform.transform(rows.drop(columns="town"))


def test_features_agree_over_splits_though_training_rows_lack_levels_and_gaps():
    everywhere = encoded(FRAME)[0]
    few = encoded(FRAME, rows=[0, 1])[0]
    assert list(few) == list(everywhere)
    assert np.isfinite(few.to_numpy()).all()


def test_a_column_without_any_value_in_training_is_no_fault():
    frame = pd.DataFrame({"a": [np.nan, np.nan, 1.0, 2.0], "b": [None, None, "x", "y"]})
    assert np.isfinite(encoded(frame, {"a": "number", "b": "yes-no"}, rows=[0, 1])[0].to_numpy()).all()


def test_a_category_keeps_its_most_frequent_levels():
    towns = [f"town {i}" for i in range(MAX_LEVELS + 10)]
    found = encoded(pd.DataFrame({"town": towns + towns[10:]}), {"town": "category"})[0]
    assert found.shape[1] == MAX_LEVELS
    assert found.sum(axis=1).tolist() == [0.0] * 10 + [1.0] * 2 * MAX_LEVELS


@pytest.mark.parametrize(
    ("inputs", "word"), [({"town": "number"}, "Bonn"), ({"grade": "yes-no"}, "4"), ({"town": "yes-no"}, "3")]
)
def test_a_kind_that_does_not_fit_is_refused(inputs, word):
    with pytest.raises(UserError, match=word):
        columns_of(data(inputs), FRAME)


def test_a_yes_no_input_is_1_where_it_says_yes():
    frame = pd.DataFrame({"smokes": ["ja", "nein", "ja"]})
    columns = columns_of(Data(source=Source(kind="sample", name="any"), inputs={"smokes": "yes-no"}), frame)
    assert columns[0].levels == ("nein", "ja")
    assert matrix(frame, columns).ravel().tolist() == [1, 0, 1]
