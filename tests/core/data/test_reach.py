import json

import numpy as np
import pandas as pd
import pytest
import torch

from core.data.dataset import Table
from core.data.describe import describe
from core.data.prepare import prepare
from core.data.reach import span
from core.errors import UserError
from core.experiment import Data, Experiment, Source, Split, Task, parse


def experiment(split, inputs=None, replicas=1, tasks=("y",)):
    return Experiment(
        data=Data(source=Source(kind="file", name="any"), inputs=inputs or {"x": "number"}, split=split),
        tasks=tuple(Task(column=column, kind="regression") for column in tasks),
        replicas=replicas,
    )


def table(rows=100):
    x = np.random.default_rng(0).uniform(-3, 3, rows)
    return Table("any", pd.DataFrame({"x": x, "y": x**2, "z": x, "c": np.where(x > 0, "a", "b")}))


def test_rows_outside_are_in_none_of_the_parts_and_the_others_stay_where_they_were():
    whole, some = prepare(experiment(Split()), table()), prepare(experiment(Split(learn_from=(-1, 2))), table())
    x = torch.from_numpy(table().frame["x"].to_numpy(copy=True))
    inside = (x >= -1) & (x <= 2)
    assert whole.outside.shape == (1, 0)
    assert some.outside[0].tolist() == (~inside).nonzero().flatten().tolist()
    for part in ("train", "validation", "test"):
        rows = whole.rows(part)[0]
        assert some.rows(part)[0].tolist() == rows[inside[rows]].tolist()
    assert some.rows("outside") is some.outside
    assert some.features.shape == whole.features.shape


def test_scales_are_those_of_the_training_rows():
    found = prepare(experiment(Split(learn_from=(-1, 2))), table())
    assert torch.allclose(found.features[0, found.train[0]].mean(), torch.zeros(()), atol=1e-6)
    assert torch.allclose(found.targets[0].values[0, found.train[0]].std(correction=0), torch.ones(()), atol=1e-5)


def test_replicas_with_their_own_splits_have_parts_of_one_size():
    found = prepare(experiment(Split(learn_from=(-1, 2), vary=True), replicas=4), table())
    sizes = [found.rows(part).shape for part in ("train", "validation", "test", "outside")]
    assert [size[0] for size in sizes] == [4] * 4
    assert sum(size[1] for size in sizes) == 100
    for replica in range(4):
        assert sorted(np.concatenate([found.rows(part)[replica] for part in ("train", "validation", "test", "outside")])) == [
            *range(100)
        ]


def test_a_row_without_x_lies_outside():
    frame = table().frame
    frame.loc[5, "x"] = np.nan
    assert 5 in prepare(experiment(Split(learn_from=(-9, 9))), Table("any", frame)).outside[0].tolist()


@pytest.mark.parametrize(
    ("split", "inputs", "words"),
    [
        ({"learn_from": (5, 9)}, None, "at least 2 training rows. Found 0"),
        ({"learn_from": (-1, 1)}, {"x": "number", "z": "number"}, "single input that is a number. Found 2 inputs"),
        ({"learn_from": (-1, 1)}, {"c": "category"}, "single input that is a number. Found a category input"),
    ],
)
def test_what_leaves_nothing_to_learn_is_refused(split, inputs, words):
    made = experiment(Split(**split), inputs)
    with pytest.raises(UserError, match=words):
        prepare(made, table())
    assert isinstance(describe(made, table()), list)
    bare = made.model_copy(update={"data": made.data.model_copy(update={"inputs": {}})})
    assert isinstance(describe(bare, table()), list)


def test_each_task_needs_a_label_in_the_range():
    frame = table().frame
    frame["z"] = frame["z"].where(frame["x"] > 1)
    with pytest.raises(UserError, match="a label for “z”"):
        prepare(experiment(Split(learn_from=(-1, 0.5)), tasks=("y", "z")), Table("any", frame))


@pytest.mark.parametrize("ends", [(1, 1), (2, -2)])
def test_a_range_ends_above_where_it_begins(ends):
    document = json.loads(experiment(Split()).to_json())
    document["data"]["split"]["learn_from"] = ends
    with pytest.raises(UserError, match="may learn from should end above where it begins"):
        parse(document)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ([1], "2 of the range of the input it may learn from should be given"),
        ([1, 2, 3], "at most 2 items"),
        (["a", 2], "End 1 of the range of the input it may learn from should be a number"),
        ([float("nan"), 2], "finite"),
        ("-1", "list"),
    ],
)
def test_a_range_has_two_ends_that_are_numbers(ends, words):
    document = json.loads(experiment(Split()).to_json())
    document["data"]["split"]["learn_from"] = ends
    with pytest.raises(UserError) as refused:
        parse(document)
    assert words in str(refused.value)


def test_a_range_is_kept_in_the_document():
    made = experiment(Split(learn_from=(-1, 2)))
    assert parse(made.to_json()) == made
    assert parse(made.to_json()).data.split.learn_from == (-1, 2)
    assert made.changed("data.split.learn_from", None).data.split.learn_from is None


def test_it_is_told_how_many_rows_lie_outside():
    words = " ".join(describe(experiment(Split(learn_from=(-1, 2))), table()))
    assert "of 100 rows lie outside -1 to 2" in words
    assert "outside" not in " ".join(describe(experiment(Split(learn_from=(-5, 5))), table()))


@pytest.mark.parametrize(
    ("inputs", "values", "found"),
    [
        ({"x": "number"}, [3.0, None, -1.0], (-1, 3)),
        ({"x": "number"}, [3, -9, 4], (3, 4)),
        ({"x": "number"}, [None, None, None], None),
        ({"x": "category"}, [1.0, 2.0, 3.0], None),
        ({"x": "number", "y": "number"}, [1.0, 2.0, 3.0], None),
    ],
)
def test_the_span_is_that_of_the_one_number_where_it_is_known(inputs, values, found):
    data = Data(source=Source(kind="file", name="any"), inputs=inputs, missing={"x": ("-9",)})
    assert span(data, pd.DataFrame({"x": values, "y": [0, 1, 2]})) == found
