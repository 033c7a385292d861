import math

import numpy as np
import pytest

from core.data.columns import begin
from core.data.dataset import Dataset
from core.data.describe import describe
from core.data.prepare import prepare
from core.data.samples import HAND_DRAWN, SAMPLES, inputs_of, tasks_of
from core.data.source import load
from core.errors import UserError
from core.experiment import Source

ARC = {"name": "arc", "kind": "classes", "classes": 2}
KIND = {"name": "kind", "kind": "classes", "classes": 4}
LEVEL = {"name": "level", "kind": "value"}


def prepared(**params: object) -> Dataset:
    source = Source(kind="sample", name=HAND_DRAWN, params=params)
    table = load(source)
    experiment = begin(source, table, SAMPLES[HAND_DRAWN])
    assert isinstance(describe(experiment, table), list)
    return prepare(experiment, table)


def points(count: int) -> list[list[float]]:
    return [[math.cos(i), math.sin(i), i % 2] for i in range(count)]


def test_it_opens_with_two_arcs_of_which_most_points_answer_both_tasks():
    sample, params = SAMPLES.resolve(HAND_DRAWN)
    frame = sample.table(params)
    assert len(frame) == 96
    assert (frame["arc"].notna() & frame["side"].notna()).mean() > 0.75
    assert 5 < frame["arc"].isna().sum() < 20
    assert 5 < frame["side"].isna().sum() < 20
    known = frame.dropna()
    assert ((known["side"] == "B") == (known["x"] > 0)).all()
    assert known.groupby("arc")["y"].mean().pipe(lambda means: means["A"] > means["B"] + 0.4)


def test_columns_are_the_inputs_and_a_column_for_each_task():
    sample, params = SAMPLES.resolve(
        HAND_DRAWN, {"inputs": 2, "tasks": [ARC, KIND, LEVEL], "drawn": [[0, 0.5, 1, None, None], [-1, 1, None, 3, -0.25]]}
    )
    frame = sample.table(params)
    assert inputs_of(sample, params) == {"x": "number", "y": "number"}
    assert tasks_of(sample, params) == {"arc": "binary", "kind": "multiclass", "level": "regression"}
    assert frame.to_numpy(dtype=object)[:, :2].tolist() == [[0.0, 0.5], [-1.0, 1.0]]
    assert frame["arc"].dropna().to_dict() == {0: "B"}
    assert frame["kind"].dropna().to_dict() == {1: "D"}
    assert frame["level"].dropna().to_dict() == {1: -0.25}


def test_of_one_input_there_is_no_y_though_a_point_may_keep_the_one_it_had():
    sample, params = SAMPLES.resolve(HAND_DRAWN, {"inputs": 1, "tasks": [LEVEL], "drawn": [[0, None, 1], [0.5, 0.25, -1]]})
    assert inputs_of(sample, params) == {"x": "number"}
    assert sample.table(params).to_numpy().tolist() == [[0.0, 1.0], [0.5, -1.0]]


@pytest.mark.parametrize(("count", "trains"), [(2, 2), (9, 9), (29, 29), (30, 18), (100, 60), (2000, 1200)])
def test_few_points_all_train_and_of_more_some_are_kept_for_checking(count, trains):
    found = prepared(tasks=[ARC], drawn=points(count))
    assert found.train.shape == (1, trains)
    assert found.validation.shape[1] + found.test.shape[1] == count - trains
    assert bool(found.features.isfinite().all())


def test_points_train_the_tasks_that_they_answer():
    drawn = [[*point, None] if i % 3 else [*point[:2], None, i / 20] for i, point in enumerate(points(20))]
    arc, level = prepared(tasks=[ARC, LEVEL], drawn=drawn).targets
    assert (arc.labelled ^ level.labelled).all()
    assert (int(arc.labelled.sum()), int(level.labelled.sum())) == (13, 7)


@pytest.mark.parametrize(
    ("inputs", "tasks", "drawn", "words"),
    [
        (2, [ARC], [], "points to learn from. Found none. Draw on the page Data to add points."),
        (2, [ARC], [[0, 0, 1]], "at least two. Found one. Draw on the page Data once more, further left or right."),
        (2, [ARC], [[0, 0, 1], [0, 1, 0]], "differ in x. Found all at x = 0. Draw on the page Data, further left or right."),
        (2, [ARC], [[0, 1, 1], [1, 1, 0]], "differ in y. Found all at y = 1. Draw on the page Data, higher or lower."),
        (2, [ARC], [[0, 0, 1], [1, 1, 1]], "“arc” should be of at least two classes. Found one, B."),
        (2, [ARC, KIND], [[0, 0, 1, None], [1, 1, 0, None]], "The task “kind” should have points. Found none."),
        (
            2,
            [LEVEL],
            [[0, 0, 0.5], [1, 1, 0.5]],
            "differ in level. Found all at level = 0.5. Draw on the page Data, with another",
        ),
        (1, [LEVEL], [[0, 0, 0.5], [1, 1, 0.5]], "Draw on the page Data, higher or lower."),
        (2, [ARC, LEVEL], [[0, 0, 1, 0.5], [1, 1, 0, None]], "The points should differ in level."),
    ],
)
def test_too_few_points_are_told_so(inputs, tasks, drawn, words):
    with pytest.raises(UserError) as refused:
        prepared(inputs=inputs, tasks=tasks, drawn=drawn)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "params",
    [
        {"inputs": 3},
        {"tasks": []},
        {"tasks": [ARC, KIND, LEVEL, {**ARC, "name": "more"}], "drawn": []},
        {"tasks": [ARC, ARC], "drawn": []},
        {"tasks": [{**ARC, "name": "x"}], "drawn": []},
        {"tasks": [{**ARC, "name": ""}], "drawn": []},
        {"tasks": [{**ARC, "name": " arc"}], "drawn": []},
        {"tasks": [{**ARC, "name": "a\nb"}], "drawn": []},
        {"tasks": [{**ARC, "name": "a\u202eb"}], "drawn": []},
        {"tasks": [{**ARC, "name": "a" * 41}], "drawn": []},
        {"tasks": [{**ARC, "classes": 1}], "drawn": []},
        {"tasks": [{**ARC, "classes": 6}], "drawn": []},
        {"tasks": [{**ARC, "kind": "words"}], "drawn": []},
        {"tasks": [{**ARC, "more": 1}], "drawn": []},
        {"drawn": "many"},
        {"drawn": points(2001), "tasks": [ARC]},
        *({"tasks": [ARC], "drawn": [point]} for point in (
            [0, 0], [0, 0, 1, 1], [0, 0, None], [0, 0, 2], [0, 0, 0.5], [0, 0, -1], [0, 0, "1"], [0, 0, True], [2, 0, 1],
            [0, 1.5, 1], [0, -1.5, 1], [None, 0, 1], [0, None, 1], [math.nan, 0, 1], [0, math.inf, 1], [10**400, 0, 1],
            "abc", 7,
        )),
        {"tasks": [LEVEL], "drawn": [[0, 0, 1.01]]},
        {"tasks": [LEVEL], "drawn": [[0, 0, math.nan]]},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(params):
    with pytest.raises(UserError) as refused:
        SAMPLES.resolve(HAND_DRAWN, params)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_rows_stand_in_the_order_in_which_they_were_drawn():
    sample, params = SAMPLES.resolve(HAND_DRAWN, {"tasks": [ARC], "drawn": points(50)})
    np.testing.assert_allclose(sample.table(params)["x"], np.cos(np.arange(50)))
