import numpy as np
import pandas as pd
import pytest
import torch

from core.data.targets import answers, target
from core.errors import UserError
from core.experiment import MAX_CLASSES, Data, Source, Task


def made(values, kind, trains=None, missing=(), order=()):
    frame = pd.DataFrame({"y": values})
    data = Data(source=Source(kind="sample", name="any"), inputs={}, missing={"y": missing} if missing else {})
    trains = [np.arange(len(frame))] if trains is None else [np.array(rows) for rows in trains]
    return target(answers(Task(column="y", kind=kind, order=order), data, frame), trains)


def test_regression_is_standardised_by_the_labelled_training_rows_of_each_split():
    found = made([1.0, 3.0, np.nan, 5.0, 9.0], "regression", [[0, 1, 2], [1, 3]])
    assert found.mean.tolist() == [2, 4]
    assert found.scale.tolist() == [1, 1]
    assert found.values.tolist() == [[-1, 1, 0, 3, 7], [-3, -1, 0, 1, 5]]
    assert found.labelled.tolist() == [True, True, False, True, True]
    assert found.to_units(found.values)[:, 4].tolist() == [9, 9]
    assert found.outputs == 1


def test_a_single_training_label_is_no_division_by_zero():
    found = made([1.0, 3.0, np.nan], "regression", [[1, 2]])
    assert found.values.isfinite().all()


def test_classes_are_sorted_as_people_count_and_written_plainly():
    found = made([10.0, 2.0, np.nan, 1.0, 0.0], "multiclass", missing=(0,))
    assert found.classes == ("1", "2", "10")
    assert found.values.dtype == torch.int64
    assert found.values.tolist() == [[2, 1, 0, 0, 0]]
    assert found.labelled.tolist() == [True, True, False, True, False]
    assert found.outputs == 3


def test_a_task_may_order_its_classes_and_those_it_does_not_name_come_last():
    values = ["low", "high", "mid", "none", "low"]
    assert made(values, "multiclass").classes == ("high", "low", "mid", "none")
    found = made(values, "multiclass", order=("none", "low", "never seen", "mid"))
    assert found.classes == ("none", "low", "mid", "high")
    assert found.values.tolist() == [[1, 3, 2, 0, 1]]


@pytest.mark.parametrize("values", [["no", "yes", None], [0, 1, np.nan], [False, True, None]])
def test_binary_is_0_and_1_with_yes_second(values):
    found = made(values, "binary", [[0, 1], [1, 2]])
    assert found.values.dtype == torch.float32
    assert found.values.tolist() == [[0, 1, 0]] * 2
    assert found.labelled.tolist() == [True, True, False]
    assert found.outputs == 1


@pytest.mark.parametrize(
    ("values", "kind", "word"),
    [
        ([1.0, 1.0, np.nan], "regression", "1 in all 2 rows"),
        ([2.5], "regression", "one row, with 2.5"),
        ([np.nan, np.nan], "regression", "no numbers"),
        (["a", "b"], "regression", "“a”"),
        (["a", "a"], "binary", "one class"),
        (["a", None], "multiclass", "one class"),
        ([None, None], "multiclass", "no labels"),
        (["a", "b", "c"], "binary", "3: a, b, c"),
        (list(range(MAX_CLASSES + 1)), "multiclass", "201"),
    ],
)
def test_what_cannot_be_learned_is_refused(values, kind, word):
    with pytest.raises(UserError, match=word):
        made(values, kind)


def test_a_split_without_labels_to_train_on_is_refused():
    with pytest.raises(UserError, match="among the training rows"):
        made([1.0, 2.0, np.nan], "regression", [[0, 1], [2]])


def test_yes_is_yes_in_the_tables_own_language():
    found = made(["ja", "nein", None], "binary")
    assert found.classes == ("nein", "ja")
    assert found.values.tolist() == [[1, 0, 0]]
    assert made(["ja", "nein", None], "multiclass").classes == ("ja", "nein")


@pytest.mark.parametrize("kind", ["multiclass", "regression"])
def test_a_decimal_comma_is_named_where_it_is_the_likely_cause(kind):
    commas = [f"{i},5" for i in range(MAX_CLASSES + 1)]
    with pytest.raises(UserError, match="like numbers with a decimal comma.*Read the file with a decimal comma"):
        made(commas, kind)
    with pytest.raises(UserError) as other:
        made([f"p{i},5" for i in range(MAX_CLASSES + 1)], kind)
    assert "decimal comma" not in str(other.value)
